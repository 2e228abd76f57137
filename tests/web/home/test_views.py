"""The front page: alive where something was told, inviting where nothing was; and finding by name."""

from __future__ import annotations

import copy
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.exchange.demo.loading import add_demo
from prakai.notes import actions
from prakai.people.models import Person
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.talk import make_comment
from tests.factories.units import make_unit

UNKNOWN = "!!unknown:%s!!"
SECTIONS = ("spark-of-today", "story", "latest", "waiting", "year-ago", "old")


@pytest.fixture(autouse=True)
def unknown_names_show(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = UNKNOWN
    settings.TEMPLATES = templates
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def malee(db: None) -> Person:
    return make_person("มาลี", "ใจงาม", unit=make_unit())


def page_of(path: str, reader: Person | None = None) -> str:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    answer = client.get(path)
    text = answer.content.decode()
    assert (answer.status_code, re.findall(r"!!unknown:[^!]*!!", text)) == (200, [])
    return text


def sections(text: str) -> list[str]:
    return [name for name in SECTIONS if f'aria-labelledby="{name}"' in text]


def test_the_front_page_of_a_new_place_invites(db: None) -> None:
    text = page_of("/")
    assert sections(text) == ["latest"]
    assert 'href="/write"' in text


def test_the_front_page_is_alive_with_the_demo_network(db: None) -> None:
    add_demo(now=datetime.now(UTC))
    for reader in (None, Person.objects.get(email="reader@demo.prakai.example")):
        found = sections(page_of("/", reader))
        assert {"spark-of-today", "story", "latest", "old"} <= set(found)


def test_the_front_page_shows_each_kind_of_invitation(malee: Person) -> None:
    somchai = make_person("สมชาย", "ศรีสุข")
    now = timezone.now()
    make_note(malee, "ใหม่", highlight="ประโยคเดียวที่จำได้", at=now - timedelta(days=1))
    make_note(malee, "ปีก่อน", at=now - timedelta(days=365))
    old = make_note(malee, "เก่าแต่ดี", at=now - timedelta(days=200))
    make_comment(old.conversation, somchai)
    text = page_of("/")
    assert sections(text) == list(SECTIONS)
    assert "ประโยคเดียวที่จำได้" in text


def test_the_front_page_tells_only_what_its_reader_may_read(malee: Person) -> None:
    make_note(malee, "ถึงทุกคน")
    make_note(malee, "วงในเท่านั้นจ้ะ", audience="unit", highlight="ประกายในวง")
    make_note(malee, "ยังร่าง", publish=False)
    make_note(malee, "ถอนแล้ว", withdraw=True)
    titles = ("ถึงทุกคน", "วงในเท่านั้นจ้ะ", "ยังร่าง", "ถอนแล้ว", "ประกายในวง")
    seen = {who: [t for t in titles if t in page_of("/", who)] for who in (None, malee)}
    assert seen == {None: ["ถึงทุกคน"], malee: ["ถึงทุกคน", "วงในเท่านั้นจ้ะ", "ประกายในวง"]}


def test_the_front_page_goes_on_to_the_last_note_and_back(malee: Person) -> None:
    for n in range(30):
        make_note(malee, f"เรื่องที่ {n:02}", at=timezone.now() - timedelta(hours=n))
    seen: set[str] = set()
    path = "/"
    for _ in range(4):
        text = page_of(path)
        seen |= set(re.findall(r"เรื่องที่ \d\d", text))
        older = re.search(r'href="(\?after=[^"]+)"', text)
        if older is None:
            break
        path = "/" + older[1]
    assert len(seen) == 30
    assert sections(page_of("/?after=nonsense"))[-1:] != []


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_front_page_costs_the_same_for_few_notes_and_for_many(malee: Person, signed_in: bool) -> None:
    somchai, client = make_person("สมชาย", "ศรีสุข"), Client()
    if signed_in:
        client.force_login(somchai)

    def add() -> None:
        now = timezone.now()
        for days in (1, 365, 150):
            note = make_note(
                malee, highlight="คำ", tags=["เก้าอี้"], at=now - timedelta(days=days), coauthors=[somchai]
            )
            if days == 150:
                make_comment(note.conversation, make_person())

    def cost() -> int:
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert sections(client.get("/").content.decode()) == list(SECTIONS)
        return len(queries)

    for _ in range(2):
        add()
    few = cost()
    for _ in range(10):
        add()
    assert cost() == few


def test_the_front_page_costs_a_visitor_no_more_than_twenty_statements(malee: Person) -> None:
    make_note(malee)
    with CaptureQueriesContext(connection) as queries:
        Client().get("/")
    assert len(queries) <= 20


# ── finding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_search_finds_notes_tags_people_and_units(malee: Person) -> None:
    note = make_note(malee, "เก้าอี้หกตัว", tags=["ก.พ.ร."])
    assert note.get_absolute_url() in page_of("/search?q=เก้าอี้")
    assert note.get_absolute_url() in page_of(f"/search?q={note.number}")
    assert "/tags/" in page_of("/search?q=กพร.")
    assert malee.get_absolute_url() in page_of("/search?q=มาลี", malee)
    assert "/units/" in page_of("/search?q=ดอยคำ")


@pytest.mark.parametrize(
    "words", ["", "   ", "%00", "ก" * 5000, "%", "_", "'; DROP TABLE", "<script>alert(1)</script>"]
)
def test_search_when_the_words_are_odd(malee: Person, words: str) -> None:
    make_note(malee, "เก้าอี้หกตัว")
    text = page_of(f"/search?q={words}")
    assert ("<script>alert(1)" in text, "เก้าอี้หกตัว" in text) == (False, False)


def test_search_is_for_one_reader_alone(malee: Person) -> None:
    make_note(malee, "ลับในหน่วย", audience="unit")
    assert "ลับในหน่วย" in page_of("/search?q=ลับ", malee)
    assert "ลับในหน่วย" not in page_of("/search?q=ลับ")
    assert "private" in Client().get("/search?q=ลับ")["Cache-Control"]


@pytest.mark.parametrize("path", ["/about", "/accessibility"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_pages_about_this_place_open(db: None, path: str, language: str) -> None:
    assert f'<html lang="{language}"' in page_of(f"{path}?lang={language}")


def test_robots_are_led_to_the_map(db: None) -> None:
    text = Client().get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /desk" in text


def test_a_withdrawn_note_leaves_the_front_page_at_once(malee: Person) -> None:
    note = make_note(malee, "ถอนวันนี้", highlight="คำที่ถอน")
    assert "ถอนวันนี้" in page_of("/")
    actions.withdraw_note(note, by=malee)
    assert [word for word in ("ถอนวันนี้", "คำที่ถอน") if word in page_of("/")] == []
