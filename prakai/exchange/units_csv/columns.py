"""The columns of a table of units, and the headings under which people write them."""

from __future__ import annotations

from typing import Final

from prakai.thai.folding import fold

COLUMNS: Final = (
    "name_th",
    "name_en",
    "abbreviations",
    "kind",
    "parent",
    "province",
    "valid_from",
    "valid_to",
    "about",
)

# The first Thai heading of each is the one that a Thai file is written with.
_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "name_th": ("ชื่อหน่วยงาน", "ชื่อ", "ชื่อไทย", "ชื่อภาษาไทย", "ชื่อหน่วยงานภาษาไทย", "หน่วยงาน", "name", "thai name", "name th"),
    "name_en": ("ชื่อภาษาอังกฤษ", "ชื่ออังกฤษ", "ชื่อหน่วยงานภาษาอังกฤษ", "ภาษาอังกฤษ", "english name", "name en"),
    "abbreviations": ("ชื่อย่อ", "อักษรย่อ", "คำย่อ", "ตัวย่อ", "abbreviation", "short name"),
    "kind": ("ประเภท", "ชนิด", "ประเภทหน่วยงาน", "type"),
    "parent": ("สังกัด", "ต้นสังกัด", "หน่วยงานต้นสังกัด", "อยู่ใต้", "ขึ้นกับ", "under", "parent unit"),
    "province": ("จังหวัด", "changwat"),
    "valid_from": ("ตั้งแต่", "ตั้งเมื่อ", "ก่อตั้งเมื่อ", "วันที่จัดตั้ง", "วันจัดตั้ง", "วันแรก", "from", "founded", "valid from"),
    "valid_to": ("ถึง", "สิ้นสุด", "วันที่สิ้นสุด", "วันสุดท้าย", "ยุบเมื่อ", "to", "until", "closed", "valid to"),
    "about": ("เกี่ยวกับหน่วยงาน", "เกี่ยวกับ", "คำอธิบาย", "รายละเอียด", "หมายเหตุ", "description", "remarks"),
}  # fmt: skip


def _key(heading: str) -> str:
    return fold(heading).replace("_", " ").replace("-", " ").replace("*", "").strip()


_KNOWN: Final = {_key(word): column for column, words in _HEADINGS.items() for word in (column, *words)}


def column_of(heading: str) -> str | None:
    """Return the column that a heading names, in Thai or English; ``None`` when it names none."""
    return _KNOWN.get(_key(heading[:100]))


def headings(language: str) -> list[str]:
    """Return the headings to write in ``language`` ("th", or anything else for the plain column names)."""
    return [_HEADINGS[column][0] if language == "th" else column for column in COLUMNS]
