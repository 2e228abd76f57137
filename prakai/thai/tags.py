"""Tags (คำสำคัญ): how one is kept, when two are one, and where one stands in running text."""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.dots import bare_words
from prakai.thai.folding import clean, fold
from prakai.thai.graphemes import count

LONGEST_TAG: Final = 80
"""Graphemes of the longest tag."""

_SPACES: Final = re.compile(r"\s+")
_IN_TAG: Final = "A-Za-z0-9\u00c0-\u024f\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e\u0e50-\u0e59"
_HASHTAG: Final = re.compile(f"#([{_IN_TAG}][{_IN_TAG}_.&+-]*)")
_ADDRESS: Final = re.compile(r"(?:[a-z][a-z0-9+]{1,9}://|www\.)[^\s<>\"]+", re.IGNORECASE)
_NOT_BEFORE: Final = re.compile("[A-Za-z0-9&/]")
"""What is before a # that starts no tag: C#sharp, &#39;, page/#part."""
_DOTTED_END: Final = re.compile("(?:^|[-_.])([\u0e01-\u0e2e]{1,5})\\.$")


def clean_tag(text: str) -> str:
    """The tag as it is shown: no #, single spaces, a final dot kept (กพร.).

    `ValueError` when nothing is left or when it has more than 80 graphemes.
    """
    tag = _SPACES.sub(" ", clean(text).replace("#", " ")).strip(" ,;|")
    if not any(char.isalnum() for char in tag):
        raise ValueError("nothing is left of the tag")
    if count(tag) > LONGEST_TAG:
        raise ValueError(f"a tag has at most {LONGEST_TAG} letters")
    return tag


def tag_key(text: str) -> str:
    """What makes two tags one: folded, without #. กพร. = ก.พ.ร. = กพร, KM = km = K.M."""
    return fold(text.replace("#", " "))


def find_hashtags(text: str) -> list[str]:
    """The hashtags of running text in order, each once by `tag_key`, without their #.

    A tag ends at a space, punctuation, ๆ or the next #; a dot stays only where it ends an abbreviation
    (#กพร.). Nothing is found inside a web address.
    """
    found: dict[str, str] = {}
    past = -1
    for match in _HASHTAG.finditer(_ADDRESS.sub(" ", clean(text))):
        after_a_tag = match.start() == past
        if not after_a_tag and _NOT_BEFORE.fullmatch(match.string[max(0, match.start() - 1) : match.start()]):
            continue
        past = match.end()
        tag = _trimmed(match[1])
        if any(char.isalpha() for char in tag):
            found.setdefault(tag_key(tag), tag)
    return list(found.values())


def _trimmed(tag: str) -> str:
    """The tag without the punctuation of the sentence around it."""
    while tag and tag[-1] in "._&-":
        abbreviation = _DOTTED_END.search(tag)
        if abbreviation and abbreviation[1] not in bare_words():
            break
        tag = tag[:-1]
    return tag
