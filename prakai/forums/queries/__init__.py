"""Reads of forums that have the shape of a page."""
