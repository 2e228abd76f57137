"""Feeds: whole texts where the licence permits, nothing that is not for everyone, and what is withdrawn is told."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import unquote

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.notes import actions
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note, Tag
from prakai.notes.models.origins import Rights
from prakai.people.models import Person
from prakai.talk import actions as talk
from tests.factories.notes import bring, make_brought, make_note, make_notebook
from tests.factories.talk import make_comment, put_comment
from tests.web.feeds.reading import entries, gone, read

KINDS = ("rss", "atom", "json")
REST = "ประโยคท้ายที่ฟีดไม่ควรพาไปไหน"
LONG = f"<p>{'แล้วเราก็ฟังและจดไว้ทีละคำโดยไม่ขัดใคร ' * 12}</p><p>{REST}</p>"


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_tells_who_what_and_where(cast: SimpleNamespace, kind: str) -> None:
    body = "<p>ที่ตึกเรา “น้ำ” ไม่ขาด &amp; <strong>ไม่ล้น</strong></p>"
    note = make_note(cast.malee, "น้ำ & ปุ๋ย <ที่> “ตึก”", body, highlight="น้ำไม่ขาด", tags=["ก.พ.ร."])
    [told] = read(f"/feeds/all.{kind}")
    assert (told.guid, told.title) == (f"http://testserver/notes/{note.number}", "น้ำ & ปุ๋ย <ที่> “ตึก”")
    assert unquote(told.url) == f"http://testserver{note.get_absolute_url()}"
    assert (told.html, told.summary) == (note.body, "น้ำไม่ขาด")
    assert told.author in ("มาลี ใจงาม (โรงพยาบาลดอยคำ)", "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("licence", "whole"), [("arr", False), ("cc-by", True), ("cc-by-nc-nd", True), ("cc0", True)]
)
def test_the_licence_is_honoured(cast: SimpleNamespace, kind: str, licence: str, whole: bool) -> None:
    make_note(cast.malee, "ยาว", LONG, licence=licence)
    answer = Client().get(f"/feeds/all.{kind}")
    [told] = entries(answer.content, kind)
    assert (REST in answer.content.decode(), "แล้วเราก็ฟัง" in told.html) == (whole, True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_card_stays_a_card(cast: SimpleNamespace, kind: str) -> None:
    bring(make_brought("จากที่อื่น", LONG, licence="cc-by"), cast.malee, rights=Rights.LINK)
    answer = Client().get(f"/feeds/all.{kind}")
    [told] = entries(answer.content, kind)
    assert (REST in answer.content.decode(), len(told.html) < 700) == (False, True)


def places(cast: SimpleNamespace, note: Note) -> list[str]:
    return [
        "all",
        f"units/{cast.hospital.pk}",
        f"people/{cast.malee.public_id}",
        f"notebooks/{note.notebook_id}",
        f"tags/{Tag.objects.get(label='เก้าอี้').pk}",
    ]


def test_every_place_has_its_feed_and_what_is_withdrawn_is_told(cast: SimpleNamespace) -> None:
    stays = make_note(cast.malee, "อยู่", tags=["เก้าอี้"])
    goes = make_note(cast.malee, "ไป", tags=["เก้าอี้"])
    other = make_note(cast.somchai, "ของคนอื่น")
    for place in places(cast, stays):
        for kind in KINDS:
            guids = [told.guid.rpartition("/")[2] for told in read(f"/feeds/{place}.{kind}")]
            expected = [other, goes, stays] if place == "all" else [goes, stays]
            assert guids == [str(note.number) for note in expected], place
    actions.withdraw_note(goes, by=cast.malee)
    for place in places(cast, stays):
        assert gone(f"/feeds/{place}.atom") == [f"http://testserver/notes/{goes.number}"]
        told = json.loads(Client().get(f"/feeds/{place}.json").content)
        assert [row["id"] for row in told["_withdrawn"]] == [f"http://testserver/notes/{goes.number}"]
    actions.return_note(goes, by=cast.malee)
    assert gone("/feeds/all.atom") == []


def test_a_withdrawal_is_told_though_nothing_else_is_left(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, "ไป", tags=["เก้าอี้"], notebook=make_notebook(cast.malee, "สมุดที่ว่าง"))
    actions.withdraw_note(note, by=cast.malee)
    for place in places(cast, note):
        assert gone(f"/feeds/{place}.atom") == [f"http://testserver/notes/{note.number}"], place
        text = Client().get(f"/feeds/{place}.atom").content.decode()
        assert [word for word in ("สมุดที่ว่าง", "เก้าอี้") if word in text] == []


def test_withdrawals_of_smaller_circles_drafts_and_long_ago_are_not_told(cast: SimpleNamespace) -> None:
    make_note(cast.malee, audience="members", withdraw=True)
    make_note(cast.malee, publish=False)
    make_note(cast.malee, withdraw=True, at=timezone.now() - timedelta(days=400))
    assert gone("/feeds/all.atom") == []


def test_feeds_of_what_nobody_may_see_are_not_there(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, audience="members", tags=["เก้าอี้"])
    hidden = Person.objects.get(pk=cast.malee.pk)
    hidden.is_listed = False
    hidden.save()
    statuses = {place: Client().get(f"/feeds/{place}.atom").status_code for place in places(cast, note)}
    assert statuses == dict(zip(places(cast, note), (200, 200, 404, 404, 404), strict=True))
    assert Client().get(f"/feeds/notes/{note.number}/comments.atom").status_code == 404
    for place in ("units/999999", "units/99999999999999999999", "people/nobody", "notebooks/0", "tags/0"):
        assert Client().get(f"/feeds/{place}.rss").status_code == 404
    assert Client().get("/feeds/all.xml").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_comments_of_a_note_are_a_feed(cast: SimpleNamespace, kind: str) -> None:
    note = make_note(cast.malee, notebook=make_notebook(cast.malee, allows_anonymous=True))
    first = make_comment(note.conversation, cast.somchai, "น้ำใจ <b>มี</b> & ที่นี่")
    held = make_comment(note.conversation, None, "รอเจ้าบ้าน")
    put_comment(note.conversation, cast.somchai, body="<p>ซ่อน</p>", hidden_at=timezone.now())
    put_comment(note.conversation, cast.somchai, body="<p>ถอน</p>", withdrawn_at=timezone.now())
    [told] = read(f"/feeds/notes/{note.number}/comments.{kind}")
    assert (told.guid, told.url.endswith(f"#c{first.pk}")) == (f"http://testserver/comments/{first.pk}", True)
    assert told.title.startswith("สมชาย ศรีสุข: น้ำใจ")
    talk.release_comment(held, by=cast.malee)
    assert len(read(f"/feeds/notes/{note.number}/comments.{kind}")) == 2


def test_a_name_that_was_left_behind_is_told_in_the_feed_of_comments(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    make_comment(note.conversation, cast.somchai)
    cast.somchai.comments.update(by_name="สมชาย ศรีสุข")
    cast.somchai.given_th, cast.somchai.family_th, cast.somchai.erased_at = "อดีตสมาชิก", "", timezone.now()
    cast.somchai.save()
    [told] = read(f"/feeds/notes/{note.number}/comments.json")
    assert told.author == "สมชาย ศรีสุข"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_fetched_twice(cast: SimpleNamespace, kind: str) -> None:
    note = make_note(cast.malee)
    first = Client().get(f"/feeds/all.{kind}")
    again = Client().get(f"/feeds/all.{kind}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    actions.save_note(note, by=cast.malee, writing=Writing(title="ชื่อใหม่"), base_version=1)
    assert Client().get(f"/feeds/all.{kind}", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_feed_is_valid_and_stays_the_same(db: None, kind: str) -> None:
    first = Client().get(f"/feeds/all.{kind}")
    assert (entries(first.content, kind), first["ETag"]) == ([], Client().get(f"/feeds/all.{kind}")["ETag"])
    assert feedparser.parse(first.content).bozo in (False, 0) if kind != "json" else json.loads(first.content)


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_readers_of_feeds_understand_it(cast: SimpleNamespace, kind: str) -> None:
    at = timezone.now().replace(microsecond=0) - timedelta(days=3)
    make_note(cast.malee, "ที่นั่งรอหกตัว", tags=["เก้าอี้", "ก.พ.ร."], at=at)
    found = feedparser.parse(Client().get(f"/feeds/all.{kind}").content)
    [entry] = found.entries
    assert (bool(found.bozo), entry.title, [tag.term for tag in entry.tags]) == (
        False,
        "ที่นั่งรอหกตัว",
        ["เก้าอี้", "ก.พ.ร."],
    )
    assert tuple(entry.published_parsed)[:6] == at.utctimetuple()[:6]


@pytest.mark.parametrize("kind", KINDS)
def test_odd_characters_break_no_feed(cast: SimpleNamespace, kind: str) -> None:
    odd = "ก\x00\x0b\x1f\ufffe น้ำ\u200b ]]> <!-- &nbsp; \U0001f33e"
    make_note(cast.malee, odd, f"<p>{odd}</p><p>ปกติ</p>", highlight=odd, tags=["ฝน"], series=odd)
    bring(make_brought(odd, f"<p>{odd}</p>", author_name=odd, licence="cc-by"), cast.malee)
    assert len(read(f"/feeds/all.{kind}")) == 2


def test_addresses_inside_a_text_hold_anywhere(cast: SimpleNamespace) -> None:
    body = '<p><img src="/media/abc/x.jpg" alt=""><a href="/notes/1">ก่อนหน้า</a><a href="https://a.example/">นอก</a></p>'
    make_note(cast.malee, body=body)
    [told] = read("/feeds/all.json")
    assert 'src="http://testserver/media/abc/x.jpg"' in told.html
    assert 'href="http://testserver/notes/1"' in told.html
    assert 'href="https://a.example/"' in told.html


def test_a_feed_costs_the_same_for_one_note_and_for_thirty(cast: SimpleNamespace) -> None:
    def cost() -> list[int]:
        note, found = Note.objects.order_by("pk")[0], []
        paths = [f"/feeds/{place}.atom" for place in places(cast, note)]
        for path in [
            *paths,
            f"/feeds/notes/{note.number}/comments.atom",
            "/sitemap-places.xml",
            "/sitemap-notes-0.xml",
        ]:
            with CaptureQueriesContext(connection) as queries:
                assert Client().get(path).status_code == 200
            found.append(len(queries))
        return found

    def add() -> None:
        note = make_note(cast.malee, tags=["เก้าอี้"])
        make_comment(Note.objects.order_by("pk")[0].conversation, cast.somchai, f"คำ {note.pk}")
        make_note(cast.malee, withdraw=True)

    add()
    one = cost()
    for _ in range(29):
        add()
    assert cost() == one


def test_the_page_about_feeds_opens(db: None) -> None:
    text = Client().get("/feeds").content.decode()
    assert ("/feeds/all.atom" in text, "!!unknown" in text) == (True, False)
