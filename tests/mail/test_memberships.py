"""Who can answer an invitation or a request hears of it, on the desk and by letter; so does who waits, once."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from prakai.cli.serving.working import run_tasks
from prakai.exchange.personal.writings import notices
from prakai.journal.following import catch_up, followers
from prakai.journal.models import Entry, Setback
from prakai.networks import actions
from prakai.networks.models import Membership, Network
from prakai.people.actions import erase_person
from prakai.people.models import Appointment, Consent, ConsentKind, Person
from prakai.talk.models import Notice
from prakai.talk.queries import Told, notices_of, unread_notices
from prakai.units.models import Unit
from tests.factories.networks import NETWORK, PURPOSE, make_membership, make_network
from tests.factories.people import make_appointment, make_person
from tests.factories.units import make_unit


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    hospital = make_unit("โรงพยาบาลดอยคำ", name_en="Doi Kham Hospital")
    ubon = make_person("อุบล", facilitator=True)
    somjai = make_person("สมใจ")
    network = make_network(ubon, coordinators=[somjai])
    malee, nurse = make_person("มาลี", unit=hospital), make_person("นภา", unit=hospital)
    _follow()
    mail.outbox.clear()
    return SimpleNamespace(**{name: one for name, one in locals().items() if name != "db"})


def _follow() -> None:
    for follower in followers():
        if follower.name in ("mail.memberships", "talk.networks", "talk.erasure", "networks.erasure"):
            catch_up(follower)
            catch_up(follower)
    run_tasks(threading.Event())
    assert (Setback.objects.count(), DBTaskResult.objects.failed().count()) == (0, 0)


def _told(person: Person) -> list[tuple[str, str, str]]:
    rows = [Told(notice) for notice in notices_of(Person.objects.get(pk=person.pk)).rows]
    return [(one.kind, one.title, one.address) for one in rows]


def _to() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


def _emails(*people: Person) -> list[str]:
    return sorted(person.email for person in people)


def _ask_to_follow_again(verbs: Iterable[str]) -> None:
    """As if a follower had been killed before its cursor was kept: the same lines once more."""
    for follower in followers():
        if follower.name in ("mail.memberships", "talk.networks"):
            for entry in Entry.objects.filter(verb__in=verbs):
                follower.react(entry)
    run_tasks(threading.Event())


def test_an_invited_unit_hears_of_it_once_and_who_invited_hears_the_answer(cast: SimpleNamespace) -> None:
    invited = actions.invite_member(cast.network, by=cast.ubon, unit=cast.hospital)
    _follow()
    page = f"/networks/{cast.network.pk}/members/{invited.pk}"
    assert _told(cast.malee) == _told(cast.nurse) == [("invited", NETWORK, page)]
    assert (_told(cast.ubon), _told(cast.somjai)) == ([], [])
    assert _to() == _emails(cast.malee, cast.nurse)
    body = mail.outbox[0].body
    assert all(words in body for words in (NETWORK, cast.hospital.name_th, PURPOSE, cast.ubon.display_name))
    assert f"{page}\n" in body
    assert "/settings/privacy" in body
    mail.outbox.clear()
    actions.join_network(cast.network, by=cast.nurse, unit=cast.hospital)
    _follow()
    assert _told(cast.ubon) == [("began", NETWORK, cast.network.get_absolute_url())]
    assert (_told(cast.malee), _told(cast.nurse)) == ([], [])
    assert _to() == _emails(cast.ubon)
    assert f"/networks/{cast.network.pk}\n" in mail.outbox[0].body
    assert f"{cast.hospital.name_th} เข้าร่วม “{NETWORK}” แล้ว" in mail.outbox[0].body


def test_lines_that_are_read_once_more_tell_nothing_twice_on_the_desk(cast: SimpleNamespace) -> None:
    actions.invite_member(cast.network, by=cast.ubon, unit=cast.hospital)
    actions.invite_member(cast.network, by=cast.somjai, unit=cast.hospital)
    _follow()
    first = {letter.extra_headers["Message-ID"] for letter in mail.outbox}
    assert len(mail.outbox) == len(first) == 2
    _ask_to_follow_again(["membership.invited"])
    assert Notice.objects.count() == 2
    assert {letter.extra_headers["Message-ID"] for letter in mail.outbox} == first


def test_who_looks_after_a_network_hears_who_asks_and_the_asker_why_not(cast: SimpleNamespace) -> None:
    asked = actions.join_network(cast.network, by=cast.malee, unit=cast.hospital)
    hers = actions.join_network(cast.network, by=cast.nurse)
    _follow()
    pages = [f"/networks/{cast.network.pk}/members/{one.pk}" for one in (hers, asked)]
    wanted = [("asked", NETWORK, page) for page in pages]
    assert _told(cast.ubon) == _told(cast.somjai) == wanted
    assert (_told(cast.malee), _told(cast.nurse)) == ([], [])
    assert _to() == sorted(_emails(cast.ubon, cast.somjai) * 2)
    mail.outbox.clear()
    actions.end_membership(asked, by=cast.somjai, because="ปีนี้รับครบแล้ว")
    _follow()
    assert _told(cast.malee) == [("declined", NETWORK, pages[1])]
    [notice] = notices_of(cast.malee).rows
    assert (Told(notice).words, Told(notice).member) == ("ปีนี้รับครบแล้ว", cast.hospital)
    assert _told(cast.ubon) == _told(cast.somjai) == wanted[:1]
    [letter] = mail.outbox
    assert letter.to == [cast.malee.email]
    assert "ปีนี้รับครบแล้ว" in letter.body
    assert f"{cast.somjai.display_name} เขียนว่า" in letter.body


def test_an_invited_person_hears_in_her_language(cast: SimpleNamespace) -> None:
    english = make_person("จอห์น", language="en")
    actions.invite_member(cast.network, by=cast.ubon, person=english)
    actions.invite_member(cast.network, by=cast.ubon, unit=cast.hospital)
    Person.objects.filter(pk__in=[cast.malee.pk, cast.nurse.pk]).update(language="en")
    _follow()
    assert [kind for kind, _, _ in _told(english)] == ["invited"]
    assert Told(notices_of(english).rows[0]).member is None
    bodies = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "would like to have you with it" in bodies[english.email]
    assert "would like to have Doi Kham Hospital with it" in bodies[cast.malee.email]


@pytest.mark.parametrize("how", ["taken back", "answered", "rests", "demo", "old"])
def test_no_letter_when_there_is_nothing_to_answer_any_more(cast: SimpleNamespace, how: str) -> None:
    invited = actions.invite_member(cast.network, by=cast.ubon, unit=cast.hospital)
    if how == "taken back":
        actions.end_membership(invited, by=cast.ubon)
    elif how == "answered":
        actions.join_network(cast.network, by=cast.malee, unit=cast.hospital)
    elif how == "rests":
        actions.rest_network(cast.network, by=cast.ubon)
    elif how == "demo":
        Network.objects.update(is_demo=True)
    else:
        Entry.objects.filter(verb="membership.invited").update(at=timezone.now() - timedelta(days=3))
    _follow()
    assert cast.nurse.email not in _to()
    assert [kind for kind, _, _ in _told(cast.nurse)] == (["invited"] if how == "demo" else [])


def test_taking_back_is_told_to_nobody_and_takes_the_notices_along(cast: SimpleNamespace) -> None:
    asked = actions.join_network(cast.network, by=cast.malee, unit=cast.hospital)
    _follow()
    assert unread_notices(cast.ubon) == 1
    mail.outbox.clear()
    actions.end_membership(asked, by=cast.malee)
    _follow()
    assert (unread_notices(cast.ubon), _told(cast.malee), mail.outbox) == (0, [], [])


def test_asking_again_and_again_sends_one_letter(cast: SimpleNamespace) -> None:
    for _ in range(3):
        asked = actions.join_network(cast.network, by=cast.malee, unit=cast.hospital)
        _follow()
        assert unread_notices(cast.ubon) == 1
        actions.end_membership(asked, by=cast.malee)
    assert _to() == _emails(cast.ubon, cast.somjai)
    Membership.objects.update(ended_at=timezone.now() - timedelta(days=8))
    actions.join_network(cast.network, by=cast.malee, unit=cast.hospital)
    _follow()
    assert _to() == sorted(_emails(cast.ubon, cast.somjai) * 2)


def test_a_notice_is_not_read_any_more_by_who_cannot_answer_any_more(cast: SimpleNamespace) -> None:
    actions.invite_member(cast.network, by=cast.ubon, unit=cast.hospital)
    _follow()
    cast.malee.appointments.update(until_on=timezone.localdate() - timedelta(days=1))
    assert (len(_told(cast.malee)), len(_told(cast.nurse))) == (0, 1)


def test_who_is_away_or_wants_no_letters_gets_none(cast: SimpleNamespace) -> None:
    moment = timezone.now()
    away = make_person("ลา", unit=cast.hospital, is_active=False)
    left = make_person("จาก", unit=cast.hospital)
    erase_person(left, by=left, keep_content=True)
    make_appointment(make_person("กล่าวเอง"), cast.hospital)
    Appointment.objects.filter(person__given_th="กล่าวเอง").update(confirmed_at=None)
    Consent.objects.create(
        person=cast.nurse, kind=ConsentKind.MAIL, wording="1", given_at=moment, withdrawn_at=moment
    )
    actions.invite_member(cast.network, by=cast.ubon, unit=cast.hospital)
    _follow()
    assert _to() == _emails(cast.malee)
    hears = Notice.objects.values_list("person", flat=True)
    assert set(hears) == {cast.malee.pk, cast.nurse.pk}
    assert away.pk not in hears


def test_of_a_unit_that_somebody_leads_only_these_get_a_letter(cast: SimpleNamespace) -> None:
    head = make_person("หัวหน้า")
    make_appointment(head, cast.hospital, is_head=True)
    actions.invite_member(cast.network, by=cast.ubon, unit=cast.hospital)
    _follow()
    assert _to() == _emails(head)
    assert Notice.objects.count() == 3


def test_who_leads_above_answers_for_a_unit_without_members_else_the_stewards(cast: SimpleNamespace) -> None:
    ward, town = make_unit("หอผู้ป่วย", parent=cast.hospital), make_unit("เทศบาล")
    head, fa = make_person("หัวหน้า"), make_person("เอื้อฟ้า", steward=True)
    make_appointment(head, cast.hospital, is_head=True)
    for unit in (ward, town):
        actions.invite_member(cast.network, by=cast.ubon, unit=unit)
    _follow()
    for person, unit in ((head, ward), (fa, town)):
        address = f"/networks/{cast.network.pk}/members/{Membership.objects.get(unit=unit).pk}"
        assert _told(person) == [("invited", NETWORK, address)]
    assert _to() == _emails(head, fa)


def test_each_who_joins_is_told_of_and_no_longer_once_she_has_left(cast: SimpleNamespace) -> None:
    town = make_unit("เทศบาล")
    wandee = make_person("วันดี", unit=town)
    for unit in (cast.hospital, town):
        actions.invite_member(cast.network, by=cast.ubon, unit=unit)
    first = actions.join_network(cast.network, by=cast.malee, unit=cast.hospital)
    actions.join_network(cast.network, by=wandee, unit=town)
    _follow()
    assert [Told(one).member for one in notices_of(cast.ubon).rows] == [town, cast.hospital]
    actions.end_membership(first, by=cast.malee)
    _follow()
    assert [Told(one).member for one in notices_of(cast.ubon).rows] == [town]


def test_who_is_away_meanwhile_is_not_named(cast: SimpleNamespace) -> None:
    actions.invite_member(cast.network, by=cast.ubon, person=cast.malee)
    actions.join_network(cast.network, by=cast.malee)
    _follow()
    Person.objects.filter(pk=cast.malee.pk).update(is_active=False)
    [told] = [Told(notice) for notice in notices_of(cast.ubon).rows]
    assert (told.kind, told.member, told.is_own) == ("began", None, False)
    assert "มีสมาชิกใหม่ใน" in render_to_string("talk/told_network.html", {"one": told})


def test_what_a_person_asked_goes_with_her_and_her_notices_too(cast: SimpleNamespace) -> None:
    actions.join_network(cast.network, by=cast.malee)
    invited = make_membership(cast.network, person=cast.nurse, agreed=False, by=cast.ubon)
    _follow()
    assert [row["about"] for row in notices(cast.ubon)] == [NETWORK]
    erase_person(cast.malee, by=cast.malee, keep_content=True)
    actions.end_membership(invited, by=cast.nurse)
    _follow()
    assert [kind for kind, _, _ in _told(cast.ubon)] == ["declined"]
    assert Notice.objects.filter(person=cast.malee).count() == 0


def test_reading_them_takes_the_same_queries_however_many_there_are(cast: SimpleNamespace) -> None:
    def cost() -> int:
        reader = Person.objects.get(pk=cast.ubon.pk)
        with CaptureQueriesContext(connection) as asked:
            shown = [Told(one) for one in notices_of(reader).rows]
            assert len({(one.title, one.words, one.member, one.address) for one in shown}) == len(shown)
        return len(asked)

    actions.join_network(cast.network, by=cast.malee)
    _follow()
    one = cost()
    actions.join_network(cast.network, by=cast.malee, unit=cast.hospital)
    for name in ("ก", "ข", "ค"):
        actions.join_network(cast.network, by=make_person(name))
    _follow()
    assert (len(_told(cast.ubon)), cost()) == (5, one)


def test_telling_a_unit_of_many_takes_the_same_queries(cast: SimpleNamespace) -> None:
    [own] = [one for one in followers() if one.name == "talk.networks"]

    def cost(unit: Unit) -> int:
        actions.invite_member(cast.network, by=cast.ubon, unit=unit)
        with CaptureQueriesContext(connection) as asked:
            catch_up(own)
        return len(asked)

    small, large = make_unit("เทศบาล"), make_unit("โรงพยาบาลใหญ่")
    for unit, people in ((small, 1), (large, 8)):
        for number in range(people):
            make_person(f"คน{number}", unit=unit)
    assert cost(small) == cost(large)
    assert Notice.objects.count() == 9
