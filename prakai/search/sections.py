"""Sections of laws (มาตรา) in a text or query: which number of which law, however it is written.

มาตรา 39/1, มาตรา๓๙/๑, ม.39/1 and ม. 39/1 are one token, มาตรา39/1, which index and query share; so are มาตรา 3 ทวิ and
มาตรา3ทวิ. The Pali numerals say where a section was put in later: ทวิ is the second of its number, ตรี the third.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from prakai.thai.digits import to_arabic
from prakai.thai.letters import LETTERS, ZERO_WIDTH

LATER: Final = (
    "ทวิ", "ตรี", "จัตวา", "เบญจ", "ฉ", "สัตต", "อัฏฐ", "นว", "ทศ", "เอกาทศ", "ทวาทศ", "เตรส", "จตุทศ", "ปัณรส", "โสฬส",
    "สัตตรส", "อัฏฐารส", "เอกูนวีสติ", "วีสติ", "เอกวีสติ", "ทวาวีสติ", "เตวีสติ", "จตุวีสติ", "ปัญจวีสติ", "ฉัพพีสติ",
)  # fmt: skip
"""The numerals in their order, from 2 on, as statutes write them."""

_SPELLED: Final = {
    "ทวี": "ทวิ", "จตวา": "จัตวา", "เบญจะ": "เบญจ", "ฉอ": "ฉ", "สัตตะ": "สัตต", "อัฎฐ": "อัฏฐ", "อัฐ": "อัฏฐ", "อัฏฐะ": "อัฏฐ",
    "นวะ": "นว", "ทศะ": "ทศ", "เอกูนวีส": "เอกูนวีสติ", "ปัญจวีสต": "ปัญจวีสติ", "โสฬศ": "โสฬส", "ปัณณรส": "ปัณรส",
    "อัฎฐารส": "อัฏฐารส",
}  # fmt: skip
"""Other spellings of them that are met."""

_NUMERALS: Final = "|".join(sorted((*LATER, *_SPELLED), key=len, reverse=True))
_GAP: Final = r"[ \t\u00a0]{0,2}"
_SECTION: Final = re.compile(
    f"(?P<name>มาตรา(?:ที่)?|(?<![{LETTERS}.])ม{_GAP}\\.?){_GAP}(?P<number>[0-9]{{1,4}})(?![0-9.,:][0-9])(?![0-9])"
    f"(?:{_GAP}/{_GAP}(?P<under>[0-9]{{1,3}})(?![0-9/]))?(?:{_GAP}(?P<later>{_NUMERALS})(?![{LETTERS}.]))?"
)
_LAW: Final = re.compile(
    r"พ\.? ?ร\.? ?[บกฎป](?:\.|\b)|พรบ|พรก|พรฎ|พรป|พระราช(?:บัญญัติ|กำหนด|กฤษฎีกา)|ประมวล|กฎหมาย|กม\.|รัฐธรรมนูญ|รธน"
    r"|(?<!\w)ป\. ?[ก-ฮ]|(?<!\w)ปพพ|กฎกระทรวง|ข้อบังคับ|ระเบียบ|แพ่ง|อาญา|รัษฎากร"
)
_HIDDEN: Final = re.compile(f"[{ZERO_WIDTH}]")
_NOT_A_LAW: Final = re.compile(
    f"{_GAP}(?:ต\\.|ตำบล|อ\\.|อำเภอ|จ\\.|จังหวัด|บ้าน|ถ\\.|ถนน|ซ\\.|ซอย|แขวง|หมู่|ห้อง|/[0-9])"
)
"""What follows ม. 3 when it is the third village or a class of a school."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section that is named in ``text[first:last]``. ``is_sure`` unless only ``ม.`` says so (ม.6 is a school year,
    too, and ม.3 a village)."""

    number: str
    first: int
    last: int
    is_sure: bool = True

    @property
    def token(self) -> str:
        """What index and query share: มาตรา39/1, มาตรา3ทวิ."""
        return f"มาตรา{self.number}"


def sections(text: str) -> list[Section]:
    """Return the sections that are named in ``text``, in their order; places are those of ``text``."""
    found = []
    places = None
    plain = to_arabic(text)
    if _HIDDEN.search(plain):
        places = [place for place, sign in enumerate(plain) if not _HIDDEN.match(sign)]
        plain = _HIDDEN.sub("", plain)
    for match in _SECTION.finditer(plain):
        is_sure = match["name"].startswith("มาตรา")
        if not is_sure and _NOT_A_LAW.match(plain, match.end()):
            continue
        later = match["later"] or ""
        number = str(int(match["number"]))
        under = f"/{int(match['under'])}" if match["under"] else ""
        first, last = match.span()
        if places:
            first, last = places[first], places[last - 1] + 1
        found.append(Section(f"{number}{under}{_SPELLED.get(later, later)}", first, last, is_sure))
    return found


def law_asked(text: str) -> tuple[list[Section], str]:
    """Return the sections that a query asks for and what remains of it: the law that they stand in, or other words.

    Where a law is named, ม. is sure to be a section.
    """
    found = sections(text)
    parts, past = [], 0
    for section in found:
        parts.append(text[past : section.first])
        past = section.last
    rest = " ".join(" ".join((*parts, text[past:])).split()).strip(" ,;")
    if _LAW.search(rest):
        found = [Section(one.number, one.first, one.last) for one in found]
    return found, rest
