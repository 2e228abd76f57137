"""What search does when a room speaks: it reads attached files, keeps its index true, and forgets who left."""

from prakai.search.followers import attachments, erasure, indexing

__all__ = ["attachments", "erasure", "indexing"]
