"""Years of a query in the other era, and what is counted and no year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakai.search.analysis import form_of
from prakai.search.numbering import other_years, years_said

SAID = [
    ("2550", {"2550": ("2007",)}),
    ("๒๕๕๐", {"2550": ("2007",)}),
    ("2007", {"2007": ("2550",)}),
    ("รายงานปี 2550", {"2550": ("2007",)}),
    ("พ.ศ. 2550", {"2550": ("2007",)}),
    ("พ.ศ.๒๕๕๐", {"2550": ("2007",)}),
    ("พศ 2550", {"2550": ("2007",)}),
    ("ค.ศ. 2007", {"2007": ("2550",)}),
    ("พ.ศ. 2007", {}),
    ("ค.ศ. 2550", {}),
    ("ปี2565-2566", {"2565": ("2022",), "2566": ("2023",)}),
    ("15/2550", {"2550": ("2007",)}),
    ("1/2/2550", {"2550": ("2007",)}),
    ("ปี 50", {"50": ("2550", "2007")}),
    ("ปี๖๕", {"65": ("2565", "2022")}),
    ("ปีงบประมาณ 65", {"65": ("2565", "2022")}),
    ("ปีการศึกษา 2565", {"2565": ("2022",)}),
    ("พ.ศ. 50", {"50": ("2550", "2007")}),
    ("ก.ย. 65", {"65": ("2565", "2022")}),
    ("25 กันยายน 65", {"65": ("2565", "2022")}),
    ("ม.ค.๖๕", {"65": ("2565", "2022")}),
    ("ปี 05", {}),
    ("ปี 2550 คน 2550", {"2550": ("2007",)}),
    ("50 ปี กระทรวง", {}),
    ("ครบรอบ 62", {}),
    ("ปีที่ 62", {}),
    ("โควิด 19", {}),
    ("2550 บาท", {}),
    ("2,550", {}),
    ("2550.5", {}),
    ("12550", {}),
    ("25501", {}),
    ("ISO 9001", {}),
    ("1669", {}),
    ("1860", {"1860": ("2403",)}),
    ("1111", {}),
    ("2000 ราย", {}),
    ("2000 รายงาน", {"2000": ("2543",)}),
    ("2565 หน่วยงาน", {"2565": ("2022",)}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "years"), SAID)
def test_years_that_a_query_says(text: str, years: dict[str, tuple[str, ...]]) -> None:
    assert years_said(text) == years


@given(st.integers(1860, 2156))
def test_the_other_year_of_the_other_year_is_the_year(year: int) -> None:
    [buddhist] = other_years(str(year))
    assert (int(buddhist) - year, other_years(buddhist)) == (543, (str(year),))


@given(st.text(alphabet="0123456789๒๕ .,/-ปีพศคบาท"))
def test_years_are_read_out_of_anything(text: str) -> None:
    for number, others in years_said(text).items():
        assert number.isdecimal()
        assert number not in others


@pytest.mark.parametrize(("text", "years"), [pair for pair in SAID if "." not in pair[0] or pair[1]])
def test_years_are_read_out_of_the_form_that_is_analysed(
    text: str, years: dict[str, tuple[str, ...]]
) -> None:
    assert years_said(form_of(text)) == years
