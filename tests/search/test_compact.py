"""Letters in one byte each say just what the letters said."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from prakai.search.compact import all_compact, compact
from prakai.search.documents import Document
from prakai.search.engine.sought import Narrowing, Strict
from prakai.search.engine.tantivy_side import TantivyEngine

LETTERS = st.text(st.sampled_from("กขคเแาำิ์a9 éßñ中文字仮한😀𠀀ລາວ"), max_size=12)
THAI = "\u0e01\u0e33\u0e44\u0e23\u0e2a\u0e38\u0e17\u0e18\u0e34 km 2550"


def test_thai_takes_one_byte_each() -> None:
    assert len(compact(THAI)) == len(THAI)
    # Python keeps letters of one byte in one byte: so much less is looked through.
    assert sys.getsizeof(compact(THAI * 100)) < 0.6 * sys.getsizeof(THAI * 100)


@given(LETTERS, LETTERS)
@example("é", "ษ")
@example("中", "中文")
@example("ß", "฿")
def test_one_stands_in_the_other_just_where_the_letters_do(one: str, other: str) -> None:
    assert compact(other).find(compact(one)) == (
        len(compact(other[: other.find(one)])) if one in other else -1
    )


@given(st.lists(LETTERS, min_size=1))
def test_many_at_once_are_each_as_alone(letters: list[str]) -> None:
    assert all_compact(letters) == [compact(one) for one in letters]


@given(st.characters(), st.characters())
def test_no_two_letters_are_one(one: str, other: str) -> None:
    assert (compact(one) == compact(other)) is (one == other)


def test_a_candidate_has_its_letters_in_this_form(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    said = Document("note", 7, "ร้านกาแฟ café", "东京 ขายขนมครก", audiences=("public", "unit:7"), at=9)
    engine.build(lambda done: [[said]], lambda: 1, told=lambda made: None)
    seen = Narrowing((("audience", ("public",)),))
    (one,), _ = engine.candidates({("words", "กาแฟ"): 1.0}, {}, Strict(), seen, most=9)
    assert (one.key, one.at) == ("note:7", 9)
    assert (one.head, one.letters) == (compact("รานกาแฟcafé"), compact("东京ขายขนมครก"))
