"""What people do when a unit speaks: whoever worked in a unit that was merged goes on in the one it went into."""

from __future__ import annotations

from datetime import date, timedelta

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.journal.recording import record
from prakai.people.models import Appointment, Person


@follow("people.mergers", "unit.merged")
def carry_appointments(entry: Entry) -> None:
    """Let the appointments in force in the merged unit end with its last day, and go on in the later unit.

    Position, last day, and whether somebody confirmed it stay; who led the unit that ended does not lead the later one
    by that, for stewards say who leads. One that was to begin later simply moves. Doing it twice changes nothing.
    """
    later, on = int(entry.facts["into"]), date.fromisoformat(entry.facts["on"])
    by = Person.objects.filter(pk=entry.by_id).first()
    going_on = Appointment.objects.filter(unit=entry.thing_id).exclude(until_on__lt=on)
    for row in going_on.select_for_update().order_by("pk"):
        facts = {"person": row.person_id, "unit": later, "earlier_unit": entry.thing_id}
        if row.from_on is not None and row.from_on >= on:
            row.unit_id = later
            row.is_head = False
            row.save(update_fields=["unit", "is_head"])
            record("appointment.carried_on", row, by=by, at=entry.at, **facts)
            continue
        following = Appointment.objects.create(
            person_id=row.person_id,
            unit_id=later,
            position_th=row.position_th,
            position_en=row.position_en,
            from_on=on,
            until_on=row.until_on,
            confirmed_at=row.confirmed_at,
            confirmed_by_id=row.confirmed_by_id,
        )
        row.until_on = on - timedelta(days=1)
        row.save(update_fields=["until_on"])
        record("appointment.carried_on", following, by=by, at=entry.at, **facts)
