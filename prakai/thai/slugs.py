"""The readable end of an address: Thai stays Thai, with its marks.

A browser shows `/notes/75052-ชื่นใจ` as it is; a slug of `\\w` alone would lose every vowel above and below.
"""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.folding import clean
from prakai.thai.graphemes import count, cut

_NOT_ALLOWED: Final = re.compile(r"[^\w\u0e30-\u0e3a\u0e40-\u0e4e]+|_+")
_ODD_THAI: Final = re.compile("[\u0e2f\u0e46\u0e3f\u0e4f\u0e5a\u0e5b]+")
_LONE_MARKS: Final = re.compile("(?:^|(?<=-))[\u0e31\u0e33\u0e34-\u0e3a\u0e45\u0e47-\u0e4e]+")
_HYPHENS: Final = re.compile("-+")
_MOST: Final = 4000
"""Characters that are looked at: far more than any slug needs, and hostile text stays cheap."""


def slug(text: str, *, limit: int = 60, empty: str = "note") -> str:
    """At most `limit` graphemes of letters, Thai with its marks, digits and single hyphens; `empty` when
    nothing is left.

    Latin is lower case. Safe in an address and as a file name: no slash, dot, query, control or
    bidirectional character.
    """
    plain = _ODD_THAI.sub("-", clean(text[:_MOST]).lower())
    hyphens = _HYPHENS.sub("-", _LONE_MARKS.sub("", _NOT_ALLOWED.sub("-", plain))).strip("-")
    if count(hyphens) > limit:
        hyphens = cut(hyphens, limit, end="").rstrip("-")
    return hyphens or empty
