"""A text as dates are looked for in it: Arabic digits, plain spaces, marks repaired, nothing invisible.

With it comes the way from its places back to those of the given text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from prakai.thai.digits import to_arabic
from prakai.thai.folding import clean
from prakai.thai.letters import MARKS, SARA_AA, SARA_AM, ZERO_WIDTH

_SPACE_LIKE: Final = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u202f\u3000", " ")
)
_ZERO_WIDTH: Final = re.compile(f"[{ZERO_WIDTH}]")
_ON: Final = f"[{MARKS}{ZERO_WIDTH}]*"
_CLUSTER: Final = re.compile(
    f"(?:\u0e40[{ZERO_WIDTH}]*\u0e40|.){_ON}(?:[{SARA_AA}{SARA_AM}]{_ON})?", re.DOTALL
)
"""What `clean` may change together: a letter with its marks and ำ; two เ."""


def plain(text: str) -> tuple[str, Callable[[int], int]]:
    """Return the plain text, and the function from a place in it to the place in `text`."""
    found = to_arabic(text).translate(_SPACE_LIKE)
    if not _ZERO_WIDTH.search(found) and clean(found) == found:
        return found, lambda place: place
    letters: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(found):
        cleaned = cluster[0] if len(cluster[0]) == 1 else clean(_ZERO_WIDTH.sub("", cluster[0]))
        for nth, letter in enumerate(cleaned):
            if nth or not _ZERO_WIDTH.match(letter):
                letters.append(letter)
                places.append(cluster.end() - 1 if nth else cluster.start())
    return "".join(letters), places.__getitem__
