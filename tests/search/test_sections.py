"""Sections of laws, in every way they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakai.search.sections import LATER, law_asked, sections

WRITTEN = [
    ("มาตรา 112", ["มาตรา112"]),
    ("มาตรา๑๑๒", ["มาตรา112"]),
    ("มาตรา  112", ["มาตรา112"]),
    ("มาตราที่ 112", ["มาตรา112"]),
    ("ม.44", ["มาตรา44"]),
    ("ม. ๑๕๗", ["มาตรา157"]),
    ("ม.๑๕๗", ["มาตรา157"]),
    ("ม 44", ["มาตรา44"]),
    ("มาตรา 39/1", ["มาตรา39/1"]),
    ("มาตรา ๓๙/๑", ["มาตรา39/1"]),
    ("มาตรา 39 / 1", ["มาตรา39/1"]),
    ("ม.1484/1", ["มาตรา1484/1"]),
    ("มาตรา 3 ทวิ", ["มาตรา3ทวิ"]),
    ("มาตรา3ทวิ", ["มาตรา3ทวิ"]),
    ("มาตรา ๓ ตรี", ["มาตรา3ตรี"]),
    ("ม.12 ตรี", ["มาตรา12ตรี"]),
    ("มาตรา 65 ฉ", ["มาตรา65ฉ"]),
    ("มาตรา 8 อัฏฐารส", ["มาตรา8อัฏฐารส"]),
    ("มาตรา 8 อัฎฐ", ["มาตรา8อัฏฐ"]),
    ("มาตรา 3 สัตตะ", ["มาตรา3สัตต"]),
    ("มาตรา 3 ทวาทศ ป.รัษฎากร", ["มาตรา3ทวาทศ"]),
    ("มาตรา 65 ทวิ (3)", ["มาตรา65ทวิ"]),
    ("มาตรา 40 (8) วรรคสอง", ["มาตรา40"]),
    ("มาตรา 5 ทศวรรษ", ["มาตรา5"]),
    ("มาตรา 12 ตรีเทพ", ["มาตรา12"]),
    ("มาตรา 3 ฉบับ", ["มาตรา3"]),
    ("มาตรา 8 นวัตกรรม", ["มาตรา8"]),
    ("มาตรา 3 และมาตรา 4", ["มาตรา3", "มาตรา4"]),
    ("ตามมาตรา 17วรรคสอง", ["มาตรา17"]),
    ("มาต\u200bรา 1\u200b12", ["มาตรา112"]),
    ("มาตรา\u00a0112", ["มาตรา112"]),
    ("มาตรา", []),
    ("มาตรา บัญชีอัตรา 26", []),
    ("มาตราการ 5", []),
    ("มาตรา 12345", []),
    ("ม.ค. 2550", []),
    ("ม.3 ต.ดอยคำ", []),
    ("ม. 6 บ้านใหม่", []),
    ("กม.44", []),
    ("พ.ม.44", []),
    ("อาม 44", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "tokens"), WRITTEN)
def test_sections_are_one_token_however_written(text: str, tokens: list[str]) -> None:
    assert [section.token for section in sections(text)] == tokens


ASKED = [
    ("มาตรา๙๗๖ ประมวลแพ่ง", ["976"], "ประมวลแพ่ง", True),
    ("ป.พ.พ. มาตรา ๘๓๗", ["837"], "ป.พ.พ.", True),
    ("กฎหมายแพ่งและพาณิชย์ ม.1484/1", ["1484/1"], "กฎหมายแพ่งและพาณิชย์", True),
    ("พรบ ทุนรัฐวิสาหกิจ มาตรา 7", ["7"], "พรบ ทุนรัฐวิสาหกิจ", True),
    ("พ.ร.บ. กองทุนสำรองเลี้ยงชีพ ม.12 ตรี", ["12ตรี"], "พ.ร.บ. กองทุนสำรองเลี้ยงชีพ", True),
    ("พ.ร.ก.การประกอบธุรกิจสินทรัพย์ดิจิทัล ม.86", ["86"], "พ.ร.ก.การประกอบธุรกิจสินทรัพย์ดิจิทัล", True),
    ("ม.157 ละเว้นการปฏิบัติหน้าที่", ["157"], "ละเว้นการปฏิบัติหน้าที่", False),
    ("ม.6 แนะแนว", ["6"], "แนะแนว", False),
    ("ม.112", ["112"], "", False),
    ("ประมวลรัษฎากร", [], "ประมวลรัษฎากร", False),
    ("มาตรา 5, มาตรา 6 ประมวลกฎหมายอาญา", ["5", "6"], "ประมวลกฎหมายอาญา", True),
]


@pytest.mark.parametrize(("text", "numbers", "law", "sure"), ASKED)
def test_what_remains_of_a_query_is_the_law(text: str, numbers: list[str], law: str, sure: bool) -> None:
    found, rest = law_asked(text)
    assert ([section.number for section in found], rest) == (numbers, law)
    assert all(section.is_sure == sure for section in found)


@given(
    st.sampled_from(["มาตรา", "ม.", "มาตรา ", "ม. "]),
    st.integers(1, 1999),
    st.sampled_from(["", "/1", "/12"]),
    st.sampled_from(["", *LATER]),
    st.booleans(),
)
def test_a_section_is_read_as_it_was_written(
    name: str, number: int, under: str, later: str, gap: bool
) -> None:
    written = f"{name}{number}{under}{' ' if gap and later else ''}{later}"
    text = f"ดู {written} ด้วย"
    [section] = sections(text)
    assert (section.number, text[section.first : section.last]) == (f"{number}{under}{later}", written)


@given(st.text(alphabet="มาตร.0๑/ทวิฉ \u200b"))
def test_places_are_those_of_the_text(text: str) -> None:
    for section in sections(text):
        assert sections(text[section.first : section.last])[0].number == section.number
