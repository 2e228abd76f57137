"""People for tests: real rows, made in one line."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from prakai.people.models import Appointment, Duty, DutyKind, Person
from prakai.units.models import Unit

PASSWORD = "ฝนตกที่ดอยคำ-2550"
_running = count(1)


def make_person(
    given_th: str = "มาลี",
    family_th: str = "ใจงาม",
    *,
    email: str | None = "",
    password: str | None = None,
    unit: Unit | None = None,
    position_th: str = "นักวิชาการ",
    steward: bool = False,
    facilitator: bool = False,
    **fields: Any,
) -> Person:
    """Return a saved person.

    ``email`` empty gives a fresh address, ``None`` a person who is only named. Without ``password`` nobody can
    sign in with one (hashing is slow); ``PASSWORD`` is a good one. ``unit`` appoints her there since a year ago.
    """
    address = f"person{next(_running)}@test.example" if email == "" else email
    person = Person(email=address, given_th=given_th, family_th=family_th, **fields)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    if unit is not None:
        make_appointment(person, unit, position_th=position_th)
    if steward:
        make_duty(person, DutyKind.STEWARD)
    if facilitator:
        make_duty(person, DutyKind.FACILITATOR)
    return person


def make_appointment(
    person: Person,
    unit: Unit,
    *,
    position_th: str = "นักวิชาการ",
    from_on: date | None = None,
    until_on: date | None = None,
    is_head: bool = False,
) -> Appointment:
    """Appoint ``person`` in ``unit``, since a year ago unless told otherwise."""
    person.__dict__.pop("unit_circle", None)
    return Appointment.objects.create(
        person=person,
        unit=unit,
        position_th=position_th,
        from_on=from_on or timezone.localdate() - timedelta(days=365),
        until_on=until_on,
        is_head=is_head,
    )


def make_duty(person: Person, kind: str = DutyKind.STEWARD, *, by: Person | None = None) -> Duty:
    """Give ``person`` a duty on the platform."""
    person.__dict__.pop("duties_held", None)
    return Duty.objects.create(person=person, kind=kind, by=by)
