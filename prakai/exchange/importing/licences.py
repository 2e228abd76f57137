"""Licences as other platforms write them, told apart as our codes.

What is not understood stays unknown (None): a licence is never guessed to be freer than it says.
"""

from __future__ import annotations

import re
from typing import Final

from .items import Licence

_SET: Final[dict[frozenset[str], Licence]] = {
    frozenset({"by"}): "cc-by",
    frozenset({"by", "sa"}): "cc-by-sa",
    frozenset({"by", "nc"}): "cc-by-nc",
    frozenset({"by", "nc", "sa"}): "cc-by-nc-sa",
    frozenset({"by", "nd"}): "cc-by-nd",
    frozenset({"by", "nc", "nd"}): "cc-by-nc-nd",
}
# Thai and English names of the conditions; the longer names stand first, since some hold a shorter one.
_CONDITIONS: Final = (
    ("ไม่ใช้เพื่อการค้า", "nc"),
    ("ห้ามใช้เพื่อการค้า", "nc"),
    ("ไม่ใช้ในทางการค้า", "nc"),
    ("ไม่ใช้ทางการค้า", "nc"),
    ("ไม่ใช้ในเชิงพาณิชย์", "nc"),
    ("ไม่ใช้เชิงพาณิชย์", "nc"),
    ("ไม่แสวงหากำไร", "nc"),
    ("noncommercial", "nc"),
    ("ใช้สัญญาอนุญาตแบบเดียวกัน", "sa"),
    ("อนุญาตแบบเดียวกัน", "sa"),
    ("sharealike", "sa"),
    ("ห้ามแก้ไขดัดแปลง", "nd"),
    ("ไม่แก้ไขดัดแปลง", "nd"),
    ("ห้ามดัดแปลง", "nd"),
    ("ไม่ดัดแปลง", "nd"),
    ("ไม่แก้ไขต้นฉบับ", "nd"),
    ("noderivatives", "nd"),
    ("noderivs", "nd"),
    ("ต้องอ้างอิงแหล่งที่มา", "by"),
    ("อ้างอิงแหล่งที่มา", "by"),
    ("แสดงที่มา", "by"),
    ("attribution", "by"),
)
_ADDRESS = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)", re.ASCII)
_SHORT = re.compile(
    r"(?:cc ?:?[ -]?|creative commons )?(by(?:-(?:nc|nd|sa))*)(?: ?\d(?:\.\d)?)?(?: [a-z]{2,13})?", re.ASCII
)
_JOINT = re.compile(r"(?<=by|nc|nd|sa)[ _](?=nc|nd|sa)")
_ZERO = re.compile(
    r"(?:(?:creative ?commons|ครีเอทีฟ ?คอมมอนส์?) ?(?:แบบ)? ?)?(?:cc[ -]?0|cc[ -]zero|zero)"
    r"(?: ?1(?:\.0)?)?(?: universal)?"
    r"|public domain|สาธารณสมบัติ"
)
_RESERVED = re.compile(
    r"สงวน(?:ลิข)?สิทธิ์? ?(?:ทุกประการ|ทั้งหมด|ตามกฎหมาย)|(?:©|\(c\))? ?สงวน(?:ลิข)?สิทธิ์$|all rights reserved"
)
_NAME = re.compile(r"creative ?commons|ครีเอทีฟ ?คอมมอนส์?")
_FILLER = re.compile(
    r"creativecommons|ครีเอทีฟคอมมอนส์?|สัญญาอนุญาต|แบบ|licen[cs]e|international|unported|thailand|ประเทศไทย|สากล|และ|v$"
)


def licence_of(text: str | None) -> Licence | None:
    """Our code for the licence that `text` (a name, a sentence or an address) states; None when not sure."""
    if not text:
        return None
    folded = re.sub(r"\s+", " ", text[:2000].lower()).strip(" .")
    if "creativecommons.org/" in folded:
        return _from_addresses(folded)
    if _ZERO.fullmatch(folded):
        return "cc0"
    short = _SHORT.fullmatch(_JOINT.sub("-", folded))
    if short:
        return _SET.get(frozenset(short[1].split("-")))
    if _RESERVED.search(folded):
        return None if "creative" in folded or "ครีเอทีฟ" in folded else "arr"
    return _from_conditions(folded)


def _from_addresses(folded: str) -> Licence | None:
    """The licence of all Creative Commons addresses in the text; None when they disagree."""
    codes: set[Licence | None] = set()
    for name in _ADDRESS.findall(folded):
        codes.add("cc0" if name == "zero" else _SET.get(frozenset(name.strip("-").split("-"))))
    return codes.pop() if len(codes) == 1 else None


def _from_conditions(folded: str) -> Licence | None:
    """The licence spelled out as conditions ("แสดงที่มา-ไม่ใช้เพื่อการค้า"); None when any word is left over."""
    rest = re.sub(r"[^a-zก-๛]+", "", folded)
    found: set[str] = set()
    for name, code in _CONDITIONS:
        if name in rest:
            found.add(code)
            rest = rest.replace(name, " ")
    # One condition alone is a common request ("please name the source"), and a licence only under its name.
    named = len(found) > 1 or _NAME.search(folded) is not None
    return _SET.get(frozenset(found)) if named and not _FILLER.sub("", rest).strip() else None
