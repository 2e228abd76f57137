"""Tags under their letters."""

from __future__ import annotations

from prakai.notes.models import Tag
from prakai.web.tags.letters import by_letter


def test_a_letter_stands_once_though_words_begin_with_vowels_or_what_looks_like_a_title() -> None:
    tags = [Tag(label=label) for label in ("เก่า", "คิว", "คุณเอื้อ", "เครือข่าย", "AAR", "๕ ส")]
    assert [(letter, [tag.label for tag in group]) for letter, group in by_letter(tags)] == [
        ("ก", ["เก่า"]),
        ("ค", ["คิว", "คุณเอื้อ", "เครือข่าย"]),
        ("A", ["AAR"]),
        ("๕", ["๕ ส"]),
    ]
