"""Pages of circles as who prepares the day, a recorder, a participant and a stranger see them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.forums.actions import give_role, lay_circles, name_circle_keepers, show_round
from prakai.forums.models import Forum, Participant, Placement, Round, SeatWish
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.forums.test_circles import crowd
from tests.web.forums.conftest import SignIn, shown


@pytest.fixture
def day(cast: SimpleNamespace) -> SimpleNamespace:
    forum = make_forum(cast.malee, cast.hospital)
    people = crowd(forum, 15)
    seat = make_participant(forum, cast.somchai, unit=cast.town, needs="ใช้รถเข็น")
    recorder = make_person("ลิขิต")
    give_role(forum, recorder, "recorder", by=cast.malee)
    return SimpleNamespace(
        forum=forum, people=people, seat=seat, recorder=recorder, at=f"/forums/{forum.pk}/circles"
    )


def test_a_round_is_laid_moved_shown_and_taken_away(
    cast: SimpleNamespace, signed_in: SignIn, day: SimpleNamespace
) -> None:
    malee = signed_in(cast.malee)
    assert "/circles/new" in shown(malee.get(day.at)) or "circles/new" in shown(malee.get(day.at))
    text = shown(malee.post(f"{day.at}/new", {"wished": "8", "question": "เล่าครั้งที่ทำได้ดี", "easy": "หนึ่ง"}))
    assert ("เล่าครั้งที่ทำได้ดี" in text, Round.objects.count()) == (True, 0)
    answer = malee.post(f"{day.at}/new", {"wished": "8", "question": "เล่าครั้งที่ทำได้ดี", "easy": "วงที่ ๑"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{day.at}?round=1")
    laid = Round.objects.get()
    assert [(one.number, one.is_easy) for one in laid.circles.all()] == [(1, True), (2, False)]
    text = shown(malee.get(f"{day.at}?round=๑"))
    assert ("เล่าครั้งที่ทำได้ดี" in text, "คนที่ 07" in text, day.seat.name in text) == (True, True, True)
    other = laid.circles.exclude(placements__participant=day.seat).get()
    malee.post(f"{day.at}/1/move", {"who": [day.seat.pk, day.people[0].pk], "to": str(other.number)})
    assert Placement.objects.get(participant=day.seat).circle == other
    assert "ด้วยมือ" in shown(malee.get(day.at))
    malee.post(f"{day.at}/1/again", {"wished": "6"})
    assert Placement.objects.get(participant=day.seat).circle == other
    malee.post(f"{day.at}/1/free", {"who": [day.seat.pk, day.people[0].pk]})
    assert Placement.objects.filter(by_hand=True).count() == 0
    for bad in (
        {"who": day.seat.pk, "to": "99"},
        {"who": day.seat.pk, "to": "<script>"},
        {"to": "1"},
        {"who": "x"},
    ):
        assert malee.post(f"{day.at}/1/move", bad).status_code == 302
    assert Placement.objects.filter(by_hand=True).count() == 0
    malee.post(f"{day.at}/1/show")
    assert malee.post(f"{day.at}/1/remove").status_code == 403
    malee.post(f"{day.at}/1/hide")
    malee.post(f"{day.at}/1/remove")
    assert Round.objects.count() == 0


def test_a_participant_sees_her_own_circles_once_they_are_shown(
    cast: SimpleNamespace, signed_in: SignIn, day: SimpleNamespace
) -> None:
    laid = lay_circles(day.forum, by=cast.malee)
    somchai = signed_in(cast.somchai)
    own = laid.circles.get(placements__participant=day.seat)
    other = laid.circles.exclude(pk=own.pk).get()
    assert "circle-ticket" not in shown(somchai.get(day.at))
    assert somchai.get(f"{day.at}/1/{own.number}").status_code == 404
    show_round(laid, by=cast.malee)
    assert f"{day.at}/1/{own.number}" in shown(somchai.get(day.at))
    text = shown(somchai.get(f"{day.at}/1/{own.number}"))
    mates = own.placements.exclude(participant=day.seat).values_list("participant__name", flat=True)
    assert [name in text for name in mates] == [True] * len(mates)
    assert ("รถเข็น" in text, "อย่างไร" in text) == (False, True)
    assert somchai.get(f"{day.at}/1/{other.number}").status_code == 404
    assert signed_in(cast.nurse).get(f"{day.at}/1/{own.number}").status_code == 404
    assert Client().get(f"{day.at}/1/{own.number}").status_code == 404
    assert Client().get(day.at).status_code == 200


def test_the_clock_begins_where_she_presses_and_says_when_to_end_without_scripts(
    cast: SimpleNamespace, signed_in: SignIn, day: SimpleNamespace
) -> None:
    laid = lay_circles(day.forum, by=cast.malee)
    malee = signed_in(cast.malee)
    first = laid.placements.select_related("circle").get(participant=day.people[0])
    page = f"{day.at}/1/{first.circle.number}"
    answer = malee.get(f"{page}?turn={first.participant_id}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{page}?turn={first.participant_id}&at=")
    began = timezone.now().replace(microsecond=0) - timedelta(minutes=2)
    text = shown(malee.get(f"{page}?turn={first.participant_id}&at={int(began.timestamp())}"))
    for minutes in (5, 8):
        assert f'datetime="{timezone.localtime(began) + timedelta(minutes=minutes):%H:%M}"' in text
    for odd in (
        "turn=x",
        f"turn={first.participant_id}&at=99999999999",
        f"turn={first.participant_id}&at=-1",
        "turn=999999&at=1",
    ):
        assert "data-clock" not in shown(malee.get(f"{page}?{odd}"))


def test_keepers_needs_and_the_sheet(cast: SimpleNamespace, signed_in: SignIn, day: SimpleNamespace) -> None:
    malee = signed_in(cast.malee)
    laid = lay_circles(day.forum, by=cast.malee)
    given = {"room": "ใต้ต้นมะขาม", "facilitator": cast.malee.pk, "recorder": day.recorder.pk, "is_easy": "on"}
    assert malee.post(f"{day.at}/1/1/keepers", given).status_code == 302
    assert 'value="ใต้ต้นมะขาม"' in shown(malee.get(f"{day.at}/1/1/keepers"))
    assert "ใช้รถเข็น" in shown(malee.get(f"{day.at}/needs"))
    malee.post(f"{day.at}/needs", {"who": "สมชาย", "kind": "easy"})
    malee.post(f"{day.at}/needs", {"who": "คนที่ 01", "kind": "apart", "other": "คนที่ 02"})
    assert SeatWish.objects.count() == 2
    for bad in (
        {"who": "คนที่", "kind": "easy"},
        {"who": "ไม่มี", "kind": "easy"},
        {"who": "คนที่ 01", "kind": "together"},
    ):
        answer = malee.post(f"{day.at}/needs", bad)
        assert (answer.status_code, bad["who"] in shown(answer), SeatWish.objects.count()) == (200, True, 2)
    malee.post(f"{day.at}/needs/{SeatWish.objects.order_by('pk')[0].pk}/end")
    assert SeatWish.objects.filter(ended_at__isnull=True).count() == 1
    text = shown(signed_in(day.recorder).get(f"{day.at}/1/sheet"))
    assert ("ใต้ต้นมะขาม" in text, "คนที่ 11" in text, "รถเข็น" in text) == (True, True, False)
    assert laid.circles.get(number=1).recorder == day.recorder


def test_every_address_asks_who_it_is(cast: SimpleNamespace, signed_in: SignIn, day: SimpleNamespace) -> None:
    laid = lay_circles(day.forum, by=cast.malee)
    name_circle_keepers(laid.circles.get(number=1), by=cast.malee, recorder=day.recorder)
    reads = ["new", "1/again", "1/1/keepers", "needs"]
    writes = [
        "new",
        "1/again",
        "1/move",
        "1/free",
        "1/show",
        "1/hide",
        "1/remove",
        "1/1/keepers",
        "needs",
        "needs/1/end",
    ]
    malee, recorder = signed_in(cast.malee), signed_in(day.recorder)
    assert [malee.get(f"{day.at}/{one}").status_code for one in [*reads, "1/sheet", "1/1"]] == [200] * 6
    assert [recorder.get(f"{day.at}/{one}").status_code for one in ["1/sheet", "1/1"]] == [200] * 2
    text = shown(recorder.get(day.at))
    assert ("คนที่ 03" in text, 'name="who"' in text, "รถเข็น" in text) == (True, False, False)
    for client in (recorder, signed_in(cast.somchai), Client()):
        assert {client.get(f"{day.at}/{one}").status_code for one in reads} == {403}
        assert {client.post(f"{day.at}/{one}").status_code for one in writes} == {403}
    assert {
        signed_in(cast.somchai).get(f"{day.at}/1/sheet").status_code,
        Client().get(f"{day.at}/1/sheet").status_code,
    } == {403}
    assert [malee.get(f"{day.at}/{one}").status_code for one in ("7/sheet", "1/77", "7/1")] == [404] * 3
    assert Round.objects.count() == 1


def test_pages_cost_the_same_for_many(cast: SimpleNamespace, signed_in: SignIn) -> None:
    def asked(people: int) -> list[int]:
        forum = make_forum(cast.malee, cast.hospital, f"เวที {people}")
        for one in crowd(forum, people):
            Participant.objects.filter(pk=one.pk).update(needs="นั่งใกล้ประตู", experience="new")
        lay_circles(forum, by=cast.malee)
        laid = lay_circles(Forum.objects.get(pk=forum.pk), by=cast.malee)
        show_round(laid, by=cast.malee)
        counts = []
        for path in ("", "/needs", "/2/sheet", "/2/1"):
            with CaptureQueriesContext(connection) as queries:
                assert signed_in(cast.malee).get(f"/forums/{forum.pk}/circles{path}").status_code == 200
            counts.append(len(queries))
        return counts

    assert asked(7) == asked(30)
