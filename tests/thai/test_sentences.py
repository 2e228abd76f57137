"""Sentences of a text: pieces that one can point at."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakai.thai.sentences import sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("  \n\n ", []),
        ("เราลองทำ", ["เราลองทำ"]),
        (
            "ตอนนั้นคนไข้รอรับยาเกือบสองชั่วโมง บางคนกลับบ้านไปโดยไม่ได้ยาสักเม็ด",
            ["ตอนนั้นคนไข้รอรับยาเกือบสองชั่วโมง", "บางคนกลับบ้านไปโดยไม่ได้ยาสักเม็ด"],
        ),
        ("รอนาน\nเราเลยโทรหา", ["รอนาน", "เราเลยโทรหา"]),
        ("นายสมชายศรีวงศ์วรรณ ใจดีมากนะ", ["นายสมชายศรีวงศ์วรรณ ใจดีมากนะ"]),
        ("คนไข้รอรับยาวันที่ 12 ม.ค. 2550 อยู่ที่เดิม", ["คนไข้รอรับยาวันที่ 12 ม.ค. 2550 อยู่ที่เดิม"]),
        ("ช่วยกันทุกวันจนดีขึ้นมากจริง ๆ เลย", ["ช่วยกันทุกวันจนดีขึ้นมากจริง ๆ เลย"]),
        (
            "We called them. It helped! Dr. Somchai came",
            ["We called them.", "It helped!", "Dr. Somchai came"],
        ),
    ],
)
def test_pieces_of_a_text(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == pieces


@given(st.text(alphabet="กขคงรอเา็่ ๆ.!?\n12a", max_size=200))
def test_no_letter_is_lost_and_none_comes_twice(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(one[1] <= two[0] for one, two in pairwise(found))


def test_a_long_row_of_spaces_costs_little() -> None:
    assert len(sentences("ก " * 50_000)) <= 2_001
