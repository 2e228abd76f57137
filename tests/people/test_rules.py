"""Who may what with people: every refusal beside the case in which it is allowed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from prakai.people import rules
from prakai.people.models import Approval, DutyKind, Invitation, Person
from tests.factories.people import make_duty, make_person
from tests.people.conftest import Cast


def test_may_read_when_compared_with_visible_to(cast: Cast) -> None:
    waiting = make_person("รอ", "อนุมัติ", is_active=False)
    gone = make_person("อดีต", "สมาชิก", is_active=False, erased_at=timezone.now())
    people = [cast.malee, cast.somchai, cast.dao, cast.fa, waiting, gone]
    readers: list[Person | None] = [None, cast.malee, cast.somchai, cast.fa]
    seen = {}
    for reader in readers:
        listed = set(Person.objects.visible_to(reader).values_list("pk", flat=True))
        ruled = {person.pk for person in people if rules.may_read(reader, person)}
        assert ruled == listed, reader
        seen[reader] = len(listed)
    assert seen == {None: 3, cast.malee: 4, cast.somchai: 4, cast.fa: 5}


def test_may_join_when_mode_differs(cast: Cast) -> None:
    invitation = Invitation.objects.create(by=cast.fa)
    revoked = Invitation.objects.create(by=cast.fa, revoked_at=timezone.now())
    assert [bool(rules.may_join(mode)) for mode in ("open", "approval", "domain", "invitation")] == [
        True,
        True,
        False,
        False,
    ]
    assert bool(rules.may_join("domain", is_known_domain=True)) is True
    assert bool(rules.may_join("domain", is_named=False)) is True
    assert [
        bool(rules.may_join(mode, invitation=invitation)) for mode in ("invitation", "domain", "open")
    ] == [
        True,
        True,
        True,
    ]
    assert bool(rules.may_join("open", invitation=revoked)) is False


def test_may_invite_when_not_steward(cast: Cast) -> None:
    assert bool(rules.may_invite(cast.fa)) is True
    verdict = rules.may_invite(cast.malee)
    assert (bool(verdict), str(verdict.reason) != "", str(verdict.next_step) != "") == (False, True, True)
    assert bool(rules.may_invite(None)) is False


def test_may_decide_when_already_let_in(cast: Cast) -> None:
    asked = Approval.objects.create(person=make_person(is_active=False))
    assert bool(rules.may_decide(cast.fa, asked)) is True
    assert bool(rules.may_decide(cast.dao, asked)) is False
    asked.approved = False
    assert bool(rules.may_decide(cast.fa, asked)) is True
    asked.approved = True
    assert bool(rules.may_decide(cast.fa, asked)) is False


def test_may_confirm_in_when_head_of_above(cast: Cast) -> None:
    table = {
        (who, unit.name_th): bool(rules.may_confirm_in(person, unit))
        for who, person in (("head", cast.dao), ("member", cast.malee), ("steward", cast.fa))
        for unit in (cast.ward, cast.hospital, cast.ministry, cast.town)
    }
    allowed = {key for key, verdict in table.items() if verdict}
    assert allowed == {
        ("head", cast.ward.name_th),
        ("head", cast.hospital.name_th),
        *((("steward", unit.name_th)) for unit in (cast.ward, cast.hospital, cast.ministry, cast.town)),
    }


def test_may_confirm_in_when_headship_ended(cast: Cast) -> None:
    assert bool(rules.may_confirm_in(cast.dao, cast.hospital)) is True
    cast.dao.appointments.update(until_on=timezone.localdate() - timedelta(days=1))
    assert bool(rules.may_confirm_in(cast.dao, cast.hospital)) is False


def test_may_appoint_when_head_is_claimed(cast: Cast) -> None:
    assert bool(rules.may_appoint(cast.malee, cast.malee, cast.hospital)) is True
    assert bool(rules.may_appoint(cast.malee, cast.malee, cast.hospital, is_head=True)) is False
    assert bool(rules.may_appoint(cast.fa, cast.malee, cast.hospital, is_head=True)) is True
    assert bool(rules.may_appoint(cast.somchai, cast.malee, cast.hospital)) is False


def test_may_end_duty_when_last_steward(cast: Cast) -> None:
    assert bool(rules.may_end_duty(cast.fa, cast.fa, DutyKind.STEWARD)) is False
    make_duty(cast.dao, DutyKind.STEWARD)
    assert bool(rules.may_end_duty(cast.fa, cast.fa, DutyKind.STEWARD)) is True
    assert bool(rules.may_end_duty(cast.malee, cast.fa, DutyKind.STEWARD)) is False


def test_may_erase_when_who_asks_differs(cast: Cast) -> None:
    assert bool(rules.may_erase(cast.malee, cast.malee)) is True
    assert bool(rules.may_erase(cast.fa, cast.malee)) is True
    assert bool(rules.may_erase(cast.somchai, cast.malee)) is False
    assert bool(rules.may_erase(cast.fa, cast.fa)) is False
    make_duty(cast.dao, DutyKind.STEWARD)
    assert bool(rules.may_erase(cast.fa, cast.fa)) is True
    assert bool(rules.may_erase(cast.fa, cast.dao)) is False


def test_may_withdraw_consent_when_terms(cast: Cast) -> None:
    assert bool(rules.may_withdraw_consent(cast.malee, cast.malee, "listed")) is True
    assert bool(rules.may_withdraw_consent(cast.malee, cast.malee, "terms")) is False
    assert bool(rules.may_withdraw_consent(cast.fa, cast.malee, "listed")) is False


def test_may_change_profile_when_only_named(cast: Cast) -> None:
    teller = make_person("ลุงคำ", "", email=None)
    assert bool(rules.may_change_profile(cast.fa, teller)) is True
    assert bool(rules.may_change_profile(cast.fa, cast.malee)) is False
    assert bool(rules.may_change_profile(cast.malee, cast.malee)) is True
