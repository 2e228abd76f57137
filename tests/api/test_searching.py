"""The search for programs: the same as the page finds, in the order of its rank; whatever is asked is answered."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prakai.api.searching import public_id
from prakai.people.models import Person
from prakai.search.queries.finding import find
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.units import make_unit
from tests.web.search.test_views import HOSTILE, ODD

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"


@pytest.fixture
def malee(db: None) -> Person:
    return make_person("มาลี", "ใจงาม", unit=make_unit())


def asked(query: str, reader: Person | None = None) -> dict[str, Any]:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    answer = client.get(f"/api/v1/search?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    told: dict[str, Any] = json.loads(answer.content)
    return told


def test_a_program_finds_what_the_page_finds_in_its_order(malee: Person) -> None:
    for n in range(3):
        make_note(malee, f"เก้าอี้ตัวที่ {n}", tags=[f"เก้าอี้ {n}"])
    told = asked("q=เก้าอี้")
    found = find("เก้าอี้", None)
    assert [(hit["kind"], hit["id"]) for hit in told["hits"]] == [
        (hit.kind, public_id(hit)) for hit in found.hits
    ]
    assert (told["total"], told["page"], told["pages"], told["query"]["text"]) == (
        found.total,
        1,
        1,
        "เก้าอี้",
    )
    assert set(told) == {
        "query", "total", "page", "pages", "previous", "next", "only_near", "read_as", "rebuilding", "hits", "facets",
    }  # fmt: skip


def test_a_hit_is_told_whole(malee: Person) -> None:
    note = make_note(malee, "<b>เก้าอี้</b>หกตัว", highlight="ย้ายเก้าอี้ & เลิกถาม")
    [hit] = asked("q=เก้าอี้&kind=note")["hits"]
    plain = re.sub("</?mark>", "", hit["highlights"]["title"])
    assert (hit["id"], hit["title"], plain) == (
        note.number,
        "<b>เก้าอี้</b>หกตัว",
        "&lt;b&gt;เก้าอี้&lt;/b&gt;หกตัว",
    )
    assert hit["url"] == f"http://testserver{quote(note.get_absolute_url())}"
    assert (isinstance(hit["score"], float), hit["at"][-6:]) == (True, "+07:00")


def test_a_person_is_named_by_the_sign_in_her_address(malee: Person) -> None:
    [hit] = asked("q=มาลี&kind=person", malee)["hits"]
    assert (hit["kind"], hit["id"]) == ("person", malee.public_id)


def test_the_session_decides_who_reads(malee: Person) -> None:
    make_note(malee, "ลับในหน่วย", audience="unit")
    seen = {who: [hit["title"] for hit in asked("q=ลับ", who)["hits"]] for who in (None, malee)}
    assert seen == {None: [], malee: ["ลับในหน่วย"]}
    answer = Client().get("/api/v1/search?q=ลับ")
    assert "private" in answer["Cache-Control"]
    assert not answer.has_header("Access-Control-Allow-Origin")


def test_pages_lead_to_one_another_and_hold_all(malee: Person) -> None:
    for n in range(5):
        make_note(malee, f"เก้าอี้ตัวที่ {n}")
    path, seen = "q=เก้าอี้&kind=note&size=2", []
    for _ in range(9):
        told = asked(path)
        seen += [hit["id"] for hit in told["hits"]]
        if told["next"] is None:
            break
        path = told["next"].removeprefix("http://testserver/api/v1/search?")
    assert (len(seen), len(set(seen)), told["page"], told["pages"]) == (5, 5, 3, 3)
    assert told["previous"].endswith("page=2&size=2")


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_bad_syntax_never_errors(malee: Person, words: str) -> None:
    told = asked(f"q={words if words == '%00' else quote(words, errors='surrogatepass')}&{ODD}&size=-7")
    assert (told["page"], told["query"]["size"], told["query"]["chosen"]) == (1, 20, {})


def test_odd_sizes_are_the_nearest_that_may_be(db: None) -> None:
    sizes = [asked(f"q=x&size={size}")["query"]["size"] for size in ("1", "๕๐", "100000", "x", "")]
    assert sizes == [1, 50, 100, 20, 20]


def test_asking_costs_the_same_for_one_hit_and_for_many(malee: Person) -> None:
    def cost() -> int:
        make_note(malee, "เก้าอี้", tags=["เก้าอี้"])
        client = Client()
        client.get("/api/v1/search?q=เก้าอี้")
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/search?q=เก้าอี้")
        return len(queries)

    few = cost()
    assert [cost(), cost()] == [few] * 2


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("post", "/api/v1/search", 405),
        ("delete", "/api/v1/search", 405),
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/", 404),
        ("get", "/api/v2/search", 404),
    ],
)
def test_no_is_said_as_a_problem(db: None, method: str, path: str, status: int) -> None:
    answer = getattr(Client(), method)(path)
    told = json.loads(answer.content)
    assert (answer.status_code, told["status"], answer["Content-Type"]) == (
        status,
        status,
        "application/problem+json",
    )
    assert set(told) == {"type", "status", "title", "detail"}
    assert answer.headers.get("Allow", "") == ("GET, HEAD" if status == 405 else "")


def test_the_example_of_the_docs_is_what_is_answered(malee: Person) -> None:
    """The same names in the same order; when it was found and with which score is the example's own."""
    text = DOCS.read_text(encoding="utf-8")
    [path] = re.findall(r"```\nGET /api/v1/search\?(\S+)\n```", text)
    [example] = re.findall(r"```json\n(.*?)```", text, re.S)
    shown = json.loads(example)
    [hit] = shown["hits"]
    note = make_note(malee, hit["title"], at=datetime.fromisoformat(hit["at"]))
    told = asked(path)
    assert (list(told), told["query"]) == (list(shown), shown["query"])
    assert list(told["hits"][0]) == list(hit)
    assert [told["hits"][0][name] for name in ("id", "title", "at")] == [note.number, hit["title"], hit["at"]]
    assert {name: type(value) for name, value in told.items()} == {
        name: type(value) for name, value in shown.items()
    }
