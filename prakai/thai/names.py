"""Names of people: the name behind the titles, and the letters for a portrait that is missing."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from prakai.thai.folding import clean
from prakai.thai.letters import CONSONANTS, LEADING

_MOST_TITLES: Final = 8
_LONGEST: Final = 400
"""Characters of a name that are looked at."""

_NOT_A_TITLE: Final = {
    "นาย": "กรัฐ|กเทศ|กองค์|กสมาคม|กสภา|อำเภอ|ทะเบียน|จ้าง",
    "นาง": "พยาบาล|สงกรานต์|ฟ้า",
    "คุณ": "ธรรม|วุฒิ|ภัทร|พัฒน์|ภาพ",
}
"""Words and first names that only begin like a title: นายกเทศมนตรี, คุณธรรม."""

_FIRST: Final = re.compile(f"[{CONSONANTS}]|[^\\W\\d_\u0e2f-\u0e4e]|[0-9๐-๙]")


def bare_name(text: str) -> str:
    """The name without titles and ranks, single spaces; the text itself when nothing else would be left.

    For sorting and for search, not for addressing a person: leaving out a title that somebody uses is
    impolite.
    """
    plain = " ".join(clean(text[:_LONGEST]).split())
    name = plain
    for _ in range(_MOST_TITLES):
        title = _titles().match(name)
        if title is None or title.end() >= len(name):
            break
        name = name[title.end() :]
    return name or plain


def initials(text: str) -> str:
    """The first real letters of first name and surname: วิจารณ์ พานิช → วพ, เสาวนีย์ → ส, GotoKnow Team → GT.

    A leading vowel is skipped; "?" for none.
    """
    found = [match[0].upper() for part in bare_name(text).split()[:2] if (match := _FIRST.search(part))]
    return "".join(found) or "?"


def first_letter(text: str) -> str:
    """The letter under which a word stands in a dictionary: เก่า → ก, คุณเอื้อ → ค, aar → A; "?" for none."""
    found = _FIRST.search(clean(text[:_LONGEST]))
    return found[0].upper() if found else "?"


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    """One title at the start of a name, the longest first, with the space after it."""
    lines = Path(__file__).with_name("titles.txt").read_text("utf-8").splitlines()
    titles = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    either = "|".join(_pattern(title) for title in sorted(titles, key=len, reverse=True))
    return re.compile(f"(?:{either})(?:\\s?หญิง(?=\\s?[{CONSONANTS}{LEADING}]))?\\s?", re.IGNORECASE)


def _pattern(title: str) -> str:
    if title.isascii():
        return re.escape(title.rstrip(".")) + r"(?:\.|(?=\s))"
    if title.endswith("."):
        parts = [re.escape(part) for part in title.split(".") if part]
        return r"\.?\s?".join(parts) + r"(?:\.|(?=\s))"
    never = _NOT_A_TITLE.get(title)
    return title + rf"(?=\s?[{CONSONANTS}{LEADING}])" + (f"(?!{never})" if never else "")
