"""The door live (ส่วนสด): a small ASGI application that tells open pages that something has changed.

It says only public facts (*that* a page which everybody may read has changed, and by which journal entry), never what
somebody wrote: the page asks for that itself. What is not public is not spoken of, so nobody needs to be known here.
"""
