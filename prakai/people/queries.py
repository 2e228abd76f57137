"""What is read of people, shaped for pages: a constant number of SQL queries each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.kernel.paging import Page
from prakai.people.models import (
    Appointment,
    Approval,
    Consent,
    ConsentKind,
    Duty,
    DutyKind,
    EmailDomain,
    Invitation,
    Person,
    PersonQuerySet,
)
from prakai.thai.folding import fold
from prakai.thai.names import bare_name
from prakai.units.models import Unit

PAGE = 30


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as one row of a list: with the confirmed appointments that she holds now."""

    person: Person
    appointments: list[Appointment]

    @property
    def post(self) -> str:
        """Position and unit in words, empty when she holds none."""
        return post_of(self.appointments)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of a person shows. ``held`` now, ``earlier`` those that ended, both newest first."""

    person: Person
    held: list[Appointment]
    earlier: list[Appointment]
    duties: list[str]
    is_herself: bool

    @property
    def post(self) -> str:
        """Position and unit in words, empty when she holds none."""
        return post_of([row for row in self.held if row.confirmed_at is not None])


def on_duty() -> set[int]:
    """Return the ids of all who hold a duty on the platform now."""
    return set(Duty.objects.filter(ended_at__isnull=True).values_list("person", flat=True))


def post_of(appointments: list[Appointment]) -> str:
    """Return position and unit of the first appointment in words, empty when there is none."""
    if not appointments:
        return ""
    first = appointments[0]
    return " · ".join(part for part in (first.position, first.unit.name) if part)


def _named(people: PersonQuerySet, words: str) -> PersonQuerySet:
    """Those whose names hold every one of the words; titles and ranks do not count."""
    for word in fold(bare_name(words)).split():
        people = people.filter(folded__contains=word)
    return people


def people_list(
    reader: Person | None,
    *,
    words: str = "",
    knows: str = "",
    unit: Unit | None = None,
    after: str | None = None,
    size: int = PAGE,
) -> Page[Person]:
    """Return people that ``reader`` may see, in Thai order, each with ``.rows_held`` (confirmed, of today).

    ``words`` are sought in names and in what people know; ``knows`` is one tag; ``unit`` includes those beneath.
    ``after`` is the public id of the last person of the page before (``older`` of that page).
    """
    people = Person.objects.visible_to(reader)
    for word in fold(bare_name(words)).split():
        people = people.filter(Q(folded__contains=word) | Q(known__contains=word))
    if knows:
        people = people.knowing(knows)
    if unit is not None:
        there = Appointment.objects.holding(timezone.localdate()).confirmed()
        there = there.filter(unit__path__startswith=unit.path)
        people = people.filter(pk__in=there.values("person"))
    mark = Person.objects.filter(public_id=after).only("order_key", "pk").first() if after else None
    if mark is not None:
        people = people.filter(Q(order_key__gt=mark.order_key) | Q(order_key=mark.order_key, pk__gt=mark.pk))
    found = list(with_appointments(people.in_order())[: size + 1])
    older = found[size - 1].public_id if len(found) > size else None
    return Page(found[:size], older, mark is None)


def _held_now() -> Prefetch[str]:
    held = Appointment.objects.holding(timezone.localdate()).confirmed().select_related("unit").newest_first()
    return Prefetch("appointments", queryset=held, to_attr="rows_held")


def with_appointments(people: PersonQuerySet) -> PersonQuerySet:
    """Return ``people`` each with ``.rows_held`` (confirmed, of today), as rows of lists show them."""
    return people.prefetch_related(_held_now())


def rows_of(people: list[Person]) -> list[PersonRow]:
    """Return ``people`` (read with ``people_list`` or ``find_people``) as rows."""
    return [PersonRow(person, getattr(person, "rows_held", [])) for person in people]


def person_page(person: Person, reader: Person | None) -> PersonPage:
    """Return what the page of ``person`` shows to ``reader``; two queries beside the person's own.

    What is only stated and not confirmed is shown to members, with a word that says so, and not to visitors.
    """
    appointments = person.appointments.select_related("unit").newest_first()
    if reader is None:
        appointments = appointments.confirmed()
    rows = list(appointments)
    return PersonPage(
        person=person,
        held=[row for row in rows if row.holds()],
        earlier=[row for row in rows if not row.holds()],
        duties=[str(DutyKind(kind).label) for kind in sorted(person.duties_held)],
        is_herself=reader is not None and reader.pk == person.pk,
    )


def people_now(unit: Unit, reader: Person | None, *, most: int) -> list[Appointment]:
    """Return who is confirmed in ``unit`` today and may be seen by ``reader``, by name, at most ``most``; one query.

    Nobody stands first: the head of a unit is found under her own letter.
    """
    seen = Person.objects.visible_to(reader)
    held = Appointment.objects.filter(unit=unit, person__in=seen).holding(timezone.localdate()).confirmed()
    return list(held.select_related("person").order_by("person__order_key", "person_id", "pk")[:most])


def find_people(
    words: str, reader: Person | None, limit: int = 8, *, among: Sequence[int] | None = None
) -> list[Person]:
    """Return up to ``limit`` people whom ``words`` may mean: Thai or English name, nickname; titles ignored.

    Names that begin with the words come first, then Thai order. Each has ``.rows_held``. No words find nobody.

    It walks through all people; with ``among`` only through those of these numbers.
    """
    sought = fold(bare_name(words))
    if not sought:
        return []
    seen = Person.objects.visible_to(reader)
    named = _named(seen if among is None else seen.filter(pk__in=among), words)
    found = list(with_appointments(named.in_order())[: limit * 5])
    found.sort(key=lambda person: not any(line.startswith(sought) for line in person.folded.split("\n")))
    return found[:limit]


def last_way_back(person: Person) -> Entry | None:
    """Return the journal's newest line that a link to a new password was made for ``person``."""
    lines = Entry.objects.filter(verb="way_back.given", thing_kind="people.person", thing_id=person.pk)
    return lines.order_by("-pk").first()


