"""The views of a text that the index takes are what the analysis says, for texts of every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakai.search.analysis import form_of, grams_of, letters_of, loose, words_of
from prakai.search.sections import sections
from prakai.search.views import views_of

SIGNS = "“”–…•€°→✓\u00a0\u200b\u200e\u3000．，\t\n .,-/_?฿๏๚"
LETTERS = "กขคงจชดตนมยรลวสอฤฦ่้๊๋์ํ๎ฺะาำิึืุูเแโใไๅ็ๆฯ๐๕09abcxyzABCéßÉ½²Ａ１大字дДﬁ\u0301"
TEXTS = st.text(st.sampled_from(SIGNS + LETTERS), max_size=60) | st.lists(
    st.sampled_from(
        [
            "ก.พ.ร.",
            "K.M.",
            "มาตรา",
            "ม.",
            " 39/1",
            "ทวิ",
            "พ.ศ.",
            "๒๕๕๐",
            "น้ำ",
            "café",
            "covid-19",
            " ",
            "“",
            "ค",
        ]
    )
).map("".join)


def counted(tokens: str) -> list[str]:
    return sorted(tokens.split())


def holds(text: str) -> None:
    form = form_of(text)
    letters = loose(letters_of(form))
    views = views_of(text)
    assert views.letters == letters
    assert counted(views.words) == sorted(words_of(form))
    assert counted(views.grams) == sorted(grams_of(letters))
    assert views.laws.split() == [section.token for section in sections(form) if section.is_sure]


@given(TEXTS)
def test_views_are_what_the_analysis_says(text: str) -> None:
    holds(text)


@pytest.mark.parametrize(
    "block", [*range(0, 0x2600, 0x200), *range(0x3000, 0x3400, 0x200), *range(0xF800, 0x10000, 0x200)]
)
def test_every_sign_and_letter_counts_as_in_the_analysis(block: int) -> None:
    for code in range(block, block + 0x200):
        sign = chr(code)
        holds(f"ก.{sign}ค.ร. a.{sign}b.c. {sign}k.m.ปี{sign}2{sign} มาตรา {sign}5 ก{sign}า{sign}")


@pytest.mark.parametrize(
    ("text", "words", "grams", "letters"),
    [
        ("ก.พ.ร. ปี ๒๕๕๐", "กพร ปี 2550", "กพ พร รปี 255 550", "กพรปี2550"),
        ("“น้ำ” → COVID", "น้ำ covid", "cov ovi vid", "นำcovid"),
        ("ร้าน café", "ร้าน café", "ราน caf afé", "รานcafé"),
        ("", "", "", ""),
    ],
)
def test_views(text: str, words: str, grams: str, letters: str) -> None:
    views = views_of(text)
    assert (counted(views.words), counted(views.grams)) == (counted(words), counted(grams))
    assert (views.laws, views.letters) == ("", letters)


def test_runs_that_are_cut_and_that_begin_with_marks() -> None:
    holds("ก" * 5_000 + " " + "่" * 3_000 + " \u0e31กข " + "เ" * 2_001 + " สวัสดี")
