"""Joining: somebody becomes a member, at once or after a steward has decided."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people import rules
from prakai.people.actions.wording import TERMS, in_words, name_in_words
from prakai.people.models import (
    Appointment,
    Approval,
    Consent,
    ConsentKind,
    EmailDomain,
    Invitation,
    Joining,
    Person,
)
from prakai.units.models import Unit


@transaction.atomic
def join(
    person: Person,
    *,
    by: Person | None,
    mode: str,
    invitation: Invitation | None = None,
    unit: Unit | None = None,
    is_listed: bool = False,
    because: str = "",
    email_is_checked: bool = False,
    terms: str = TERMS,
    at: datetime | None = None,
) -> Person:
    """Make the unsaved ``person`` (with names, e-mail and password set) a member and return her.

    ``by`` is ``None`` when she comes by herself. Under ``approval`` she is inactive until a steward decides, unless she
    was invited. The unit is hers at once only where somebody vouches: the invitation, or the domain when the address is
    known to be hers; otherwise she states it, and ``vouch_by_address`` or the unit confirms.
    Raises ``Refused`` when the invitation was just used up.
    """
    now = at or timezone.now()
    domain = EmailDomain.objects.covering(person.email or "").first()
    rules.may_join(mode, invitation=invitation, is_known_domain=domain is not None).or_refuse()
    _check(person)
    waits = mode == Joining.APPROVAL and invitation is None
    person.is_active = not waits
    person.is_listed = is_listed
    person.joined_at = now
    person.save()
    if invitation is not None:
        _use(invitation, now)
    Consent.objects.create(person=person, kind=ConsentKind.TERMS, wording=terms, given_at=now)
    if is_listed:
        Consent.objects.create(person=person, kind=ConsentKind.LISTED, wording=terms, given_at=now)
    _first_appointment(person, unit, invitation, domain if email_is_checked else None, now)
    if waits:
        Approval.objects.create(person=person, asked_at=now, because=in_words(because, most=2000))
    record(
        "person.asked" if waits else "person.joined",
        person,
        by=by or person,
        at=at,
        way=_way(mode, invitation),
    )
    return person


def _check(person: Person) -> None:
    person.given_th = name_in_words(person.given_th)
    person.family_th = name_in_words(person.family_th)
    if not person.given_th:
        raise ValidationError({"given_th": pgettext("people error", "Please write your given name.")})
    if not person.email:
        raise ValidationError({"email": pgettext("people error", "Please write your e-mail address.")})


def _use(invitation: Invitation, now: datetime) -> None:
    """Take one use of the invitation; of two requests for the last one, one is refused."""
    taken = Invitation.objects.open(now).filter(pk=invitation.pk).update(uses=F("uses") + 1)
    invitation.refresh_from_db()
    if not taken:
        rules.may_join(Joining.INVITATION, invitation=invitation).or_refuse()


def _first_appointment(
    person: Person,
    unit: Unit | None,
    invitation: Invitation | None,
    domain: EmailDomain | None,
    now: datetime,
) -> None:
    vouched = [
        source.unit for source in (invitation, domain) if source is not None and source.unit is not None
    ]
    vouched_paths = tuple(place.path for place in vouched)
    place = unit or (vouched[0] if vouched else None)
    if place is None:
        return
    is_sure = bool(vouched_paths) and place.path.startswith(vouched_paths)
    Appointment.objects.create(
        person=person,
        unit=place,
        from_on=None,
        confirmed_at=now if is_sure else None,
        confirmed_by=invitation.by if is_sure and invitation is not None else None,
    )


@transaction.atomic
def vouch_by_address(
    person: Person, *, by: Person, email: str, at: datetime | None = None
) -> Appointment | None:
    """Let the unit of the domain vouch for somebody new, now that she has shown that ``email`` is hers.

    Confirms the unit that she named when joining, or makes her one of the domain's unit when she named none. Only
    before she signs in for the first time: whoever is here already asks the heads of her unit.
    """
    rules.may_decide_for(by, person).or_refuse()
    domain = EmailDomain.objects.covering(email).select_related("unit").first()
    if person.last_login is not None or domain is None or domain.unit is None:
        return None
    now = at or timezone.now()
    held = person.appointments.select_related("unit").order_by("pk").first()
    if held is None:
        held = Appointment.objects.create(person=person, unit=domain.unit, confirmed_at=now)
    elif held.confirmed_at is None and held.unit.path.startswith(domain.unit.path):
        held.confirmed_at = now
        held.save(update_fields=["confirmed_at"])
    else:
        return None
    person.__dict__.pop("unit_circle", None)
    record("appointment.confirmed", held, by=by, at=at, person=person.pk)
    return held


def _way(mode: str, invitation: Invitation | None) -> str:
    return Joining.INVITATION if invitation is not None else mode


@transaction.atomic
def approve_person(approval: Approval, *, by: Person, at: datetime | None = None) -> Approval:
    """Let in who asked; she may sign in from now on and is told so by mail."""
    rules.may_decide(by, approval).or_refuse()
    _decide(approval, by, approved=True, answer="", at=at)
    person = approval.person
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("person.approved", person, by=by, at=at)
    return approval


@transaction.atomic
def decline_person(approval: Approval, *, by: Person, because: str, at: datetime | None = None) -> Approval:
    """Decline who asked, with words that she is told."""
    rules.may_decide(by, approval).or_refuse()
    words = in_words(because, most=2000)
    if not words:
        raise ValidationError(
            {
                "because": pgettext(
                    "people error", "Please write why, in words that you would say face to face."
                )
            }
        )
    _decide(approval, by, approved=False, answer=words, at=at)
    record("person.declined", approval.person, by=by, at=at, because=words)
    return approval


def _decide(approval: Approval, by: Person, *, approved: bool, answer: str, at: datetime | None) -> None:
    approval.approved, approval.answer = approved, answer
    approval.decided_by = by
    approval.decided_at = at or timezone.now()
    approval.save(update_fields=["approved", "answer", "decided_by", "decided_at"])