def stewards() -> list[Person]:
    """Return those who look after this place, in Thai order."""
    return list(
        Person.objects.present()
        .filter(duties__kind=DutyKind.STEWARD, duties__ended_at__isnull=True)
        .in_order()
        .distinct()
    )


def invitations(*, at: datetime | None = None) -> list[Invitation]:
    """Return invitations that still hold first, then those of old, newest first; at most 200."""
    rows = Invitation.objects.select_related("by", "unit").order_by("-created_at")[:200]
    return sorted(rows, key=lambda invitation: not invitation.is_open(at))


def invitation_at(token: str) -> Invitation | None:
    """Return the invitation behind a link, whether it still holds or not."""
    return Invitation.objects.select_related("by", "unit").filter(token=token[:24]).first()


def domains() -> list[EmailDomain]:
    """Return the known e-mail domains by name."""
    return list(EmailDomain.objects.select_related("unit", "by").order_by("domain"))


def approvals_waiting() -> list[Approval]:
    """Return requests to join that nobody has decided, the longest waiting first."""
    return list(
        Approval.objects.filter(approved__isnull=True, person__erased_at__isnull=True)
        .select_related("person")
        .prefetch_related(Prefetch("person__appointments", Appointment.objects.select_related("unit")))
        .order_by("asked_at")
    )


def approvals_declined(limit: int = 50) -> list[Approval]:
    """Return requests that were declined, the latest first: a steward may take one up again."""
    rows = Approval.objects.filter(approved=False, person__erased_at__isnull=True)
    return list(rows.select_related("person", "decided_by").order_by("-decided_at")[:limit])


def appointments_waiting(reader: Person) -> list[Appointment]:
    """Return stated appointments that ``reader`` may confirm: a steward all, a head those of her units."""
    rows = Appointment.objects.waiting().filter(person__in=Person.objects.present())
    rows = rows.select_related("person", "unit").order_by("pk")
    if reader.is_steward:
        return list(rows)
    led = reader.appointments.confirmed().holding(timezone.localdate()).filter(is_head=True)
    led_paths = list(led.values_list("unit__path", flat=True))
    if not led_paths:
        return []
    under = Q()
    for path in led_paths:
        under |= Q(unit__path__startswith=path)
    return list(rows.filter(under))


def leads_something(reader: Person) -> bool:
    """Return whether ``reader`` is the head of a unit today."""
    return reader.appointments.confirmed().holding(timezone.localdate()).filter(is_head=True).exists()


def consents_of(person: Person) -> list[Consent]:
    """Return every consent of ``person``, given and withdrawn, newest first."""
    return list(person.consents.order_by("-given_at"))


def takes_letters(person: Person) -> bool:
    """Return whether a letter may go to ``person``: she is here, has an address, and did not take letters back."""
    if person.erased_at is not None or not person.email:
        return False
    newest = person.consents.filter(kind=ConsentKind.MAIL).order_by("-given_at", "-pk").first()
    return newest is None or newest.withdrawn_at is None


def consent_in_force(person: Person, kind: str) -> Consent | None:
    """Return the consent of this kind that holds now."""
    return person.consents.filter(kind=kind, withdrawn_at__isnull=True).order_by("-given_at").first()
