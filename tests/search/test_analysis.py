"""What a text is to the index: the same for all the ways in which people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakai.search.analysis import form_of, grams_of, letters_of, loose, tokens_of, words_of
from prakai.search.asking import read_asked
from prakai.search.documents import Document, prepared
from prakai.search.passages import Marker
from prakai.search.queries.answers import Piece
from prakai.search.question import Question, Slot, question_of

TEXTS = st.text(st.sampled_from("กขคงจชดตนมยรลวสอ่้๊๋ะาิีึืุูเแโใไำ็์ๆฯ๐๕0129 .-/abCD\u200b\n"), max_size=60)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ก.พ.ร.", "กพร "),
        ("สำนักงานก.พ.ร.", "สำนักงาน กพร "),
        ("ถึงเม.ย.นี้", "ถึงเม.ย.นี้"),
        ("พ.ศ.๒๕๕๐", "พศ 2550"),
        ("K.M. และ OPDC", "km  และ opdc"),
        ("น\u0e4d\u0e32\u200bใจ", "น\u0e33ใจ"),
        ("ＡＢＣ　１", "abc 1"),
    ],
)
def test_forms(text: str, form: str) -> None:
    assert form_of(text) == form


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ผู้ป่วยนอก 12 คน", ["ผู้ป่วย", "นอก", "12", "คน"]),
        ("กพร อบต คนจน ขนม", ["กพร", "อบต", "คน", "จน", "ขนม"]),
        ("stories of nurses", ["stori", "of", "nurs"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(form_of(text)) == words


def test_grams_outlive_spaces_and_tone_marks() -> None:
    def grams(text: str) -> list[str]:
        return grams_of(loose(letters_of(form_of(text))))

    assert grams("ห้องยา") == ["หอ", "อง", "งยา"] == grams("หอง ย่า") == grams("ห\u200bอ้งยา")
    assert grams("covid 19") == ["cov", "ovi", "vid", "id1", "d19"]


@given(TEXTS)
def test_the_quick_way_gives_the_same_words(text: str) -> None:
    form = form_of(text)
    assert sorted(tokens_of(form)) == sorted(words_of(form))


@given(TEXTS, TEXTS)
def test_preparing_never_fails_and_keeps_no_spaces_in_tokens(title: str, body: str) -> None:
    ready = prepared(Document("note", 1, title, body))
    assert all("\n" not in token for token in ready.words.split(" "))
    assert " " not in ready.head


def test_a_section_of_a_law_is_one_word() -> None:
    ready = prepared(Document("note", 1, "มาตรา ๓๙/๑", "ดูมาตรา 39 ทวิ"))
    assert [token for token in ready.words.split() if token.startswith("มาตรา") and token != "มาตรา"] == [
        "มาตรา39/1",
        "มาตรา39ทวิ",
    ]


SECOND = "คำถามที่สองดีมาก ไม่เคยถามเลยในเจ็ดครั้ง "


@pytest.mark.parametrize("before", range(len(SECOND) + 1))
def test_a_passage_begins_where_a_word_does(before: int) -> None:
    text = f"{SECOND[len(SECOND) - before :]}ขอบคุณค่ะ"
    [start, *_] = [piece.text for piece in Marker(asked("ขอบคุณ")).passage(text) if piece.text != "…"]
    assert start[0] not in "ะาำิีึืุู็่้๊๋์" or start == text[: len(start)]


def test_what_was_mistyped_is_marked_with_the_parts_around_it() -> None:
    told = Marker(asked("โรงพยบาลดอยคำ")).whole("โรงพยาบาลดอยคำ รพ.ดอยคำ")
    assert told == (
        Piece("โรงพยาบาลดอยคำ", is_hit=True),
        Piece(" รพ."),
        Piece("ดอยคำ", is_hit=True),
    )


def asked(words: str) -> Question:
    """The question of these words to an index that knows all of them."""
    return question_of(read_asked(words), lambda terms: dict.fromkeys(terms, 9), 99)


@given(TEXTS, TEXTS)
def test_a_passage_is_a_piece_of_its_text(text: str, word: str) -> None:
    letters = loose(letters_of(form_of(word)))
    told = Marker(Question(letters=letters, slots=(Slot(letters, (), 1.0),) if letters else ())).passage(text)
    shown = "".join(piece.text for piece in told if piece != Piece("…"))
    assert "".join(shown.split()) in "".join(text.split())
