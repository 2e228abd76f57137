"""Plain text out of attached files: PDF, Word, Excel, PowerPoint and text. Bytes in, text out; knows no rows.

Files come from strangers, so they are read in a short-lived process of its own with limits (``reading``), which gives
its answer as JSON and nothing else (``reader``). Whatever happens to it, the answer is one of three: read, empty,
refused.
"""
