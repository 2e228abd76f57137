"""Letters and notices about forums: to whom they go, when, and when none goes."""

from __future__ import annotations

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from prakai.cli.serving.working import run_tasks
from prakai.forums import actions
from prakai.forums.models import Day, Forum, Participant
from prakai.journal.following import catch_up, followers
from prakai.people.models import Consent, ConsentKind
from prakai.talk.models import Notice
from prakai.talk.queries import Told, notices_of
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.units import make_unit


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", unit=hospital)
    forum = make_forum(malee, hospital, seats=1, starts_at=timezone.now() + timedelta(days=20))
    return SimpleNamespace(
        hospital=hospital,
        malee=malee,
        forum=forum,
        nurse=make_person("นภา", email="napa@x.example", unit=hospital),
        somchai=make_person("สมชาย", email="somchai@x.example"),
        **_empty(),
    )


def _empty() -> dict[str, object]:
    _follow()
    mail.outbox.clear()
    return {}


def _follow() -> None:
    for follower in followers():
        if follower.name in ("mail.forums", "forums.notices"):
            catch_up(follower)
            catch_up(follower)
    for _ in range(2):
        DBTaskResult.objects.filter(run_after__gt=timezone.now()).update(run_after=timezone.now())
        run_tasks(threading.Event())


def _told(person: object) -> list[tuple[str, str, str]]:
    rows = [Told(notice) for notice in notices_of(person).rows]  # type: ignore[arg-type]
    return [(one.kind, one.title, one.address) for one in rows]


def _to() -> list[str]:
    return sorted(letter.to[0] for letter in mail.outbox)


def test_letter_and_notice_when_a_seat_becomes_free(cast: SimpleNamespace) -> None:
    first = actions.register(cast.forum, by=cast.nurse, name="นภา ใจงาม")
    actions.register(cast.forum, by=cast.somchai, name="สมชาย ใจงาม")
    actions.leave_forum(first, by=cast.nurse)
    _follow()
    _follow()
    page = f"/forums/{cast.forum.pk}"
    assert _told(cast.somchai) == [("seated", cast.forum.title, f"{page}/seat")]
    assert _told(cast.nurse) == []
    [letter] = mail.outbox
    assert (letter.to, letter.extra_headers["Content-Language"]) == (["somchai@x.example"], "th")
    assert cast.forum.title in letter.subject
    assert f"{page}/seat\n" in letter.body
    assert f"{page}.ics" in letter.body


def test_letter_when_seats_are_raised_goes_to_a_guest_with_her_own_link(cast: SimpleNamespace) -> None:
    actions.register(cast.forum, by=cast.nurse, name="นภา ใจงาม")
    guest = actions.register(cast.forum, by=None, name="ป้าศรี", email="sri@x.example")
    unnamed = actions.register(cast.forum, by=None, name="ลุงคำ")
    actions.change_forum(cast.forum, by=cast.malee, seats=9)
    _follow()
    assert _to() == ["sri@x.example"]
    assert f"/forums/{cast.forum.pk}/seat/{guest.public_id}/" in mail.outbox[0].body
    assert Participant.objects.get(pk=unnamed.pk).seated_at is not None


@pytest.mark.parametrize("how", ["gave back", "took letters back", "no address", "over", "demo"])
def test_no_letter_when_nobody_wants_or_needs_it(cast: SimpleNamespace, how: str) -> None:
    first = actions.register(cast.forum, by=cast.nurse, name="นภา ใจงาม")
    waits = actions.register(cast.forum, by=cast.somchai, name="สมชาย ใจงาม")
    actions.leave_forum(first, by=cast.nurse)
    if how == "gave back":
        actions.leave_forum(waits, by=cast.somchai)
    elif how == "took letters back":
        moment = timezone.now()
        Consent.objects.create(
            person=cast.somchai, kind=ConsentKind.MAIL, wording="1", given_at=moment, withdrawn_at=moment
        )
    elif how == "no address":
        cast.somchai.email = None
        cast.somchai.save()
    elif how == "over":
        ended = timezone.now() - timedelta(hours=1)
        Forum.objects.filter(pk=cast.forum.pk).update(starts_at=ended - timedelta(hours=1), ends_at=ended)
    else:
        Forum.objects.filter(pk=cast.forum.pk).update(is_demo=True)
    _follow()
    assert (_to(), DBTaskResult.objects.failed().count()) == ([], 0)


