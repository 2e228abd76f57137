"""Passages: what is marked, in whatever script, and where its letters lie in the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prakai.search.asking import read_asked
from prakai.search.passages import Marker, _Loose
from prakai.search.queries.answers import Piece
from prakai.search.question import question_of

LEFT_OUT = "่้๊๋็.\u200b\u200d\ufeff"
TEXTS = st.text(alphabet=f"กนำใาิ{LEFT_OUT} aÉé東京🙂\n", max_size=60)


def marked(words: str, text: str) -> list[str]:
    """What is marked of a short text for a query that the index knows all words of."""
    question = question_of(read_asked(words), lambda terms: dict.fromkeys(terms, 9), 99)
    return [piece.text for piece in Marker(question).whole(text) if piece.is_hit]


def test_other_scripts_are_marked_by_their_own_letters() -> None:
    assert marked("東京", "大阪 และ 東京") == ["東京"]
    assert marked("café", "Café ในเมือง คาฟè") == ["Café"]
    assert marked("東", "🙂 京") == []


def test_marks_signs_without_width_and_digits_do_not_stand_between() -> None:
    text = "ปี ๒๕\u200b๕๐ รพ.สต. บ้า\u200bน🙂"
    assert marked("2550 บ้าน", text) == ["๒๕\u200b๕๐", "บ้า\u200bน"]
    assert marked("รพ.สต.", text) == ["รพ.สต."]


@given(TEXTS, st.lists(st.integers(0, 60), max_size=8))
def test_a_place_is_that_of_its_letter_in_whatever_order_places_are_asked_for(
    text: str, asked: list[int]
) -> None:
    loosened = _Loose(text)
    kept = [at for at, sign in enumerate(text) if sign not in LEFT_OUT]
    assert len(loosened.letters) == len(kept)
    for at in asked:
        if at <= len(kept):
            assert loosened.place(at) == [*kept, len(text)][at]


def test_nothing_is_marked_twice_and_all_of_the_text_is_shown() -> None:
    question = question_of(read_asked("น้ำ น้ำใจ"), lambda terms: dict.fromkeys(terms, 9), 99)
    assert Marker(question).whole("มีน้ำใจ") == (Piece("มี"), Piece("น้ำใจ", is_hit=True))
