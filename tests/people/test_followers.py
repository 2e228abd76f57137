"""When units merge, those who work there go on; and nobody becomes a head by it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from prakai.journal.following import catch_up, followers
from prakai.journal.models import Cursor, Entry, Setback
from prakai.people.followers import carry_appointments
from prakai.people.models import Appointment, Person
from prakai.units.actions import merge_units
from prakai.units.models import Unit
from tests.factories.people import make_appointment, make_person
from tests.people.conftest import Cast

ON = timezone.localdate() - timedelta(days=30)


def follow_all() -> None:
    for follower in followers():
        if follower.name == "people.mergers":
            catch_up(follower)


def merged(earlier: Unit, later: Unit, by: Person, on: date = ON) -> Entry:
    merge_units(earlier, later, by=by, on=on)
    return Entry.objects.filter(verb="unit.merged").latest("pk")


def rows_of(person: Person) -> list[tuple[Any, ...]]:
    rows = Appointment.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("unit", "position_th", "from_on", "until_on", "is_head"))


def test_who_works_in_a_merged_unit_goes_on_in_the_later_one(cast: Cast) -> None:
    since = cast.dao.appointments.get().from_on
    merged(cast.hospital, cast.town, cast.fa)
    follow_all()
    assert rows_of(cast.dao) == [
        (cast.hospital.pk, "ผู้อำนวยการ", since, ON - timedelta(days=1), True),
        (cast.town.pk, "ผู้อำนวยการ", ON, None, False),
    ]
    assert Setback.objects.count() == 0


def test_a_unit_beneath_that_moved_keeps_its_people(cast: Cast) -> None:
    before = rows_of(cast.malee)
    merged(cast.hospital, cast.town, cast.fa)
    follow_all()
    assert rows_of(cast.malee) == before


def test_confirmed_stays_confirmed_and_stated_stays_stated(cast: Cast) -> None:
    stated = make_person("บุญมี", "มาใหม่")
    make_appointment(stated, cast.hospital)
    stated.appointments.update(confirmed_at=None)
    confirmed = cast.dao.appointments.get()
    merged(cast.hospital, cast.town, cast.fa)
    follow_all()
    assert stated.appointments.get(unit=cast.town).confirmed_at is None
    assert cast.dao.appointments.get(unit=cast.town).confirmed_at == confirmed.confirmed_at


@pytest.mark.parametrize(
    ("from_days", "until_days", "found"),
    [
        (-300, -31, [("hospital", -300, -31)]),
        (-300, -30, [("hospital", -300, -31), ("town", -30, -30)]),
        (-300, 60, [("hospital", -300, -31), ("town", -30, 60)]),
        (None, None, [("hospital", None, -31), ("town", -30, None)]),
        (-30, None, [("town", -30, None)]),
        (10, 90, [("town", 10, 90)]),
    ],
)
def test_only_what_lasts_goes_on(
    cast: Cast,
    from_days: int | None,
    until_days: int | None,
    found: list[tuple[str, int | None, int | None]],
) -> None:
    def day(days: int | None) -> date | None:
        return None if days is None else timezone.localdate() + timedelta(days=days)

    person = make_person("สมหญิง", "ทำดี")
    row = make_appointment(person, cast.hospital, until_on=day(until_days))
    Appointment.objects.filter(pk=row.pk).update(from_on=day(from_days))
    merged(cast.hospital, cast.town, cast.fa)
    follow_all()
    assert [(unit, start, end) for unit, _, start, end, _ in rows_of(person)] == [
        (getattr(cast, name).pk, day(start), day(end)) for name, start, end in found
    ]


def test_doing_it_twice_changes_nothing(cast: Cast) -> None:
    entry = merged(cast.hospital, cast.town, cast.fa)
    follow_all()
    once = rows_of(cast.dao)
    carry_appointments(entry)
    Cursor.objects.all().delete()
    follow_all()
    assert rows_of(cast.dao) == once
    carried = Entry.objects.filter(verb="appointment.carried_on")
    assert [(e.by_id, e.facts) for e in carried] == [
        (cast.fa.pk, {"person": cast.dao.pk, "unit": cast.town.pk, "earlier_unit": cast.hospital.pk})
    ]


def test_two_mergers_in_a_row_are_followed_in_order(cast: Cast) -> None:
    region = Unit.objects.create(name_th="สำนักงานภาค")
    Unit.objects.filter(pk=region.pk).update(path=f"{region.pk}.")
    region.refresh_from_db()
    merged(cast.hospital, cast.town, cast.fa, on=ON)
    merged(cast.town, region, cast.fa, on=ON + timedelta(days=10))
    follow_all()
    assert [(unit, start, end) for unit, _, start, end, _ in rows_of(cast.dao)][1:] == [
        (cast.town.pk, ON, ON + timedelta(days=9)),
        (region.pk, ON + timedelta(days=10), None),
    ]
    assert [unit for unit, *_ in rows_of(cast.somchai)] == [cast.town.pk, region.pk]