def test_letters_when_a_forum_moves_several_times_are_one_each(cast: SimpleNamespace) -> None:
    seats = [actions.register(cast.forum, by=cast.nurse, name="นภา ใจงาม")]
    seats += [make_participant(cast.forum, name=name, email="Team@x.example") for name in ("ก", "ข")]
    seats += [make_participant(cast.forum, cast.malee), make_participant(cast.forum, name="ค")]
    _follow()
    day = Day.objects.create(forum=cast.forum, on=timezone.localdate() + timedelta(days=30))
    actions.add_block(day, by=cast.malee, kind="circle", minutes=60)
    actions.change_day(
        day, by=cast.malee, on=timezone.localdate() + timedelta(days=31), begins_at=day.begins_at
    )
    actions.change_forum(cast.forum, by=cast.malee, place="ศาลากลางหลังใหม่")
    actions.change_forum(cast.forum, by=cast.malee, about="อาหารว่างจากกลุ่มแม่บ้าน")
    _follow()
    assert _to() == ["Team@x.example", "napa@x.example"]
    assert "ศาลากลางหลังใหม่" in mail.outbox[0].body
    assert _told(cast.nurse) == [("moved", cast.forum.title, f"/forums/{cast.forum.pk}")]
    assert _told(cast.malee) == []


def test_no_letter_when_a_forum_that_is_not_announced_moves(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, announced=False)
    make_participant(forum, cast.nurse)
    actions.change_forum(forum, by=cast.malee, place="ที่อื่น")
    _follow()
    assert (_to(), _told(cast.nurse)) == ([], [])


def test_letters_when_cancelled_tell_why_and_when_revived_tell_that(cast: SimpleNamespace) -> None:
    actions.register(cast.forum, by=cast.nurse, name="นภา ใจงาม")
    actions.register(cast.forum, by=cast.somchai, name="สมชาย ใจงาม")
    actions.cancel_forum(cast.forum, by=cast.malee, because="น้ำท่วมถนน")
    _follow()
    assert _to() == ["napa@x.example", "somchai@x.example"]
    assert all("น้ำท่วมถนน" in letter.body for letter in mail.outbox)
    mail.outbox.clear()
    actions.revive_forum(cast.forum, by=cast.malee)
    _follow()
    assert _to() == ["napa@x.example", "somchai@x.example"]
    assert "น้ำท่วมถนน" not in mail.outbox[0].body
    assert [kind for kind, _, _ in _told(cast.nurse)] == ["revived", "cancelled"]


def test_letter_when_roles_are_given_leads_to_the_briefing(cast: SimpleNamespace) -> None:
    cast.nurse.language = "en"
    cast.nurse.save()
    for kind in ("facilitator", "recorder"):
        actions.give_role(cast.forum, cast.nurse, kind, by=cast.malee)
    actions.give_role(cast.forum, cast.malee, "teller", by=cast.malee)
    _follow()
    [letter] = mail.outbox
    assert (letter.to, "facilitator, recorder" in letter.body) == (["napa@x.example"], True)
    assert f"/forums/{cast.forum.pk}/briefing" in letter.body
    assert Notice.objects.filter(person=cast.nurse, kind="role").count() == 1
    assert _told(cast.malee) == []


def test_no_letter_when_the_role_ended_again(cast: SimpleNamespace) -> None:
    role = actions.give_role(cast.forum, cast.nurse, "recorder", by=cast.malee)
    actions.end_role(role, by=cast.malee)
    _follow()
    assert (_to(), _told(cast.nurse)) == ([], [])
