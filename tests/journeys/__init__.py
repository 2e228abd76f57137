"""Whole stories in a real browser, in Thai, against the real program."""
