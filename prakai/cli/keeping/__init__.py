"""Keeping a place: rows and files in one checksummed archive that any engine can bring back.

Nothing happens here in the sense of the journal: rows are taken and put back as they were, journal and cursors among
them, so that followers do nothing twice. That is why no action is called.
"""
