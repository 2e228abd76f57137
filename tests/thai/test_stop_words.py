"""Words that tell something stay; words that only hold a sentence together go."""

from __future__ import annotations

import pytest

from prakai.thai.stop_words import telling_words, tells


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ยิ้มก่อนถามคนไข้", ["ยิ้ม", "ถาม", "คนไข้"]),
        ("คนไข้ของเราไม่ต้องรอนาน", ["คนไข้", "รอ", "นาน"]),
        ("the queue is short 25 ๒๕", ["queue", "short"]),
        ("", []),
        ("ๆ ฯ ก 1", []),
    ],
)
def test_what_is_left(text: str, left: list[str]) -> None:
    assert telling_words(text) == left


@pytest.mark.parametrize("word", ["ง่าย", "เร็ว", "ช่วย", "สำคัญ", "ใหม่"])
def test_what_people_of_the_front_line_mean_is_kept(word: str) -> None:
    assert tells(word) is True
