"""The lists of forums and the page of one, as visitors, members and those who prepare it see them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.forums import actions
from prakai.forums.actions import cancel_forum
from prakai.forums.models import ForumSeries
from tests.factories.forums import PURPOSE, make_forum, make_participant
from tests.factories.reviews import make_review, make_voice, promise_of
from tests.web.forums.conftest import SignIn, shown


def test_lists_part_today_to_come_and_past(cast: SimpleNamespace, signed_in: SignIn) -> None:
    now = timezone.now()
    make_forum(cast.malee, cast.hospital, "เวทีวันนี้", starts_at=now, hours=0)
    make_forum(cast.malee, cast.hospital, "เวทีเดือนหน้า", starts_at=now + timedelta(days=30))
    make_forum(cast.malee, cast.hospital, "เวทีปีก่อน", starts_at=now - timedelta(days=300))
    make_forum(cast.malee, cast.hospital, "เวทีในหน่วย", audience="unit")
    make_forum(cast.malee, cast.hospital, "เวทีที่ยังเตรียม", announced=False)
    text = shown(Client().get("/forums"))
    today, coming, past = (
        text.split(f'id="{name}"')[1].split("</section>")[0] for name in ("today", "coming", "past")
    )
    assert ("เวทีวันนี้" in today, "เวทีเดือนหน้า" in coming, "เวทีปีก่อน" in past) == (True, True, True)
    assert ("เวทีในหน่วย" in text, "เวทีที่ยังเตรียม" in text, 'id="own"' in text) == (False, False, False)
    own = shown(signed_in(cast.malee).get("/forums"))
    own = own.split('id="own"')[1].split("</section>")[0]
    assert ("เวทีที่ยังเตรียม" in own, "เวทีวันนี้" in own) == (True, False)
    assert "เวทีในหน่วย" in shown(signed_in(cast.nurse).get("/forums")).split('id="coming"')[1]


def test_lists_go_on_by_key(cast: SimpleNamespace) -> None:
    now = timezone.now()
    for day in range(1, 23):
        make_forum(cast.malee, cast.hospital, f"เวทีหน้า-{day}.", starts_at=now + timedelta(days=day))
        make_forum(cast.malee, cast.hospital, f"เวทีหลัง-{day}.", starts_at=now - timedelta(days=day + 1))
    text = shown(Client().get("/forums"))
    seen = [[f"เวทีหน้า-{day}." in text, f"เวทีหลัง-{day}." in text] for day in (1, 20, 21)]
    assert seen == [[True, True], [True, True], [False, False]]
    for name, word in (("coming", "เวทีหน้า"), ("past", "เวทีหลัง")):
        further = text.split(f'href="?{name}=')[1].split("#")[0]
        later = shown(Client().get(f"/forums?{name}={further}"))
        assert [f"{word}-{day}." in later for day in (1, 20, 21, 22)] == [False, False, True, True]
    assert Client().get("/forums?coming=x&past=%00").status_code == 200


def test_the_list_costs_the_same_for_one_forum_and_for_many(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.malee)
    make_forum(cast.malee, cast.hospital)
    client.get("/forums")
    with CaptureQueriesContext(connection) as one:
        client.get("/forums")
    for day in range(5):
        make_forum(cast.malee, cast.hospital, starts_at=timezone.now() + timedelta(days=day))
    with CaptureQueriesContext(connection) as many:
        client.get("/forums")
    assert len(many) == len(one)


def test_a_page_says_its_purpose_first(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, "เวทีคนหน้างาน", place="ห้องประชุมชั้น 2", seats=60)
    text = shown(Client().get(forum.get_absolute_url()))
    assert text.index(PURPOSE) < text.index("ห้องประชุมชั้น 2")
    assert [word in text for word in ("60 ที่นั่ง", str(cast.malee), cast.hospital.name, "/forums.ics")] == [
        True, True, True, False
    ]  # fmt: skip


def test_the_number_decides_and_the_title_of_today_is_led_to(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    answer = Client().get(f"/forums/{forum.pk}-other?x=1")
    assert (answer.status_code, answer["Location"].endswith("?x=1")) == (301, True)
    assert Client().get("/forums/999999").status_code == 404


def test_what_is_not_for_a_reader_is_not_there(cast: SimpleNamespace, signed_in: SignIn) -> None:
    quiet = make_forum(cast.malee, cast.hospital, announced=False)
    inside = make_forum(cast.malee, cast.hospital, audience="unit")
    for forum in (quiet, inside):
        assert signed_in(cast.malee).get(forum.get_absolute_url()).status_code == 200
        assert signed_in(cast.somchai).get(forum.get_absolute_url()).status_code == 404
        assert Client().get(forum.get_absolute_url()).status_code == 404
    assert signed_in(cast.nurse).get(inside.get_absolute_url()).status_code == 200


def test_a_cancelled_forum_stays_and_says_so(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    cancel_forum(forum, by=cast.malee, because="น้ำท่วมทางเข้า")
    text = shown(Client().get(forum.get_absolute_url()))
    assert ("เวทีนี้ยกเลิกแล้ว" in text, "น้ำท่วมทางเข้า" in text) == (True, True)


def test_the_day_opens_with_the_promises_of_those_who_agreed(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    now = timezone.now()
    series = ForumSeries.objects.create(unit=cast.hospital, name="คนหน้างานเล่าสู่กันฟัง")
    first = make_forum(cast.malee, cast.hospital, series=series, starts_at=now - timedelta(days=90))
    second = make_forum(cast.malee, cast.hospital, series=series, starts_at=now + timedelta(days=3))
    review = make_review(first, cast.malee)
    promise_of(make_voice(review, "นภา"), "จะโทรหาคนไข้ก่อนวันนัด", tells_next=True, is_named=True)
    promise_of(make_voice(review), "จะเงียบไว้กับตัวเอง")
    actions.give_role(second, cast.nurse, "facilitator", by=cast.malee)
    make_participant(second, cast.somchai)
    page, briefing = second.get_absolute_url(), f"/forums/{second.pk}/briefing"
    for person, address in ((cast.nurse, page), (cast.nurse, briefing), (cast.somchai, page)):
        text = shown(signed_in(person).get(address))
        assert ("จะโทรหาคนไข้ก่อนวันนัด" in text, "นภา" in text, "จะเงียบไว้" in text) == (True, True, False)
    assert "จะโทรหาคนไข้" not in shown(Client().get(page))
    assert "จะโทรหาคนไข้" not in shown(signed_in(cast.nurse).get(first.get_absolute_url()))
