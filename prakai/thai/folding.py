"""Two forms of a text: `clean` for keeping and showing it, `fold` for finding it again.

`clean` repairs only what a reader cannot see: the same letters in another order or composition, invisible
characters, marks typed twice on one another. It never corrects a spelling; an archive keeps its typing
errors. `fold` is a key: two spellings of one thing give one string. Nobody ever sees it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from prakai.thai.digits import to_arabic
from prakai.thai.dots import without_abbreviation_dots
from prakai.thai.letters import (
    ABOVE_BELOW,
    MAITAIKHU,
    MARKS,
    NIKHAHIT,
    PHINTHU,
    SARA_AA,
    SARA_AM,
    THANTHAKHAT,
    TONES,
    YAMAKKAN,
    ZERO_WIDTH,
)

_INVISIBLE: Final = re.compile(f"[{ZERO_WIDTH}\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]+")
_PAGE_BREAKS: Final = re.compile("[\x0b\x0c]")
_UNSEEN: Final = re.compile(f"[{ZERO_WIDTH}\x00-\x08\x0b-\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Not among them: a tone mark before ำ, as in น้ำ, which is right. The classes of any such two letters stand first, so
# that nearly all of a text is passed over in one step or two.
_SUSPECT: Final = re.compile(
    f"[{MARKS}{SARA_AM}\u0e40](?=[{MARKS}{SARA_AA}{SARA_AM}\u0e40])"
    f"(?:(?<=[{TONES}{THANTHAKHAT}{NIKHAHIT}{YAMAKKAN}{SARA_AM}])[{MARKS}]"
    f"|(?<=([{MARKS}]))(?:\\1|{PHINTHU})|(?<={NIKHAHIT})[{SARA_AA}{SARA_AM}]|(?<=\u0e40)\u0e40)"
)
# Marks after a vowel belong to it, unless a ำ or า follows them: then they are a cluster with that.
_CLUSTER: Final = re.compile(
    f"(?P<marks>[{MARKS}]++)(?:(?P<vowel>[{SARA_AA}{SARA_AM}])"
    f"(?P<after>[{MARKS}]++(?![{SARA_AA}{SARA_AM}]))?)?|{SARA_AM}(?P<after_am>[{MARKS}]+)"
)
_AFTER_AM: Final = re.compile(f"(?<!{SARA_AM}){SARA_AM}++[{MARKS}][{MARKS}{SARA_AM}]*+")
_TONE: Final = re.compile(f"[{TONES}]")
_VOWEL: Final = re.compile(f"[{ABOVE_BELOW}{NIKHAHIT}]")
_SPACES: Final = re.compile(r"\s+")
_BEFORE_MARK: Final = re.compile(r"\s+(?=[ๆฯ])")
_LOOSE: Final = re.compile(f"[{TONES}{MAITAIKHU}]+")
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def clean(text: str) -> str:
    """The text for keeping and showing: NFC, ำ composed, marks in their order and once, nothing invisible.

    Two different tone marks on one consonant keep the first: in every real case seen (ได้่, ยิ้่ม) the second is
    the slip. Idempotent. Control characters that XML and PostgreSQL refuse go too; tab and line ends stay as
    they are.
    """
    if _UNSEEN.search(text):
        text = _PAGE_BREAKS.sub("\n", _INVISIBLE.sub(_keep_joined_emoji, text))
    while True:
        repaired = unicodedata.normalize("NFC", _in_order(unicodedata.normalize("NFC", text)))
        if repaired == text:
            return repaired
        text = repaired


def fold(text: str) -> str:
    """The key for matching: cleaned, case folded, Arabic digits, one space for any run of space, no
    abbreviation dots.

    กพร. = ก.พ.ร. = กพร, K.M. = KM, พ.ศ.๒๕๕๐ = พ.ศ. 2550, อื่น ๆ = อื่นๆ. Idempotent.
    """
    text = _INVISIBLE.sub("", clean(text)).translate(_WIDE)
    text = to_arabic(_one_case(text))
    text = without_abbreviation_dots(_SPACES.sub(" ", text))
    return clean(_BEFORE_MARK.sub("", _SPACES.sub(" ", text)).strip())


def fold_loose(text: str) -> str:
    """`fold` without tone marks and ็, for the second tier of matching: บล็อก = บล๊อก = บลอก, เว็บ = เว๊บ, คลิก =
    คลิ๊ก."""
    return fold(_LOOSE.sub("", clean(text)))


def _one_case(text: str) -> str:
    """Case folded and cleaned until nothing changes: outside Latin, folding may undo the normal form once."""
    while (folded := clean(text.casefold())) != text:
        text = folded
    return text


def _keep_joined_emoji(match: re.Match[str]) -> str:
    """A joiner between two pictures makes one picture (👩‍🌾); everywhere else an invisible character says
    nothing."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() : match.end() + 1]
    if match[0] == "\u200d" and _pictures(before) and _pictures(after):
        return "\u200d"
    return ""


def _pictures(char: str) -> bool:
    return bool(char) and (char == "\ufe0f" or unicodedata.category(char) in {"So", "Sk"})


def _in_order(text: str) -> str:
    if not _SUSPECT.search(text):
        return text
    gathered = _AFTER_AM.sub(_marks_first, text)
    return _CLUSTER.sub(_one_cluster, gathered).replace("\u0e40\u0e40", "\u0e41")


def _marks_first(match: re.Match[str]) -> str:
    """All marks of a run that began with ำ, before all its ำ: in one step, for hostile text makes such runs long."""
    return match[0].replace(SARA_AM, "") + SARA_AM * match[0].count(SARA_AM)


def _one_cluster(match: re.Match[str]) -> str:
    marks, vowel, after = (match[name] or "" for name in ("marks", "vowel", "after"))
    if match["after_am"] is not None:
        vowel, after = SARA_AM, match["after_am"]
    if vowel == SARA_AA and NIKHAHIT in marks:
        vowel = SARA_AM
    if vowel != SARA_AM:
        return _ordered(marks) + vowel + _ordered(after)
    return _ordered((marks + after).replace(NIKHAHIT, "")) + SARA_AM


@lru_cache(maxsize=512)
def _ordered(marks: str) -> str:
    """Marks of one consonant: phinthu, vowels, one tone, thanthakhat, the rest; none twice in a row."""
    if len(marks) < 2:
        return marks
    ordered: list[str] = []
    for mark in sorted(marks, key=_rank):
        tone_again = _TONE.match(mark) and any(_TONE.match(earlier) for earlier in ordered[-1:])
        if not tone_again and ordered[-1:] != [mark]:
            ordered.append(mark)
    return "".join(ordered)


def _rank(mark: str) -> int:
    if mark == PHINTHU:
        return 0
    if _VOWEL.match(mark):
        return 1
    if _TONE.match(mark):
        return 2
    return 3 if mark == THANTHAKHAT else 4
