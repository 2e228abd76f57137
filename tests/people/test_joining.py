"""Joining in every mode, invitations to the last use, and what a steward decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.people import actions
from prakai.people.models import Appointment, Approval, Consent, EmailDomain, Invitation, Person
from tests.people.conftest import Cast


def _newcomer(email: str = "new@somewhere.example", given_th: str = "ใหม่") -> Person:
    person = Person(email=email, given_th=given_th, family_th="มาเยือน")
    person.set_unusable_password()
    return person


def _join(email: str = "new@somewhere.example", *, mode: str = "open", **more: Any) -> Person:
    return actions.join(_newcomer(email), by=None, mode=mode, **more)


def _verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_join_when_open(cast: Cast) -> None:
    person = _join(unit=cast.town)
    person.refresh_from_db()
    appointment = person.appointments.get()
    assert (person.is_active, person.is_listed, appointment.unit) == (True, False, cast.town)
    assert appointment.confirmed_at is None
    assert person.unit_circle == frozenset()
    assert list(person.consents.values_list("kind", flat=True)) == ["terms"]
    entry = Entry.objects.get()
    assert (entry.verb, entry.by_id, entry.facts) == ("person.joined", person.pk, {"way": "open"})


def test_join_when_she_wants_to_be_seen(db: None) -> None:
    person = _join(is_listed=True)
    assert person.is_listed is True
    assert sorted(person.consents.values_list("kind", flat=True)) == ["listed", "terms"]


def test_join_when_approval_is_needed(cast: Cast) -> None:
    person = _join(mode="approval", because="อยากเล่าเรื่องงานเยี่ยมบ้าน")
    assert person.is_active is False
    assert person.approval.because == "อยากเล่าเรื่องงานเยี่ยมบ้าน"
    actions.approve_person(person.approval, by=cast.fa)
    person.refresh_from_db()
    assert (person.is_active, person.approval.approved, person.approval.decided_by) == (True, True, cast.fa)
    assert _verbs() == ["person.asked", "person.approved"]


def test_join_when_approval_mode_but_invited(cast: Cast) -> None:
    invitation = actions.invite(by=cast.fa, unit=cast.hospital)
    person = _join(mode="approval", invitation=invitation, unit=cast.ward)
    assert (person.is_active, Approval.objects.count()) == (True, 0)
    assert (person.appointments.get().unit, person.appointments.get().confirmed_by) == (cast.ward, cast.fa)
    assert cast.hospital.pk in person.unit_circle


def test_join_when_invited_but_names_another_unit(cast: Cast) -> None:
    invitation = actions.invite(by=cast.fa, unit=cast.hospital)
    person = _join(mode="invitation", invitation=invitation, unit=cast.town)
    assert person.appointments.get().confirmed_at is None


def test_decline_person_when_reason_is_given(cast: Cast) -> None:
    approval = _join(mode="approval").approval
    with pytest.raises(ValidationError):
        actions.decline_person(approval, by=cast.fa, because="  ")
    actions.decline_person(approval, by=cast.fa, because="ขอให้ใช้อีเมลของหน่วยงานนะคะ")
    approval.refresh_from_db()
    assert (approval.approved, approval.person.is_active) == (False, False)
    assert Entry.objects.get(verb="person.declined").facts == {"because": "ขอให้ใช้อีเมลของหน่วยงานนะคะ"}
    actions.approve_person(approval, by=cast.fa)
    assert approval.person.is_active is True


def test_approve_person_when_not_steward(cast: Cast) -> None:
    approval = _join(mode="approval").approval
    with pytest.raises(Refused):
        actions.approve_person(approval, by=cast.dao)
    assert Approval.objects.get().approved is None


def test_join_when_invitation_is_needed(cast: Cast) -> None:
    with pytest.raises(Refused):
        _join(mode="invitation")
    invitation = actions.invite(by=cast.fa)
    _join(mode="invitation", invitation=invitation)
    assert Invitation.objects.get().uses == 1


def test_join_when_two_hold_the_last_use(cast: Cast) -> None:
    """Both requests read the invitation while it was open; one gets in, the other is told why not."""
    made = actions.invite(by=cast.fa, most_uses=2)
    readings = [Invitation.objects.get(pk=made.pk) for _ in range(3)]
    assert [reading.is_open() for reading in readings] == [True, True, True]
    _join("one@somewhere.example", mode="invitation", invitation=readings[0])
    _join("two@somewhere.example", mode="invitation", invitation=readings[1])
    with pytest.raises(Refused):
        _join("three@somewhere.example", mode="invitation", invitation=readings[2])
    assert Invitation.objects.get().uses == 2
    assert Person.objects.filter(email__endswith="somewhere.example").count() == 2


def test_join_when_invitation_expired_or_revoked(cast: Cast) -> None:
    now = timezone.now()
    late = actions.invite(by=cast.fa, expires_at=now + timedelta(days=1))
    Invitation.objects.filter(pk=late.pk).update(expires_at=now - timedelta(minutes=1))
    late.refresh_from_db()
    revoked = actions.revoke_invitation(actions.invite(by=cast.fa), by=cast.fa)
    for invitation in (late, revoked):
        with pytest.raises(Refused):
            _join(mode="open", invitation=invitation)
    assert list(Invitation.objects.open()) == []


@pytest.mark.parametrize(
    ("email", "joins"),
    [
        ("a@moph.go.th", True),
        ("a@ward.hospital.moph.go.th", True),
        ("A@MOPH.GO.TH", True),
        ("a@notmoph.go.th", False),
        ("a@moph.go.th.evil.example", False),
        ("a@go.th", False),
        ("moph.go.th@evil.example", False),
    ],
)
def test_join_when_domain_is_needed(cast: Cast, email: str, joins: bool) -> None:
    actions.allow_domain("@MOPH.go.th", by=cast.fa)
    if joins:
        assert _join(email, mode="domain").is_active is True
        return
    with pytest.raises(Refused):
        _join(email, mode="domain")


def test_join_when_domain_vouches_for_a_unit(cast: Cast) -> None:
    actions.allow_domain("go.th", by=cast.fa)
    actions.allow_domain("doikham.go.th", by=cast.fa, unit=cast.hospital)
    checked = _join("a@doikham.go.th", mode="domain", email_is_checked=True)
    claimed = _join("b@doikham.go.th", mode="open", unit=cast.hospital)
    assert (checked.appointments.get().unit, checked.appointments.get().confirmed_at is None) == (
        cast.hospital,
        False,
    )
    assert claimed.appointments.get().confirmed_at is None


def test_vouch_by_address_when_it_is_shown_to_be_hers(cast: Cast) -> None:
    actions.allow_domain("doikham.go.th", by=cast.fa, unit=cast.hospital)
    named, silent, elsewhere, old = (
        _join(f"{n}@doikham.go.th", mode="domain", unit=unit)
        for n, unit in enumerate((cast.hospital, None, cast.ministry, cast.hospital))
    )
    old.last_login = timezone.now()
    for person in (named, silent, elsewhere, old):
        actions.vouch_by_address(person, by=person, email=person.email or "")
    held = [
        [row.unit for row in person.appointments.confirmed()] for person in (named, silent, elsewhere, old)
    ]
    assert held == [[cast.hospital], [cast.hospital], [], []]
    assert Entry.objects.filter(verb="appointment.confirmed").count() == 2
    with pytest.raises(Refused):
        actions.vouch_by_address(elsewhere, by=named, email="2@doikham.go.th")


@pytest.mark.parametrize("domain", ["", "nodot", "a b.th", "-x.th", "x..th", "http://x.th", "x.th/y"])
def test_allow_domain_when_it_is_none(cast: Cast, domain: str) -> None:
    with pytest.raises(ValidationError):
        actions.allow_domain(domain, by=cast.fa)
    assert EmailDomain.objects.count() == 0


def test_forbid_domain_when_named(cast: Cast) -> None:
    row = actions.allow_domain("*.moph.go.th", by=cast.fa)
    assert row.domain == "moph.go.th"
    actions.forbid_domain(row, by=cast.fa)
    assert (EmailDomain.objects.count(), _verbs()) == (0, ["domain.allowed", "domain.forbidden"])


def test_join_when_names_are_missing_or_untidy(db: None) -> None:
    tidy = actions.join(_newcomer(given_th="  มา\u200bลี \n "), by=None, mode="open")
    assert tidy.given_th == "มาลี"
    with pytest.raises(ValidationError) as trouble:
        actions.join(_newcomer("x@y.example", given_th=" "), by=None, mode="open")
    assert list(trouble.value.message_dict) == ["given_th"]
    with pytest.raises(ValidationError):
        actions.join(_newcomer("x@y.example", given_th="ก" * 61), by=None, mode="open")


def test_invite_when_wishes_are_wrong(cast: Cast) -> None:
    for wrong in ({"most_uses": 0}, {"most_uses": 501}, {"expires_at": timezone.now() - timedelta(days=1)}):
        with pytest.raises(ValidationError):
            actions.invite(by=cast.fa, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.invite(by=cast.malee)
    assert (Invitation.objects.count(), _verbs()) == (0, [])


def test_revoke_invitation_when_not_hers(cast: Cast) -> None:
    invitation = actions.invite(by=cast.fa)
    with pytest.raises(Refused):
        actions.revoke_invitation(invitation, by=cast.malee)
    actions.revoke_invitation(invitation, by=cast.fa)
    with pytest.raises(Refused):
        actions.revoke_invitation(invitation, by=cast.fa)
    assert (Appointment.objects.filter(unit=cast.town).count(), Consent.objects.count()) == (1, 0)
