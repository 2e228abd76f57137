"""The words that our own index has, joined by spaces: so that a peer without Thai is not judged by its segmenter."""

from __future__ import annotations


def segmented(text: str) -> str:
    """Return the words of ``text`` as search keeps them, a space between each two."""
    from prakai.thai.folding import fold
    from prakai.thai.words import words

    return " ".join(words(fold(text)))
