"""What the pictures of a text show, in words: read from it, and put into it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from prakai.notes.wording import fitted
from prakai.thai.folding import clean

_IMG, _ALT = re.compile(r"<img\b[^>]*>"), re.compile(r'\salt="[^"]*"')
_MEDIA = re.compile(r'\ssrc="/media/([0-9a-z]{12})[/"]')
LONGEST = 300


def described(body: str, alts: Mapping[str, str]) -> str:
    """Return a clean text in which its pictures say what ``alts`` tells of them, by public id."""

    def said(found: re.Match[str]) -> str:
        public_id = _MEDIA.search(found[0])
        if public_id is None or public_id[1] not in alts:
            return found[0]
        bare = _ALT.sub("", found[0])
        return bare.replace("<img", f'<img alt="{html.escape(alt_of(alts[public_id[1]]))}"', 1)

    return _IMG.sub(said, body) if alts else body


def alts_in(body: str) -> dict[str, str]:
    """Return what a clean text says that its pictures show, by public id."""
    said = {}
    for found in _IMG.finditer(body):
        public_id, alt = _MEDIA.search(found[0]), _ALT.search(found[0])
        if public_id is not None and alt is not None:
            said[public_id[1]] = html.unescape(alt[0][6:-1])
    return said


def alt_of(text: str) -> str:
    """Return typed words as what a picture shows: clean, on one line, at most 300 letters."""
    return fitted(" ".join(clean(text).split()), LONGEST)
