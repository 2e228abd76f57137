"""What must hold for every query, also for hostile ones; work is counted, no clock is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakai.search import asking
from prakai.search.asking import MOST_LETTERS, MOST_PARTS, read_asked

SYNTAX = [
    '"', "“", "”", "„", "«", "»", "-", "−", "–", "#", ":", " ", "  ", ",", "(", ")", "tag:", "แท็ก: ", "unit:", "by:",
    "โดย:", "after:", "before:", "หลัง:", "2550", "๒๕๕๐", "15 ก.พ. ", "ก.พ. ", "/2/", "กพร.", "ก", "คำ", "km", "\u200b",
    "\u0e48", "\u0e4d", "\u0e33", "\x00", "\ud800", "\ufeff", "\u0958", "ﷺ", "İ", "\n",
]  # fmt: skip
QUERIES = st.one_of(st.text(), st.lists(st.sampled_from(SYNTAX), max_size=40).map("".join))
WORDS = st.lists(
    st.sampled_from(["เวที", "ชุมชน", "KM", "กพร.", "ATK-19", "2550", "โรงพยาบาล", "é"]), min_size=1, max_size=6
).map(" ".join)

HOSTILE = {
    "one long word": "ก",
    "quotes": '"',
    "quotes with words": '"ก" ',
    "opening quotes": "“ก ",
    "closing quotes": "”",
    "crossed quotes": "“„«",
    "minuses": "-",
    "minuses before words": " -ก",
    "minuses and quotes": ' -"',
    "operators": "tag:",
    "operators with values": "tag:ก ",
    "operators with quotes": 'tag:"',
    "operators and spaces": "tag: ",
    "days": "after:15 ก.พ. ",
    "years": "after:2550 ",
    "digits": "after:1",
    "hashes": "#",
    "hashtags": "#ก",
    "dotted hashtags": "#ก.",
    "zero width": "\u200b",
    "zero width between": "ก\u200b",
    "tone marks": "\u0e48",
    "marks and am": "\u0e4d\u0e48\u0e33",
    "letters that grow": "\u0958",
    "surrogates": "\ud800",
    "zeros": "\x00",
    "spaces": " ",
    "no-break spaces": "\u00a0ก",
    "pictures": "👩\u200d",
    "brackets": "([{",
}


@given(QUERIES)
def test_reading_never_fails_and_reads_its_own_text_the_same(text: str) -> None:
    read = read_asked(text)
    assert read_asked(read.text) == read
    assert len(read.text) <= MOST_LETTERS


@given(QUERIES)
def test_no_part_is_empty_or_kept_twice(text: str) -> None:
    read = read_asked(text)
    for kept in (read.phrases, read.without, read.tags, read.units, read.by):
        assert len(kept) == len(set(kept)) <= MOST_PARTS
        assert all(any(letter.isalnum() for letter in part) for part in kept)


@given(QUERIES)
def test_what_has_letters_asks_for_something(text: str) -> None:
    read = read_asked(text)
    if any(letter.isalnum() for letter in read.text):
        assert read.words or read.tags or read.units or read.by or read.after or read.before


@given(WORDS, WORDS, WORDS, WORDS)
def test_what_is_written_together_is_read_apart(words: str, phrase: str, unit: str, away: str) -> None:
    read = read_asked(f'{words} "{phrase}" unit:“{unit}” -"{away}" tag:km after:2550')
    assert (read.words, read.phrases, read.units) == (f"{words} {phrase}", (phrase,), (unit,))
    assert (read.without, read.tags, str(read.after)) == ((away,), ("km",), "2007-01-01")


@given(WORDS)
def test_simple_queries_come_back_as_they_were(words: str) -> None:
    assert read_asked(words) == asking.Asked(text=words, words=words)


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_queries_cost_steps_by_what_is_read_of_them(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []
    looked: list[int] = []
    starts, quoted = asking._Reading._starts_word, asking._Reading._quoted
    monkeypatch.setattr(
        asking._Reading, "_starts_word", lambda self: steps.append(self.place) or starts(self)
    )
    monkeypatch.setattr(asking._Reading, "_quoted", lambda self: looked.append(self.place) or quoted(self))
    read = read_asked(piece * (100_000 // len(piece)))
    assert steps == sorted(set(steps)), "the walk never goes back"
    assert len(steps) <= len(read.text) <= MOST_LETTERS
    assert len(looked) <= 6 * len(read.text)


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_queries_are_cleaned_in_a_few_passes(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    clean = asking.clean
    monkeypatch.setattr(asking, "clean", lambda text: sizes.append(len(text)) or clean(text))
    asking.cleaned(piece * (100_000 // len(piece)))
    assert len(sizes) <= 4
    assert max(sizes) <= MOST_LETTERS
