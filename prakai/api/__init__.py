"""The door for programs: JSON over HTTP under ``/api/v1/``, for whoever is signed in with the same session, or nobody.

It answers what the pages answer and nothing more; what is not there is told as a problem of RFC 9457.
"""
