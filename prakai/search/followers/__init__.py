"""What search does when a room speaks: attached files are read; who left looks for nothing any more."""

from prakai.search.followers import attachments, erasure

__all__ = ["attachments", "erasure"]
