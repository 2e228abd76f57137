"""Judging search by collections of documents and queries: reading them, filling a place, asking, measuring, peers."""
