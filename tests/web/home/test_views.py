"""The front page: alive where something was told, inviting where nothing was."""

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


# ── forums, and what machines ask for ───────────────────────────────────────────────────────────────────────────────


def test_the_forums_page_of_a_new_place_says_how_to_hold_a_circle(db: None) -> None:
    text = page_of("/forums")
    assert [name in text for name in ('id="hold"', 'id="talk-now"', 'id="waiting"')] == [True, False, False]
    assert 'href="/write/how"' in text


def test_the_forums_page_tells_each_conversation_once_and_only_to_those_who_may_read(malee: Person) -> None:
    somchai = make_person("สมชาย", "ศรีสุข")
    public, inside = make_note(malee, "น้ำใต้ถุน"), make_note(malee, "เรื่องในหน่วย", audience="unit")
    make_comment(public.conversation, somchai, "ขุดลึกเท่าไร & กี่วัน")
    make_comment(public.conversation, somchai, "แล้วใครเป็นคนขุด")
    make_comment(inside.conversation, malee, "คำในวง")
    seen = page_of("/forums")
    assert seen.count(">น้ำใต้ถุน</a>") == 1
    assert [word in seen for word in ("แล้วใครเป็นคนขุด", "ขุดลึกเท่าไร", "เรื่องในหน่วย", "คำในวง")] == [
        True,
        False,
        False,
        False,
    ]
    assert "คำในวง" in page_of("/forums", malee)


def test_the_forums_page_costs_the_same_for_one_conversation_and_for_many(malee: Person) -> None:
    def cost() -> int:
        make_comment(make_note(malee).conversation, make_person())
        client = Client()
        client.get("/forums")
        with CaptureQueriesContext(connection) as queries:
            client.get("/forums")
        return len(queries)

    few = cost()
    assert [cost(), cost(), cost()] == [few] * 3


def test_no_note_stands_twice_in_the_lists_of_the_front_page(malee: Person) -> None:
    for n in range(4):
        make_note(malee, f"เรื่องที่ {n}", at=timezone.now() - timedelta(days=n))
    latest = page_of("/").split('id="latest"')[1].split("</section>")[0]
    assert re.findall(r"เรื่องที่ \d", latest) == []


@pytest.mark.parametrize("contact", ["", "mailto:safe@example.go.th"])
def test_finders_of_a_weakness_learn_where_to_tell_it(db: None, settings: Any, contact: str) -> None:
    settings.SECURITY_CONTACT = contact
    answer = Client().get("/.well-known/security.txt")
    told = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert told["Contact"] == (contact or "http://testserver/people")
    assert timedelta(days=30) < datetime.fromisoformat(told["Expires"]) - timezone.now() < timedelta(days=366)


def test_the_old_address_of_the_icon_leads_to_it(db: None) -> None:
    answer = Client().get("/favicon.ico")
    assert (answer.status_code, "touch-180" in answer["Location"]) == (302, True)


def test_what_is_shared_has_an_address_a_title_and_a_picture(malee: Person, settings: Any) -> None:
    settings.SITE_URL = "https://prakai.example"
    unit = malee.appointments.get().unit
    for path in ("/", "/forums", "/about", unit.get_absolute_url()):
        text = page_of(path)
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', text)
        assert len(canonical) == 1
        assert canonical[0].startswith("https://prakai.example/")
        assert text.count('property="og:title"') == 1
        assert 'content="https://prakai.example/cards/site.png"' in text
    assert '"@type":"WebSite"' in page_of("/")
