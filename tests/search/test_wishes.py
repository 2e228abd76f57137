"""What an address asks of a search: read kindly, told again shortly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakai.search.asking import MOST_LETTERS, read_asked
from prakai.search.queries.answers import FACETS, SORTS
from prakai.search.question import question_of
from prakai.search.wishes import LAST_PAGE, MOST_CHOSEN, MOST_TOLD, Wish, read_number, read_wish


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        ("kind", ["note", "person", "note"], ["note", "person"]),
        ("kind", ["Note", "nonsense", ""], []),
        ("year", ["2550", "๒๕๕๐", "2007"], ["2550"]),
        ("year", ["0", "25500", "ปีก่อน", "-2550", "1400"], []),
        ("province", ["55", "จ.น่าน", "Nan", "๕๕"], ["55"]),
        ("province", ["99", "เมืองทิพย์"], []),
        ("unit", ["12", "012", "๑๒"], ["12"]),
        ("tag", ["x", "-1", "0", "9" * 40, "1.5", "²"], []),
        ("network", ["7"], ["7"]),
    ],
)
def test_values_of_facets_are_read_as_they_may_stand(name: str, given: list[str], read: list[str]) -> None:
    assert read_wish({name: given}).chosen == ({name: read} if read else {})


PASTED = "เราคุยกันเรื่องน้ำใต้ถุนบ้านและทางเดินของผู้สูงอายุในหมู่บ้าน " * 30
"""A page of prose, longer than a question looks at."""


def test_a_pasted_text_is_told_by_its_beginning_and_asks_the_same() -> None:
    wish = Wish(PASTED)
    [(_, told)] = wish.query()
    assert (len(told) <= MOST_TOLD, PASTED.startswith(told), wish.text) == (True, True, PASTED)
    asked = [
        question_of(read_asked(text), lambda terms: dict.fromkeys(terms, 7), 9000) for text in (PASTED, told)
    ]
    assert (asked[0].letters, asked[0].slots) == (asked[1].letters, asked[1].slots)
    assert Wish(told).query() == [("q", told)]


@pytest.mark.parametrize("more", ["tag:น้ำ", '"ทางเดิน ผู้สูงอายุ"', "-ประปา", "after:2550", "by:มาลี"])
def test_operators_past_the_beginning_of_a_pasted_text_are_told(more: str) -> None:
    assert Wish(f"{PASTED}{more}").query() == [("q", f"{PASTED}{more}")]
    assert Wish(f"{more} {PASTED}").query() != [("q", f"{more} {PASTED}")]


@pytest.mark.parametrize(
    ("given", "page"),
    [("3", 3), ("๓", 3), ("0", 1), ("-2", 1), ("x", 1), ("", 1), ("99999999999", LAST_PAGE), ("9" * 99, 1)],
)
def test_a_page_is_the_nearest_that_there_may_be(given: str, page: int) -> None:
    assert read_wish({"page": [given]}).page == page


def test_an_order_that_is_not_known_is_the_usual_one() -> None:
    assert [read_wish({"sort": [sort]}).sort for sort in ("newest", "NEWEST", "'; DROP")] == [
        "newest",
        "best",
        "best",
    ]


def test_words_are_cut_and_cleaned() -> None:
    assert read_wish({"q": ["  น้ำ\x00\n ใต้ถุน "]}).text == "น้ำ ใต้ถุน"
    assert len(read_wish({"q": ["ก" * 100_000]}).text) == MOST_LETTERS


def test_only_so_many_values_are_read() -> None:
    assert len(read_wish({"unit": [str(n) for n in range(1, 500)]}).chosen["unit"]) == MOST_CHOSEN


def test_a_choice_is_taken_and_let_go_and_keeps_the_others() -> None:
    wish = Wish("น้ำ", {"kind": ["note"]}, "newest", 4)
    taken = wish.with_choice("year", "2550")
    assert taken == Wish("น้ำ", {"kind": ["note"], "year": ["2550"]}, "newest", 1)
    assert taken.with_choice("kind", "note") == Wish("น้ำ", {"year": ["2550"]}, "newest", 1)


def test_an_address_tells_only_what_is_not_usual() -> None:
    assert Wish().query() == []
    assert Wish("น้ำ", {"kind": ["note", "tag"]}, "oldest", 3).query(page="2") == [
        ("q", "น้ำ"),
        ("kind", "note"),
        ("kind", "tag"),
        ("sort", "oldest"),
        ("page", "2"),
    ]
    assert Wish("น้ำ", {}, "oldest").query(sort="") == [("q", "น้ำ")]


NAMES = st.sampled_from([*FACETS, "q", "sort", "page"])


@given(st.dictionaries(NAMES, st.lists(st.text(max_size=60), max_size=4)))
def test_whatever_is_given_is_read_and_reads_the_same_again(given: dict[str, Any]) -> None:
    wish = read_wish(given)
    again: dict[str, list[str]] = {}
    for name, value in wish.query(page=str(wish.page)):
        again.setdefault(name, []).append(value)
    assert (wish.sort in SORTS, wish.page >= 1) == (True, True)
    assert read_wish(again) == wish


def test_numbers_that_are_none() -> None:
    assert [read_number(text) for text in ("", "๑๒", " 7 ", "1e3", "½", "9" * 16)] == [
        None,
        12,
        7,
        None,
        None,
        None,
    ]
