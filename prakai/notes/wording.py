"""Fitting people's words into columns."""

from __future__ import annotations

from prakai.thai.graphemes import graphemes


def fitted(text: str, most: int) -> str:
    """Return the longest beginning of ``text`` of whole graphemes with at most ``most`` code points."""
    if len(text) <= most:
        return text
    kept, length = [], 0
    for letter in graphemes(text[: most + 100]):
        length += len(letter)
        if length > most:
            break
        kept.append(letter)
    return "".join(kept)
