"""Which dot belongs to an abbreviation, and which ends a sentence, a number, a time or a web address.

Thai writes one abbreviation in many ways (ก.พ.ร. กพร. กพร ก.พ.ร) and no sentence needs a full stop, so a dot
after a few bare consonants is nearly always an abbreviation's. The exceptions are short words that are bare
consonants (คน ผล จบ).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from prakai.thai.letters import LETTERS

_ADDRESS: Final = re.compile(r"(?:[a-z][a-z0-9+]{1,9}://|www\.)[^\s<>\"]+", re.IGNORECASE)
_DOTS: Final = r"\.{1,2}(?!\.)"
_CHAIN: Final = re.compile(f"(?<![{LETTERS}])[{LETTERS}]+{_DOTS}(?:[{LETTERS}]+{_DOTS})*(?:[{LETTERS}]+)?")
_PIECE: Final = re.compile(f"([{LETTERS}]+)(\\.{{0,2}})")
_BARE: Final = re.compile("[\u0e01-\u0e2e]{1,5}")
_WITH_VOWEL: Final = frozenset({"เม", "มิ", "มี", "โทร", "เสธ"})
_LATIN: Final = re.compile(r"(?<![A-Za-z0-9.@/_-])(?:[A-Za-z]\.)+[A-Za-z]?(?![A-Za-z0-9@/_]|\.[A-Za-z0-9])")

_KNOWN_TAILS: Final = frozenset(
    {"สต", "ดร", "นพ", "พญ", "ทพ", "ทญ", "ภก", "ภญ", "รมน", "บต", "กม", "สพ", "รบ", "ศน"}
)
"""Second halves that lost their last dot: รพ.สต, ผศ.ดร, ศ.นพ."""

_KNOWN_WHOLE: Final = (
    "กพร",
    "สคส",
    "อบต",
    "อบจ",
    "สปสช",
    "สพฐ",
    "สสจ",
    "กทม",
    "ลปรร",
    "กศน",
    "สตง",
    "กกต",
    "ปปช",
)
"""Abbreviations that are known even at the end of a run of letters: สำนักงานกพร."""


@lru_cache(maxsize=1)
def bare_words() -> frozenset[str]:
    """Words that are bare consonants and yet no abbreviations: คน, ผล, จบ."""
    lines = Path(__file__).with_name("bare_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def without_abbreviation_dots(text: str) -> str:
    """The text without the dots of Thai and of lettered Latin abbreviations; dots inside web addresses stay.

    Between an abbreviation and the word or number after it the dot becomes a space (จ.เลย = จ. เลย, ม.ค.50 =
    ม.ค. 50).
    """
    if "." not in text:
        return text
    pieces: list[str] = []
    past = 0
    for address in _ADDRESS.finditer(text):
        pieces += [_undotted(text[past : address.start()]), address[0]]
        past = address.end()
    return "".join([*pieces, _undotted(text[past:])])


def is_abbreviation_part(letters: str) -> bool:
    """True for what may stand before an abbreviation's dot: one to five bare consonants, or เม มิ มี โทร
    เสธ."""
    return bool(_BARE.fullmatch(letters)) or letters in _WITH_VOWEL


def _undotted(text: str) -> str:
    text = _CHAIN.sub(_chain, text)
    return _LATIN.sub(lambda match: match[0].replace(".", "") if len(match[0]) > 2 else match[0], text)


def _chain(match: re.Match[str]) -> str:
    """Letters and dots without a space between them, such as ก.พ.ร. or ดร.สมชาย or จบแล้ว."""
    pieces = [(piece[1], piece[2]) for piece in _PIECE.finditer(match[0])]
    following = match.string[match.end() : match.end() + 1]
    dotted_singles = sum(1 for letters, dots in pieces if dots and len(letters) == 1) >= 2
    out: list[str] = []
    for index, (letters, dots) in enumerate(pieces):
        out.append(letters)
        if not dots:
            continue
        next_letters, next_dots = pieces[index + 1] if index + 1 < len(pieces) else ("", "")
        out.append(_dot(letters, dots, next_letters, next_dots, following, dotted_singles))
    return "".join(out)


def _dot(
    letters: str, dots: str, following_letters: str, following_dots: str, after: str, singles: bool
) -> str:
    known = letters.endswith(_KNOWN_WHOLE)
    abbreviation = is_abbreviation_part(letters) or known or (singles and is_abbreviation_part(letters[-1:]))
    if not abbreviation or following_letters == "ไทย":
        return dots
    if following_letters:
        joins = is_abbreviation_part(following_letters) and (
            bool(following_dots) or len(following_letters) == 1 or following_letters in _KNOWN_TAILS
        )
        return "" if joins else " "
    if letters in bare_words():
        return dots
    return " " if after.isalnum() else ""
