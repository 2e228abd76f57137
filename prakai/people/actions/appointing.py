"""Appointing: who holds which position in which unit, who confirms it, when it ends; and duties for the whole place."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people import rules
from prakai.people.actions.wording import in_words
from prakai.people.models import Appointment, Duty, DutyKind, Person
from prakai.units.models import Unit

LONGEST_POSITION = 160


@transaction.atomic
def appoint(
    person: Person,
    *,
    unit: Unit,
    by: Person,
    position_th: str = "",
    position_en: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
    is_head: bool = False,
    at: datetime | None = None,
) -> Appointment:
    """Say that ``person`` holds a position in ``unit``, and return the appointment.

    Said by a steward or by a head of the unit it counts at once; said by herself it waits for one of them.
    """
    rules.may_appoint(by, person, unit, is_head=is_head).or_refuse()
    _check_days(from_on, until_on)
    is_sure = bool(rules.may_confirm_in(by, unit))
    appointment = Appointment.objects.create(
        person=person,
        unit=unit,
        position_th=in_words(position_th, most=LONGEST_POSITION),
        position_en=in_words(position_en, most=LONGEST_POSITION),
        from_on=from_on,
        until_on=until_on,
        is_head=is_head,
        confirmed_at=(at or timezone.now()) if is_sure else None,
        confirmed_by=by if is_sure else None,
    )
    _forget_circle(person)
    record("appointment.made", appointment, by=by, at=at, person=person.pk, unit=unit.pk)
    return appointment


@transaction.atomic
def confirm_appointment(appointment: Appointment, *, by: Person, at: datetime | None = None) -> Appointment:
    """Say that the stated appointment is true: from now on the unit's own circle includes her."""
    rules.may_confirm_in(by, appointment.unit).or_refuse()
    if appointment.confirmed_at is None:
        appointment.confirmed_at = at or timezone.now()
        appointment.confirmed_by = by
        appointment.save(update_fields=["confirmed_at", "confirmed_by"])
        _forget_circle(appointment.person)
        record("appointment.confirmed", appointment, by=by, at=at, person=appointment.person_id)
    return appointment


@transaction.atomic
def change_appointment(
    appointment: Appointment,
    *,
    by: Person,
    position_th: str,
    position_en: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
    at: datetime | None = None,
) -> Appointment:
    """Correct the words and days of an appointment. Its unit and whether it is confirmed stay as they are.

    A confirmed one that ended cannot be prolonged by herself: that is a new appointment.
    """
    rules.may_end_appointment(by, appointment).or_refuse()
    _check_days(from_on, until_on)
    ended = appointment.until_on is not None
    longer = ended and (until_on is None or until_on > (appointment.until_on or until_on))
    if longer and appointment.confirmed_at is not None and not rules.may_confirm_in(by, appointment.unit):
        appointment.confirmed_at, appointment.confirmed_by = None, None
    appointment.position_th = in_words(position_th, most=LONGEST_POSITION)
    appointment.position_en = in_words(position_en, most=LONGEST_POSITION)
    appointment.from_on, appointment.until_on = from_on, until_on
    appointment.save()
    _forget_circle(appointment.person)
    record("appointment.changed", appointment, by=by, at=at, person=appointment.person_id)
    return appointment


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, by: Person, on: date | None = None, at: datetime | None = None
) -> Appointment:
    """Let the appointment end with the day ``on`` (yesterday if none is given, so that it no longer counts today)."""
    rules.may_end_appointment(by, appointment).or_refuse()
    last = on or date.fromordinal(timezone.localdate(at).toordinal() - 1)
    if appointment.from_on is not None and last < appointment.from_on:
        last = appointment.from_on
    appointment.until_on = last
    appointment.save(update_fields=["until_on"])
    _forget_circle(appointment.person)
    record("appointment.ended", appointment, by=by, at=at, person=appointment.person_id)
    return appointment


@transaction.atomic
def drop_appointment(appointment: Appointment, *, by: Person, at: datetime | None = None) -> None:
    """Remove an appointment that was never true: stated by mistake, or not confirmed by the unit."""
    rules.may_end_appointment(by, appointment).or_refuse()
    record("appointment.dropped", appointment, by=by, at=at, person=appointment.person_id)
    _forget_circle(appointment.person)
    appointment.delete()


@transaction.atomic
def give_duty(person: Person, kind: str, *, by: Person, at: datetime | None = None) -> Duty:
    """Give ``person`` the duty of a steward or facilitator; giving it twice changes nothing."""
    rules.may_give_duty(by, person).or_refuse()
    if kind not in DutyKind.values:
        raise ValidationError({"kind": pgettext("people error", "There is no such duty.")})
    held = Duty.objects.filter(person=person, kind=kind, ended_at__isnull=True).first()
    if held is not None:
        return held
    duty = Duty.objects.create(person=person, kind=kind, by=by, at=at or timezone.now())
    person.__dict__.pop("duties_held", None)
    record("duty.given", duty, by=by, at=at, person=person.pk, kind=kind)
    return duty


@transaction.atomic
def end_duty(duty: Duty, *, by: Person, at: datetime | None = None) -> Duty:
    """Let the duty end; ending it twice changes nothing."""
    rules.may_end_duty(by, duty.person, duty.kind).or_refuse()
    if duty.ended_at is None:
        duty.ended_at = at or timezone.now()
        duty.save(update_fields=["ended_at"])
        duty.person.__dict__.pop("duties_held", None)
        record("duty.ended", duty, by=by, at=at, person=duty.person_id, kind=duty.kind)
    return duty


def _check_days(from_on: date | None, until_on: date | None) -> None:
    if from_on is not None and until_on is not None and until_on < from_on:
        raise ValidationError({"until_on": pgettext("people error", "It cannot end before it begins.")})


def _forget_circle(person: Person) -> None:
    person.__dict__.pop("unit_circle", None)
