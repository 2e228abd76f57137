"""Pages of circles as who prepares the day, a recorder, a participant and a stranger see them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.forums.actions import begin_turn, give_role, lay_circles, name_circle_keepers, show_round
from prakai.forums.models import Forum, Participant, Placement, Round, SeatWish, Turn
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.stories import make_story
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


def test_a_turn_is_one_for_all_phones_of_the_circle(
    cast: SimpleNamespace, signed_in: SignIn, day: SimpleNamespace
) -> None:
    laid = lay_circles(day.forum, by=cast.malee)
    show_round(laid, by=cast.malee)
    own = laid.circles.get(placements__participant=day.seat)
    mate = own.placements.exclude(participant=day.seat)[0].participant
    page = f"{day.at}/1/{own.number}"
    somchai, malee = signed_in(cast.somchai), signed_in(cast.malee)
    assert "data-clock" not in shown(malee.get(page))
    assert somchai.post(f"{page}/turn", {"teller": mate.pk}).headers["Location"] == f"{page}#clock"
    began = timezone.now() - timedelta(minutes=2)
    Turn.objects.update(began_at=began)
    for text in (shown(malee.get(page)), shown(somchai.get(page)), shown(malee.get(f"{page}/turn"))):
        for minutes in (0, 5, 8):
            assert f'datetime="{timezone.localtime(began) + timedelta(minutes=minutes):%H:%M}"' in text
        assert f"{mate.name} กำลังเล่า" in text
    known = malee.get(f"{page}/turn")["ETag"]
    same = malee.get(f"{page}/turn", headers={"if-none-match": known})
    assert (same.status_code, same.content) == (304, b"")
    somchai.post(f"{page}/turn", {"teller": day.seat.pk})
    assert malee.get(f"{page}/turn", headers={"if-none-match": known}).status_code == 200
    somchai.post(f"{page}/turn", {"end": "1"})
    assert "data-clock" not in shown(malee.get(f"{page}/turn"))
    for odd in ("x", "999999", "๑" * 20):
        assert malee.post(f"{page}/turn", {"teller": odd}).status_code == 400
    for stranger in (Client(), signed_in(cast.nurse)):
        assert [stranger.get(f"{page}/turn").status_code for _ in "1"] == [404]
        assert stranger.post(f"{page}/turn", {"teller": mate.pk}).status_code in (403, 404)
    assert Turn.objects.filter(ended_at__isnull=True).count() == 0


def test_who_records_goes_from_the_turn_to_the_story_and_back(
    cast: SimpleNamespace, signed_in: SignIn, day: SimpleNamespace
) -> None:
    laid = lay_circles(day.forum, by=cast.malee)
    show_round(laid, by=cast.malee)
    own = laid.circles.get(placements__participant=day.seat)
    mate = own.placements.exclude(participant=day.seat)[0].participant
    page, form = f"{day.at}/1/{own.number}", f"/forums/{day.forum.pk}/stories/new?circle={own.pk}"
    begin_turn(own, mate, by=cast.malee)
    recorder, somchai = signed_in(day.recorder), signed_in(cast.somchai)
    assert f"{form}&amp;teller={mate.pk}" in recorder.get(page).content.decode()
    assert form not in somchai.get(page).content.decode()
    filled = shown(recorder.get(f"{form}&teller={mate.pk}"))
    assert (f'value="{own.pk}" selected' in filled, f'value="{mate.name}' in filled) == (True, True)
    make_story(day.forum, day.recorder, title="เรื่องของวงนี้", circle=own, allows_quotes=False)
    make_story(day.forum, day.recorder, title="เรื่องวงอื่น", circle=laid.circles.exclude(pk=own.pk).first())
    for reader in (recorder, somchai):
        text = shown(reader.get(page))
        assert ("เรื่องของวงนี้" in text, "เรื่องวงอื่น" in text) == (True, False)


def test_a_circle_costs_the_same_with_one_story_and_with_many(
    cast: SimpleNamespace, signed_in: SignIn, day: SimpleNamespace
) -> None:
    laid = lay_circles(day.forum, by=cast.malee)
    own = laid.circles.get(number=1)
    begin_turn(own, own.placements.all()[0].participant, by=cast.malee)
    make_story(day.forum, day.recorder, circle=own)
    malee, page = signed_in(cast.malee), f"{day.at}/1/1"
    malee.get(page)
    with CaptureQueriesContext(connection) as one:
        malee.get(page)
    for _ in range(5):
        make_story(day.forum, day.recorder, circle=own)
    with CaptureQueriesContext(connection) as many:
        malee.get(page)
    assert len(many) == len(one)


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
