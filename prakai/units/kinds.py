"""Kinds of units, as people write them: รพ.สต., health centre, สถานีอนามัย are one kind."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from django.utils import translation

from prakai.units.models import UnitKind
from prakai.units.wordings import name_key, short_key

# First words of names, the longest first: what a name begins with tells its kind.
_WORDS: Final = {
    UnitKind.MINISTRY: "กระทรวง ทบวง สำนักนายกรัฐมนตรี",
    UnitKind.DEPARTMENT: "กรม สำนักงานปลัด",
    UnitKind.PROVINCE: "สำนักงานจังหวัด ศาลากลางจังหวัด หน่วยงานระดับจังหวัด สำนักงานระดับจังหวัด จังหวัด องค์การบริหารส่วนจังหวัด อบจ "
    "สำนักงานสาธารณสุขจังหวัด สสจ",
    UnitKind.DISTRICT: "ที่ว่าการอำเภอ ที่ทำการปกครองอำเภอ อำเภอ กิ่งอำเภอ สำนักงานเขต "
    "หน่วยงานระดับอำเภอ สำนักงานสาธารณสุขอำเภอ สสอ",
    UnitKind.HOSPITAL: "โรงพยาบาล รพ รพช รพท รพศ รพร",
    UnitKind.HEALTH_CENTRE: "โรงพยาบาลส่งเสริมสุขภาพตำบล รพสต สถานีอนามัย สอ ศูนย์สุขภาพชุมชน ศูนย์บริการสาธารณสุข",
    UnitKind.SCHOOL: "โรงเรียน รร วิทยาลัย สถานศึกษา ศูนย์พัฒนาเด็กเล็ก ศพด",
    UnitKind.UNIVERSITY: "มหาวิทยาลัย ม มรภ มทร สถาบันอุดมศึกษา",
    UnitKind.MUNICIPALITY: "เทศบาล เทศบาลตำบล เทศบาลเมือง เทศบาลนคร ทต ทม ทน",
    UnitKind.SUBDISTRICT: "องค์การบริหารส่วนตำบล อบต ตำบล",
    UnitKind.OFFICE: "สำนักงาน สนง สำนัก กอง ส่วน ฝ่าย กลุ่มงาน หน่วยงาน",
    UnitKind.CENTRE: "ศูนย์ สถาบัน",
    UnitKind.NETWORK: "เครือข่าย ชมรม",
}


@lru_cache(maxsize=1)
def _known() -> dict[str, UnitKind]:
    found: dict[str, UnitKind] = {}
    for kind in UnitKind:
        found[short_key(kind.value)] = kind
        found[short_key(kind.value.replace("_", " "))] = kind
        for language in ("en", "th"):
            with translation.override(language):
                found[short_key(str(kind.label))] = kind
        for word in _WORDS[kind].split():
            found[short_key(word)] = kind
    return found


def find_kind(text: str) -> UnitKind | None:
    """Return the kind that ``text`` says in Thai or English, long or short, one slip forgiven; ``None`` when unsure."""
    key = short_key(text[:80])
    if not key:
        return None
    known = _known()
    if key in known:
        return known[key]
    close = {known[word] for word in get_close_matches(key, known, n=3, cutoff=0.84)}
    return close.pop() if len(close) == 1 else None


@lru_cache(maxsize=1)
def _beginnings() -> tuple[tuple[str, UnitKind], ...]:
    pairs = [
        (name_key(word), kind) for kind, words in _WORDS.items() for word in words.split() if len(word) > 2
    ]
    return tuple(sorted(pairs, key=lambda pair: len(pair[0]), reverse=True))


def kind_of_name(name: str) -> UnitKind:
    """Return the kind that the first words of a Thai name tell; an office when they tell none."""
    key = name_key(name)
    return next((kind for start, kind in _beginnings() if key.startswith(start)), UnitKind.OFFICE)
