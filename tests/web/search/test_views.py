"""The page of search: what it finds and for whom, whatever is asked; suggestions; what browsers are told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prakai.people.models import Person
from tests.factories.notes import make_note
from tests.factories.people import make_person

Page = Callable[..., str]
HOSTILE = [
    "", "   ", "%00", "ก" * 5000, "%", "_", "'; DROP TABLE", "<script>alert(1)</script>", '"' * 10_000, "-" * 3000,
    "tag:", 'tag:"', "after:", "after:99999999999", "before:๒๕", "unit:-", "\u200b" * 2000, "\u0e48\u0e49\u0e4a" * 500,
    "(((((", "a AND OR NOT", "*", "?", "น้ำ~9", "[1 TO 2]", "\ud83d\ude00" * 200, "\u202e\u2066", "\\", "&kind=<b>",
]  # fmt: skip
ODD = "page=-1&page=x&sort=<b>&kind=<script>&unit=%27&province=%00&tag=1e9&year=๙๙๙๙&network=" + "9" * 500


def test_search_finds_notes_tags_people_and_units(malee: Person, page_of: Page) -> None:
    note = make_note(malee, "เก้าอี้หกตัว", tags=["ก.พ.ร."])
    assert note.get_absolute_url() in page_of("/search?q=เก้าอี้")
    assert note.get_absolute_url() in page_of(f"/search?q={note.number}")
    assert "/tags/" in page_of("/search?q=กพร.")
    assert malee.get_absolute_url() in page_of("/search?q=มาลี", malee)
    assert "/units/" in page_of("/search?q=ดอยคำ")


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_search_when_the_words_are_odd(malee: Person, page_of: Page, words: str) -> None:
    make_note(malee, "เก้าอี้หกตัว")
    text = page_of(f"/search?q={words if words == '%00' else quote(words, errors='surrogatepass')}")
    assert ("<script>alert(1)" in text, "เก้าอี้หกตัว" in text) == (False, False)


def test_search_when_the_words_are_a_hundred_kilobytes(malee: Person, page_of: Page) -> None:
    text = page_of("/search?q=" + quote("น้ำใต้ถุน " * 3500))
    typed = " ".join(["น้ำใต้ถุน"] * 200)
    assert f'value="{typed}"' in text
    # The words stand in the field once, and by their beginning wherever an address tells them.
    assert len(text) < 60_000


def test_search_when_all_else_is_odd(malee: Person, page_of: Page) -> None:
    note = make_note(malee, "เก้าอี้หกตัว")
    text = page_of(f"/search?q=เก้าอี้&{ODD}")
    assert (note.get_absolute_url() in text, "<script>" in text) == (True, False)


def test_search_is_for_one_reader_alone(malee: Person, page_of: Page) -> None:
    make_note(malee, "ลับในหน่วย", audience="unit")
    assert "ลับในหน่วย" in page_of("/search?q=ลับ", malee)
    assert "ลับในหน่วย" not in page_of("/search?q=ลับ")
    assert "private" in Client().get("/search?q=ลับ")["Cache-Control"]


def test_a_hostile_title_stays_words(malee: Person, page_of: Page) -> None:
    make_note(malee, '<img src=x onerror=alert(1)> เก้าอี้ "หก" ตัว</a>')
    text = page_of("/search?q=เก้าอี้")
    assert ("<img src=x" in text, "&lt;img src=x" in text) == (False, True)


def test_only_the_chosen_kind_is_shown_and_the_choice_can_be_taken_away(malee: Person, page_of: Page) -> None:
    note = make_note(malee, "เก้าอี้หกตัว", tags=["เก้าอี้"])
    both, one = page_of("/search?q=เก้าอี้"), page_of("/search?q=เก้าอี้&kind=tag&sort=oldest")
    assert [note.get_absolute_url() in text for text in (both, one)] == [True, False]
    assert 'class="chosen"' not in both
    chosen = one.split('class="chosen"')[1].split("</ul>")[0]
    assert f'href="/search?q={quote("เก้าอี้")}&amp;sort=oldest"' in chosen
    assert '<input type="hidden" name="kind" value="tag">' in one


def test_the_page_counts_in_words_and_goes_on(malee: Person, page_of: Page) -> None:
    for n in range(20):
        make_note(malee, f"เก้าอี้ตัวที่ {n}", tags=[f"เก้าอี้ {n}"])
    first, second = page_of("/search?q=เก้าอี้"), page_of("/search?q=เก้าอี้&page=2")
    assert re.search(r"พบ \d+ รายการ", first) is not None
    assert (first.count("data-step"), 'rel="next"' in first, 'rel="prev"' in first) == (20, True, False)
    assert ('rel="next"' in second, 'rel="prev"' in second) == (False, True)
    assert "หน้า 2 จาก 2" in second
    found = [set(re.findall(r'href="(/(?:notes|tags)/[^"]+)"', text)) for text in (first, second)]
    assert found[0] & found[1] == set()
    assert page_of("/search?q=เก้าอี้&page=99").count("data-step") == second.count("data-step")


def test_nothing_found_says_what_next(malee: Person, page_of: Page) -> None:
    text = page_of("/search?q=ฟฟฟฟ&kind=note")
    assert 'class="empty"' in text
    assert f'href="/search?q={quote("ฟฟฟฟ")}"' in text
    assert 'href="/tags"' in text


def test_the_page_is_no_matter_of_other_search_engines(db: None, page_of: Page) -> None:
    assert '<meta name="robots" content="noindex">' in page_of("/search")


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("path", ["/search?q=เก้าอี้", "/search/suggest?q=เก้าอี้"])
def test_searching_costs_the_same_for_one_thing_and_for_many(
    malee: Person, path: str, signed_in: bool
) -> None:
    client, somchai = Client(), make_person("สมชาย", "เก้าอี้", is_listed=True)
    if signed_in:
        client.force_login(somchai)

    def cost() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    make_note(malee, "เก้าอี้ตัวแรก", tags=["เก้าอี้"], coauthors=[somchai])
    few = cost()
    for n in range(3):
        teller = make_person("เก้าอี้", f"คนที่ {n}", is_listed=True)
        make_note(teller, f"เก้าอี้ตัวที่ {n}", tags=[f"เก้าอี้ {n}", "ไม้"], coauthors=[somchai])
    assert cost() == few


# ── suggestions ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_suggestions_are_rows_of_a_list(malee: Person, page_of: Page) -> None:
    note = make_note(malee, "เก้าอี้ <b>หก</b> ตัว")
    text = page_of("/search/suggest?q=เก้าอี้")
    assert f'data-address="{note.get_absolute_url()}"' in text
    assert re.findall(r"role=\"(\w+)\"", text) == ["listbox", "option"]
    assert ("<b>" in text, "<html" in text) == (False, False)


def test_suggestions_leak_nothing(malee: Person, page_of: Page) -> None:
    make_note(malee, "ลับในหน่วย", audience="unit")
    assert "ลับในหน่วย" in page_of("/search/suggest?q=ลับ", malee)
    assert page_of("/search/suggest?q=ลับ").strip() == ""
    assert "no-store" in Client().get("/search/suggest?q=ลับ")["Cache-Control"]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_suggestions_when_the_words_are_odd(malee: Person, words: str) -> None:
    asked = words if words == "%00" else quote(words, errors="surrogatepass")
    for place in ("/search/suggest", "/search/suggest.json"):
        assert Client().get(f"{place}?q={asked}").status_code == 200


def test_browsers_are_suggested_the_same(malee: Person) -> None:
    note = make_note(malee, "เก้าอี้หกตัว")
    answer = Client().get("/search/suggest.json", {"q": "เก้าอี้"})
    assert answer["Content-Type"] == "application/x-suggestions+json"
    assert json.loads(answer.content) == [
        "เก้าอี้",
        ["เก้าอี้หกตัว"],
        ["บันทึก"],
        [f"http://testserver{quote(note.get_absolute_url())}"],
    ]


# ── what browsers are told ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_browser_can_search_from_its_own_field(db: None, settings: Any, page_of: Page) -> None:
    settings.SITE_NAME = "เครือข่าย <การจัดการความรู้> ภาครัฐไทย"
    answer = Client().get("/opensearch.xml")
    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    told = ElementTree.fromstring(answer.content)
    spec = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert told.tag == f"{spec}OpenSearchDescription"
    assert len(told.findtext(f"{spec}ShortName", "")) <= 16
    assert {url.attrib["rel"]: url.attrib["template"] for url in told.findall(f"{spec}Url")} == {
        "results": "http://testserver/search?q={searchTerms}",
        "suggestions": "http://testserver/search/suggest.json?q={searchTerms}",
        "self": "http://testserver/opensearch.xml",
    }
    link = '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"'
    assert link in page_of("/about")
