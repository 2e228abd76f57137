"""How units are written: abbreviations of kinds of offices opened, so that รพ.สต.บ้านนา and its long name are one key.

Pure text. The table lists how officials shorten the first words of a name; a unit's own abbreviations (กพร., สคส.)
stand in its row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from prakai.thai.folding import clean, fold


@dataclass(frozen=True, slots=True)
class Opening:
    """An abbreviation that a name begins with. ``bare``: also understood with no dot and no space after it."""

    short: str
    long: str
    bare: bool = False


OPENINGS: Final = (
    Opening("รพสต", "โรงพยาบาลส่งเสริมสุขภาพตำบล", bare=True),
    Opening("รพ", "โรงพยาบาล", bare=True),
    Opening("รพช", "โรงพยาบาล", bare=True),
    Opening("รพท", "โรงพยาบาล", bare=True),
    Opening("รพศ", "โรงพยาบาล", bare=True),
    Opening("รพร", "โรงพยาบาลสมเด็จพระยุพราช", bare=True),
    Opening("สสจ", "สำนักงานสาธารณสุขจังหวัด", bare=True),
    Opening("สสอ", "สำนักงานสาธารณสุขอำเภอ", bare=True),
    Opening("สคร", "สำนักงานป้องกันควบคุมโรค"),
    Opening("สอ", "สถานีอนามัย"),
    Opening("อบต", "องค์การบริหารส่วนตำบล", bare=True),
    Opening("อบจ", "องค์การบริหารส่วนจังหวัด", bare=True),
    Opening("ทต", "เทศบาลตำบล"),
    Opening("ทม", "เทศบาลเมือง"),
    Opening("ทน", "เทศบาลนคร"),
    Opening("รร", "โรงเรียน", bare=True),
    Opening("ศพด", "ศูนย์พัฒนาเด็กเล็ก", bare=True),
    Opening("สพป", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา", bare=True),
    Opening("สพม", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา", bare=True),
    Opening("มรภ", "มหาวิทยาลัยราชภัฏ", bare=True),
    Opening("มทร", "มหาวิทยาลัยเทคโนโลยีราชมงคล", bare=True),
    Opening("ม", "มหาวิทยาลัย"),
    Opening("วก", "วิทยาลัยการอาชีพ"),
    Opening("วท", "วิทยาลัยเทคนิค"),
    Opening("พมจ", "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด", bare=True),
    Opening("ทสจ", "สำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัด", bare=True),
    Opening("สพจ", "สำนักงานพัฒนาชุมชนจังหวัด", bare=True),
    Opening("สภ", "สถานีตำรวจภูธร"),
    Opening("สน", "สถานีตำรวจนครบาล"),
    Opening("สนง", "สำนักงาน", bare=True),
    Opening("สนจ", "สำนักงานจังหวัด", bare=True),
    Opening("จ", "จังหวัด"),
    Opening("อ", "อำเภอ"),
    Opening("ต", "ตำบล"),
)
_SHORTS: Final = frozenset(opening.short for opening in OPENINGS)

# A place after the first words: สนง.เกษตร จ.น่าน, รพ.สต. ต.บ้านนา.
_INSIDE: Final = {"จ": "จังหวัด", "อ": "อำเภอ", "ต": "ตำบล", "กิ่งอ": "กิ่งอำเภอ"}
_INSIDE_WRITTEN: Final = re.compile(r"(?<=\s)(กิ่งอ|จ|อ|ต)\.\s*(?=[ก-ฮเ-ไ])")
_NEXT_LETTER: Final = "(?=[ก-ฮเ-ไa-zA-Z0-9])(?![ก-ฮ]{1,3}\\.)"
_TAIL: Final = re.compile(
    r"(?P<name>.+?)[\s,(]+(?:จังหวัด|จว\.|จ\.)\s*(?P<place>[^()]{2,40}?)\)?\s*$", re.DOTALL
)
_DISTRICT_TAIL: Final = re.compile(
    r"(?P<name>.+?)[\s,(]+(?:กิ่งอำเภอ|กิ่งอ\.|อำเภอ|อ\.|ตำบล|ต\.)\s*[^\s()]{2,40}\)?\s*$", re.DOTALL
)
_OFFICE_OF: Final = re.compile(r"(?:สำนักงาน|สนง\.?)\s*(?P<name>.+)", re.DOTALL)
_LETTERS_ONLY: Final = re.compile("[ก-ฮ]{2,6}")
_LONGEST: Final = 400


def _pattern(opening: Opening) -> re.Pattern[str]:
    letters = r"\.?\s?".join(opening.short)
    end = rf"(?:\.\s*|\s+{'|' + _NEXT_LETTER if opening.bare else ''})"
    return re.compile(letters + end + _NEXT_LETTER)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    longest_first = sorted(OPENINGS, key=lambda opening: len(opening.short), reverse=True)
    return tuple((_pattern(opening), opening.long) for opening in longest_first)


def open_up(text: str) -> str:
    """Return ``text`` with the abbreviation that it begins with written out: "สสจ.น่าน" → "สำนักงานสาธารณสุขจังหวัดน่าน".

    A dot or a space must part the abbreviation from the name, unless no Thai word begins like it: "รพ.สตูล" is the
    hospital of Satun. Text without a known abbreviation comes back cleaned and otherwise as it was.
    """
    plain = " ".join(clean(text[:_LONGEST]).split())
    if _squeeze(plain) in _SHORTS:
        return plain
    for pattern, long in _patterns():
        found = pattern.match(plain)
        if found is not None:
            plain = long + plain[found.end() :]
            break
    return _INSIDE_WRITTEN.sub(lambda match: _INSIDE[match[1]], plain)


def name_key(text: str) -> str:
    """Return the key by which names are one: abbreviations opened, folded, without spaces, dots and quotation marks."""
    return _squeeze(fold(open_up(text)))


def short_key(text: str) -> str:
    """Return the key by which abbreviations are one, however dotted and spaced: ก.พ.ร. = กพร = ก. พ. ร."""
    return _squeeze(fold(text[:_LONGEST]))


def without_place(text: str) -> tuple[str, str]:
    """Return (name, province in words) of a name that ends in its province: "รพ.สต.บ้านนา จ.น่าน"; else (text, "")."""
    found = _TAIL.fullmatch(text.strip()[:_LONGEST])
    return (found["name"], found["place"]) if found else (text, "")


def without_district(text: str) -> str:
    """Return a name without sub-district and district at its end: "รพ.สต.บ้านนา ต.นา อ.เวียงสา" → "รพ.สต.บ้านนา"."""
    name = text.strip()[:_LONGEST]
    for _ in range(2):
        found = _DISTRICT_TAIL.fullmatch(name)
        name = found["name"] if found else name
    return name


def office_of(text: str) -> str:
    """Return what stands behind a leading สำนักงาน ("สำนักงาน ก.พ.ร." → "ก.พ.ร."); empty without one."""
    found = _OFFICE_OF.fullmatch(text.strip()[:_LONGEST])
    return found["name"] if found else ""


def is_short(text: str) -> bool:
    """Return whether ``text`` is nothing but the letters of an abbreviation: ก.พ.ร., กพร."""
    return _LETTERS_ONLY.fullmatch(short_key(text)) is not None


def folded_names(names: list[str], abbreviations: list[str]) -> str:
    """Return what a row keeps for matching: names, then abbreviations, folded and as keys, one a line."""
    lines = [form(name) for name in names if name for form in (fold, name_key)]
    lines += [form(short) for short in abbreviations if short for form in (fold, short_key, name_key)]
    return "\n".join(dict.fromkeys(line for line in lines if line))


_SQUEEZED: Final = re.compile("[\\s.\"'“”‘’()\\[\\],/–—-]+")


def _squeeze(text: str) -> str:
    return _SQUEEZED.sub("", text)
