"""A forum in the calendars of those who come: one event a day that moves, and is cancelled, with the forum."""

from __future__ import annotations

from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from prakai.forums.actions import (
    announce_forum,
    cancel_forum,
    change_block,
    change_day,
    found_forum,
    revive_forum,
)
from prakai.forums.models import Block, Forum
from prakai.thai.dates import BANGKOK
from tests.factories.forums import make_participant
from tests.web.forums.conftest import SignIn, shown


@pytest.fixture
def forum(cast: SimpleNamespace) -> Forum:
    forum = found_forum(
        cast.hospital, by=cast.malee, title="เวที, รอยา; เร็วขึ้น", purpose="รอยาไม่นาน", agenda="whole-day",
        first_on=date(2027, 1, 20), mode="both", place="ห้องประชุม", online_url="https://meet.example.go.th/x",
    )  # fmt: skip
    announce_forum(forum, by=cast.malee)
    return forum


def events(client: Client, forum: Forum) -> list[Any]:
    answer = client.get(f"/forums/{forum.pk}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Bangkok"]
    return list(calendar.walk("VEVENT"))


def test_an_event_says_what_when_and_where(forum: Forum) -> None:
    text = Client().get(f"/forums/{forum.pk}.ics").text
    assert "DTSTART;TZID=Asia/Bangkok:20270120T083000" in text
    assert "DTEND;TZID=Asia/Bangkok:20270120T154500" in text
    (event,) = events(Client(), forum)
    assert (str(event["summary"]), str(event["location"]), str(event["status"])) == (
        "เวที, รอยา; เร็วขึ้น", "ห้องประชุม", "CONFIRMED"
    )  # fmt: skip
    told = str(event["description"])
    assert ("08.50–10.00 วงเล่าเรื่อง รอบแรก" in told, "รอยาไม่นาน" in told, "AAR 1" in told) == (
        True,
        True,
        True,
    )
    assert str(event["url"]) == f"http://testserver{forum.get_absolute_url()}" or "%E0" in str(event["url"])


def test_it_stays_one_event_that_moves_and_is_cancelled(cast: SimpleNamespace, forum: Forum) -> None:
    (first,) = events(Client(), forum)
    change_block(Block.objects.get(kind="opening"), by=cast.malee, minutes=30)
    change_day(forum.days.get(), by=cast.malee, on=date(2027, 2, 3), begins_at=time(9))
    (moved,) = events(Client(), forum)
    assert (moved["uid"], moved["sequence"]) == (first["uid"], first["sequence"] + 2)
    assert moved["dtstart"].dt == datetime(2027, 2, 3, 9, 0, tzinfo=BANGKOK)
    cancel_forum(forum, by=cast.malee, because="น้ำท่วม")
    (gone,) = events(Client(), forum)
    assert (gone["uid"], str(gone["status"]), gone["sequence"]) == (
        first["uid"], "CANCELLED", moved["sequence"] + 1
    )  # fmt: skip
    revive_forum(forum, by=cast.malee)
    (back,) = events(Client(), forum)
    assert (str(back["status"]), back["sequence"] > gone["sequence"]) == ("CONFIRMED", True)


def test_two_days_are_two_events(cast: SimpleNamespace) -> None:
    forum = found_forum(
        cast.hospital, by=cast.malee, title="ตลาดนัด", purpose="ดี", agenda="market", first_on=date(2027, 1, 20)
    )
    announce_forum(forum, by=cast.malee)
    found = events(Client(), forum)
    assert [str(one["summary"]) for one in found] == ["ตลาดนัด (วันที่ 1 จาก 2)", "ตลาดนัด (วันที่ 2 จาก 2)"]
    assert len({str(one["uid"]) for one in found}) == 2


def test_the_way_in_online_is_told_to_those_who_have_a_part(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    for place in (f"/forums/{forum.pk}.ics", forum.get_absolute_url()):
        assert "meet.example" in signed_in(cast.malee).get(place).content.decode().replace("\r\n ", "")
        assert "meet.example" not in Client().get(place).content.decode().replace("\r\n ", "")
        assert "meet.example" not in signed_in(cast.somchai).get(place).content.decode().replace("\r\n ", "")
    make_participant(forum, cast.somchai)
    assert "meet.example" in shown(signed_in(cast.somchai).get(forum.get_absolute_url()))


def test_what_may_not_be_seen_or_has_no_agenda_is_no_file(cast: SimpleNamespace, signed_in: SignIn) -> None:
    quiet = found_forum(
        cast.hospital, by=cast.malee, title="ร่าง", agenda="half-day", first_on=date(2027, 1, 20)
    )
    empty = found_forum(cast.hospital, by=cast.malee, title="ว่าง")
    (event,) = events(signed_in(cast.malee), quiet)
    assert str(event["status"]) == "TENTATIVE"
    assert Client().get(f"/forums/{quiet.pk}.ics").status_code == 404
    assert signed_in(cast.malee).get(f"/forums/{empty.pk}.ics").status_code == 404


def test_the_sheet_holds_the_agenda(forum: Forum) -> None:
    text = shown(Client().get(f"/forums/{forum.pk}/sheet"))
    assert [word in text for word in ("AAR 1", "ห้องประชุม", "วันพุธที่ 20 มกราคม 2570", "data-print hidden")] == [
        True
    ] * 4
