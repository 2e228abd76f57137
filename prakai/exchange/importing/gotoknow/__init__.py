"""Saved pages of GotoKnow, as text or HTML, in all layouts seen, to items; nothing of a page is dropped.

A page is taken as lines. The footer is looked for from the end, the head from the start, the body is what lies
between, and what nobody understood is kept in `raw`.
"""

from .page import is_html, named_number, read_page, reads_as_page

__all__ = ["is_html", "named_number", "read_page", "reads_as_page"]
