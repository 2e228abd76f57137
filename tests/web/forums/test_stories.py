"""Pages of stories, nuggets and cores: written down once, read by whom they are for, marked, grouped, grown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.forums.actions import correct_story, give_role, name_core, withdraw_story, word_nugget
from prakai.forums.models import Core, Growth, Nugget, Story
from prakai.notes.models import Note
from prakai.people.models import Person
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.stories import DID, make_nugget, make_story

SignIn = Callable[[Person | None], Client]
WORDS = {
    "teller": "ป้าคำ",
    "title": "ถุงยาตามลำดับบ้าน",
    "what_we_did": DID,
    "client_key": "k1",
    "allows_quotes": "on",
}


def shown(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    assert "!!unknown" not in response.text
    return str(response.text)


@pytest.fixture
def day(cast: SimpleNamespace) -> SimpleNamespace:
    """A forum that began an hour ago; malee prepares it, the scribe writes down, somchai has a seat and tells."""
    forum = make_forum(cast.malee, cast.hospital, starts_at=timezone.now() - timedelta(hours=1))
    cast.scribe, cast.guest = make_person("ลิขิต"), make_person("แขก")
    give_role(forum, cast.scribe, "recorder", by=cast.malee)
    cast.seat = make_participant(forum, cast.somchai, "สมชาย ศรีสุข", unit=cast.hospital)
    cast.forum, cast.base = forum, f"/forums/{forum.pk}"
    return cast


def test_the_recorder_writes_a_story_down_once(day: SimpleNamespace, signed_in: SignIn) -> None:
    scribe = signed_in(day.scribe)
    assert f"{day.base}/stories/new" in shown(scribe.get(f"{day.base}/stories"))
    form = shown(scribe.get(f"{day.base}/stories/new?teller={day.seat.pk}"))
    assert 'value="สมชาย ศรีสุข · โรงพยาบาลดอยคำ"' in form
    typed = {**WORDS, "teller": "สมชาย ศรีสุข · โรงพยาบาลดอยคำ"}
    first = scribe.post(f"{day.base}/stories/new", typed)
    again = scribe.post(f"{day.base}/stories/new", typed)
    story = Story.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == story.get_absolute_url()
    assert (story.participant, story.person, story.unit) == (day.seat, day.somchai, day.hospital)
    page = shown(signed_in(None).get(story.get_absolute_url()))
    assert DID in page
    assert "แก้เรื่อง" not in page


def test_a_queued_story_is_answered_in_json(day: SimpleNamespace, signed_in: SignIn) -> None:
    scribe = signed_in(day.scribe)
    address, accept = f"{day.base}/stories/new", {"Accept": "application/json"}
    wrong = scribe.post(address, {**WORDS, "title": ""}, headers=accept)
    assert (wrong.status_code, wrong.json()["problems"]) == (400, ["ชื่อเรื่อง: กรุณากรอกช่องนี้"])
    for _ in range(2):
        told = scribe.post(address, WORDS, headers=accept)
        assert told.json() == {"address": Story.objects.get().get_absolute_url(), "title": WORDS["title"]}
    assert signed_in(day.somchai).post(address, WORDS, headers=accept).status_code == 403


def test_what_was_typed_survives_every_failure(day: SimpleNamespace, signed_in: SignIn) -> None:
    address = f"{day.base}/stories/new"
    page = shown(signed_in(day.scribe).post(address, {**WORDS, "title": "  "}))
    assert DID in page
    assert DID in shown(signed_in(day.scribe).post(address, {**WORDS, "advice": "ก" * 7000}))
    assert DID in shown(signed_in(day.somchai).post(address, WORDS), 403)
    assert DID in shown(signed_in(None).post(address, WORDS), 403)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(day.scribe)
    assert DID in shown(strict.post(address, WORDS), 403)
    assert Story.objects.count() == 0


def test_each_reader_gets_the_page_that_is_hers(day: SimpleNamespace, signed_in: SignIn) -> None:
    quiet = make_story(day.forum, day.scribe, title="เรื่องในวง", allows_quotes=False)
    gone = make_story(day.forum, day.scribe, day.somchai, title="เรื่องที่ถอน")
    withdraw_story(gone, by=day.somchai, because="ยังไม่พร้อม")
    expected = {None: (404, 404), day.guest: (404, 404), day.malee: (200, 404), day.somchai: (200, 200)}
    for person, (inside, withdrawn) in expected.items():
        client = signed_in(person)
        assert client.get(quiet.get_absolute_url()).status_code == inside
        assert client.get(gone.get_absolute_url()).status_code == withdrawn
        assert ("เรื่องในวง" in shown(client.get(f"{day.base}/stories"))) is (inside == 200)
        assert "เรื่องที่ถอน" not in client.get(f"{day.base}/stories").text
    mine = shown(signed_in(day.somchai).get(gone.get_absolute_url()))
    assert "ยังไม่พร้อม" in mine
    signed_in(day.somchai).post(f"{gone.get_absolute_url()}/return")
    assert shown(signed_in(None).get(gone.get_absolute_url()))


def test_the_teller_corrects_and_sees_what_came_between(day: SimpleNamespace, signed_in: SignIn) -> None:
    story = make_story(day.forum, day.scribe, day.somchai)
    teller, address = signed_in(day.somchai), f"{story.get_absolute_url()}/correct"
    assert 'name="teller"' not in shown(teller.get(address))
    assert signed_in(day.malee).get(address).status_code == 403
    correct_story(story, by=day.scribe, base_version=1, advice="โทรก่อนเสมอ")
    typed = {"title": "ชื่อของฉัน", "what_we_did": DID, "base_version": "1", "client_key": "x"}
    page = shown(teller.post(address, typed))
    assert "โทรก่อนเสมอ" in page
    assert 'name="base_version" value="2"' in page
    assert teller.post(address, {**typed, "base_version": "2"}).status_code == 302
    story.refresh_from_db()
    assert (story.title, story.teller_name, story.person) == (
        "ชื่อของฉัน",
        day.somchai.display_name,
        day.somchai,
    )
    assert signed_in(day.scribe).get(address).status_code == 403


def test_the_recorder_corrects_without_changing_whose_it_is(day: SimpleNamespace, signed_in: SignIn) -> None:
    signed_in(day.scribe).post(f"{day.base}/stories/new", {**WORDS, "teller": "สมชาย ศรีสุข"})
    story = Story.objects.get()
    page = shown(signed_in(day.scribe).get(f"{story.get_absolute_url()}/correct"))
    typed = {
        "teller": re.search(r'name="teller" value="([^"]*)"', page)[1],  # type: ignore[index]
        "unit_words": "โรงพยาบาลดอยคำ", "title": "ใหม่", "what_we_did": DID, "base_version": "1",
    }  # fmt: skip
    assert signed_in(day.scribe).post(f"{story.get_absolute_url()}/correct", typed).status_code == 302
    story.refresh_from_db()
    assert (story.title, story.person, story.unit) == ("ใหม่", day.somchai, day.hospital)


def test_sentences_are_marked_worded_and_dropped(day: SimpleNamespace, signed_in: SignIn) -> None:
    text = "เราโทรหาคนไข้ทุกคนก่อนวันนัด\nเราจัดยาไว้เป็นถุงตามลำดับบ้าน\nแล้วฝากรถรับส่ง"
    story = make_story(day.forum, day.scribe, what_we_did=text)
    scribe, address = signed_in(day.scribe), f"{story.get_absolute_url()}/nuggets"
    places = re.findall(
        r'name="place" value="([a-z_]+:[0-9:]+)"', shown(scribe.get(story.get_absolute_url()))
    )
    assert len(places) == 3
    assert 'name="place"' not in shown(signed_in(None).get(story.get_absolute_url()))
    assert signed_in(day.guest).post(address, {"place": places, "version": 1}).status_code == 403
    assert "เลือกประโยคก่อน" in shown(scribe.post(address, {"version": 1}), 400)
    assert shown(scribe.post(address, {"place": ["x:1:2", "what_we_did:-1:4"], "version": 1}), 400)
    scribe.post(address, {"place": places[:2], "version": 1, "how": "together"})
    scribe.post(address, {"place": places[2:], "version": 1, "how": "each"})
    assert [one.verbatim for one in Nugget.objects.all()] == ["\n".join(text.split("\n")[:2]), "แล้วฝากรถรับส่ง"]
    nugget = Nugget.objects.first()
    assert nugget is not None
    base = f"{day.base}/nuggets/{nugget.pk}"
    scribe.post(f"{base}/word", {"paraphrase": "เตรียมก่อนคนมา"})
    assert "เตรียมก่อนคนมา" in shown(signed_in(None).get(story.get_absolute_url()))
    assert shown(scribe.post(f"{base}/word", {"paraphrase": "ก" * 300}), 400)
    assert signed_in(day.guest).post(f"{base}/drop").status_code == 403
    assert scribe.post(f"{base}/drop").status_code == 302
    assert Nugget.objects.count() == 1


def test_nuggets_are_grouped_into_cores(day: SimpleNamespace, signed_in: SignIn) -> None:
    nuggets = [
        make_nugget(make_story(day.forum, day.scribe, title=f"เรื่อง {n}"), day.scribe) for n in range(3)
    ]
    scribe, address = signed_in(day.scribe), f"{day.base}/cores"
    ids = [nugget.pk for nugget in nuggets]
    assert signed_in(day.guest).post(f"{address}/put", {"nugget": ids, "title": "ก"}).status_code == 403
    again = shown(scribe.post(f"{address}/put", {"nugget": ids, "core": ""}), 400)
    assert len(re.findall(r'name="nugget"[^>]* checked>', again)) == 3
    scribe.post(f"{address}/put", {"nugget": ids[:2], "title": "รู้ก่อนมา"})
    core = Core.objects.get()
    moved = scribe.post(f"{address}/put", {"nugget": ids[2:], "core": core.pk})
    assert moved.headers["Location"] == f"{address}#core-{core.pk}"
    page = shown(signed_in(None).get(address))
    assert "จากเรื่องเล่า 3 เรื่อง" in page
    assert page.count(DID) == 3
    assert "ป้าคำ" in page
    assert 'name="nugget"' not in page
    scribe.post(f"{address}/{core.pk}/rename", {"title": "รู้ก่อนคนมา"})
    assert shown(scribe.post(f"{address}/{core.pk}/rename", {"title": ""}), 400)
    scribe.post(f"{address}/{core.pk}/move", {"way": "up"})
    scribe.post(f"{address}/put", {"nugget": ids[:1], "core": "none"})
    withdraw_story(nuggets[1].story, by=day.scribe)
    page = shown(signed_in(None).get(address))
    assert "รู้ก่อนคนมา" in page
    assert "ที่มาเปลี่ยนไป" in page
    assert "จากเรื่องเล่า 1 เรื่อง" in page
    assert scribe.post(f"{address}/{core.pk}/drop").status_code == 302
    assert Core.objects.count() == 0


def test_cards_are_printed_with_a_name_only_by_leave(day: SimpleNamespace, signed_in: SignIn) -> None:
    make_nugget(make_story(day.forum, day.scribe), day.scribe)
    quiet = make_nugget(
        make_story(day.forum, day.scribe, teller_name="ลุงดี", what_we_did="ทำในวง", allows_quotes=False),
        day.scribe,
    )
    page = shown(signed_in(day.scribe).get(f"{day.base}/cores/cards"))
    assert (DID in page, "ลุงดี" in page, "มี 1 ประโยคที่ไม่ได้พิมพ์" in page) == (True, False, True)
    word_nugget(quiet, "คำอื่น", by=day.scribe)
    page = shown(signed_in(day.scribe).get(f"{day.base}/cores/cards"))
    assert ("คำอื่น" in page, "ลุงดี" in page, "ทำในวง" in page) == (True, False, False)
    assert "คำอื่น" not in shown(signed_in(None).get(f"{day.base}/cores/cards"))


def test_a_story_grows_into_a_note_when_its_teller_agrees(day: SimpleNamespace, signed_in: SignIn) -> None:
    story = make_story(day.forum, day.scribe, day.somchai)
    scribe, teller = signed_in(day.scribe), signed_in(day.somchai)
    address = story.get_absolute_url()
    scribe.post(f"{address}/grow")
    assert "ถามผู้เล่าไว้แล้ว" in shown(scribe.get(address))
    assert scribe.post(f"{address}/answer", {"answer": "yes"}).status_code == 404
    assert "ขอต่อเรื่องนี้เป็นบันทึกได้ไหม" in shown(teller.get(address))
    assert f"{address}#grow" in shown(teller.get(f"{day.base}/stories"))
    answered = teller.post(f"{address}/answer", {"answer": "yes"})
    note = Note.objects.get()
    assert answered.headers["Location"] == f"/notes/{note.number}/edit"
    assert note.get_absolute_url() in shown(teller.get(address))
    assert note.get_absolute_url() not in shown(scribe.get(address))


def test_a_teller_says_no_or_begins_by_herself(day: SimpleNamespace, signed_in: SignIn) -> None:
    story = make_story(day.forum, day.scribe, day.somchai)
    signed_in(day.malee).post(f"{story.get_absolute_url()}/grow")
    signed_in(day.somchai).post(f"{story.get_absolute_url()}/answer", {"answer": "no"})
    assert (Growth.objects.waiting().count(), Note.objects.count()) == (0, 0)
    begun = signed_in(day.somchai).post(f"{story.get_absolute_url()}/grow")
    assert begun.headers["Location"] == f"/notes/{Note.objects.get().number}/edit"


def test_pages_cost_the_same_with_many(day: SimpleNamespace, signed_in: SignIn) -> None:
    def tell(number: int) -> Story:
        story = make_story(day.forum, day.scribe, day.somchai, f"เรื่อง {number}", unit=day.hospital)
        nugget = make_nugget(story, day.scribe)
        name_core(day.forum, f"แก่น {number}", by=day.scribe, nuggets=[nugget])
        return story

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(client.get(address))
        return len(asked)

    client = signed_in(day.scribe)
    pages = [f"{day.base}/stories", f"{day.base}/cores", f"{day.base}/cores/cards", f"{day.base}/stories/new"]
    tell(1)
    one = [cost(page) for page in pages]
    for number in range(2, 6):
        tell(number)
        make_participant(day.forum, name=f"คนที่ {number}", unit=day.hospital)
    assert [cost(page) for page in pages] == one
