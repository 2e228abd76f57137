"""Prakai (ประกาย): units find the good work that already happens among them, honour it, and carry it on.

The house is described in ``docs/architecture.md``: rooms (domain nouns), one staircase, doors on top.
"""

__version__ = "0.1.0"
