"""Names of people: the name behind the titles, and two letters for a portrait that is missing."""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.folding import clean

_TITLES: Final = (
    "ศาสตราจารย์เกียรติคุณ ศาสตราจารย์คลินิก ศาสตราจารย์ รองศาสตราจารย์ ผู้ช่วยศาสตราจารย์ นายแพทย์ แพทย์หญิง ทันตแพทย์หญิง "
    "ทันตแพทย์ เภสัชกรหญิง เภสัชกร สัตวแพทย์หญิง สัตวแพทย์ ว่าที่ร้อยตรีหญิง ว่าที่ร้อยตรี เด็กชาย เด็กหญิง นางสาว นาง นาย คุณหญิง "
    "ท่านผู้หญิง คุณ อาจารย์ หม่อมราชวงศ์ หม่อมหลวง พลเอก พลโท พลตรี พันเอก พันโท พันตรี ร้อยเอก ร้อยโท ร้อยตรี "
    "ศ.เกียรติคุณ ศ. รศ. ผศ. อ. ดร. นพ. พญ. ทพ. ทพญ. ทญ. ภก. ภญ. สพ.ญ. น.สพ. น.ส. ด.ช. ด.ญ. ม.ร.ว. ม.ล. "
    "พล.อ. พล.ท. พล.ต. พล.ต.อ. พล.ต.ท. พล.ต.ต. พ.อ. พ.ท. พ.ต. พ.ต.อ. พ.ต.ท. พ.ต.ต. ร.อ. ร.ท. ร.ต. ร.ต.อ. ร.ต.ท. ร.ต.ต. "
    "จ.ส.อ. ส.อ. ด.ต. จ.ส.ต. น.อ. น.ท. น.ต. mr. mrs. ms. miss dr. prof. assoc. asst."
).split()


def _pattern(title: str) -> str:
    if not title.endswith("."):
        return re.escape(title) + (r"(?=\s)" if title.isascii() else "")
    parts = [re.escape(part) for part in title.split(".") if part]
    return r"\.\s?".join(parts) + r"(?:\.|(?=\s))"


_TITLE: Final = re.compile(
    "(?:" + "|".join(_pattern(t) for t in sorted(_TITLES, key=len, reverse=True)) + r")\s*", re.IGNORECASE
)
_FIRST: Final = re.compile("[\u0e01-\u0e2e]|[^\\W\\d_]|[0-9]")


def bare_name(text: str) -> str:
    """The name without titles and ranks, single spaces; the text itself when nothing else would be left."""
    plain = " ".join(clean(text).split())
    name = plain
    while (title := _TITLE.match(name)) and title.end() < len(name):
        name = name[title.end() :]
    return name or plain


def initials(text: str) -> str:
    """The first real letters of first name and surname: วิจารณ์ พานิช → วพ, เสาวนีย์ → ส, GotoKnow Team → GT; "?" for none."""
    found = [match[0].upper() for part in bare_name(text).split()[:2] if (match := _FIRST.search(part))]
    return "".join(found) or "?"
