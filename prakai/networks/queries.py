"""What is read of networks: reads shaped for a page, each in a constant number of SQL queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.networks import rules
from prakai.networks.models import Charter, Membership, Network, NetworkQuerySet, Rest, Stewardship
from prakai.people.models import Appointment, Person
from prakai.people.queries import stewards
from prakai.thai.folding import clean
from prakai.units.models import Unit

PAGE_SIZE = 50
MOST_MEMBERS = 500
MOST_CHARTERS = 50
FRESH: Final = timedelta(days=2)
"""Older lines of the journal are not told any more: who reads them then is a follower that is new at this place."""
ASKED_LATELY: Final = timedelta(days=7)
"""Who asks and takes it back, and asks again, is read of on the desk each time; a letter leaves once in so long."""
TOLD: Final = ("membership.invited", "membership.asked", "membership.began", "membership.declined")


@dataclass(frozen=True, slots=True)
class NetworksPage:
    """Networks in the order of the Thai dictionary; ``next`` is the cursor of what follows (``None`` at the end).

    ``own`` are those that the reader belongs to; on the first page only.
    """

    rows: list[Network]
    own: list[Network]
    next: int | None
    may_found: bool


def for_lists(networks: NetworkQuerySet) -> NetworkQuerySet:
    """Return ``networks`` with what a row of a list shows: ``units`` counts the units that belong to each."""
    units = Membership.objects.standing().filter(network=OuterRef("pk"), unit__isnull=False)
    counted = units.order_by().values("network").annotate(number=Count("pk")).values("number")
    return networks.annotate(units=Coalesce(Subquery(counted), 0))


def with_promises(networks: NetworkQuerySet) -> NetworkQuerySet:
    """Return ``networks`` with what the charter in force promises beside its purpose, as ``promises``."""
    newest = Charter.objects.filter(network=OuterRef("pk")).order_by("-number").values("promises")[:1]
    return networks.annotate(promises=Coalesce(Subquery(newest), Value(""), output_field=TextField()))


def networks_page(reader: Person | None, *, after: int | None = None, size: int = PAGE_SIZE) -> NetworksPage:
    """Return all networks, a page at a time. ``after`` is the number of the last one seen. Four queries at most."""
    seen = Network.objects.visible_to(reader)
    rows = seen
    if after is not None and (last := seen.filter(pk=after).first()) is not None:
        rows = seen.filter(Q(order_key__gt=last.order_key) | Q(order_key=last.order_key, pk__gt=last.pk))
    found = list(for_lists(rows).in_order()[: size + 1])
    own = list(for_lists(seen.belonging_to(reader)).in_order()[:size]) if after is None else []
    return NetworksPage(
        rows=found[:size],
        own=own,
        next=found[size - 1].pk if len(found) > size else None,
        may_found=bool(rules.may_found(reader)),
    )


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """What the page of a network shows to one reader.

    ``people`` are members for themselves, told only to who belongs (``None`` for others, who read how many).
    Of very many members the first ``MOST_MEMBERS`` are named; ``units_in_all`` and ``people_in_all`` count every one.
    ``asked`` wait for the network's yes, ``invited`` for the member's, ``members`` are those who belong: for who looks
    after it. ``own`` are the lasting memberships that the reader may answer or end: her own, and those of units in
    which she works. ``own_units`` are the units in which she works that are not among these: she may bring them.
    """

    network: Network
    charter: Charter | None
    rest: Rest | None
    cares: list[Stewardship]
    units: list[Unit]
    units_in_all: int
    people: list[Person] | None
    people_in_all: int
    asked: list[Membership]
    invited: list[Membership]
    members: list[Membership]
    own: list[Membership]
    own_units: list[Unit]
    belongs: bool
    may_look_after: bool
    may_join: bool


def network_page(network: Network, reader: Person | None) -> NetworkPage:
    """Return the page of ``network`` for ``reader``; a constant number of queries."""
    lasting = Membership.objects.lasting().filter(network=network).select_related("network", "unit", "person")
    lasting = lasting.order_by(F("unit__order_key").asc(nulls_last=True), "person__order_key", "pk")
    standing = list(lasting.filter(began_at__isnull=False)[:MOST_MEMBERS])
    waiting = list(lasting.filter(began_at__isnull=True)[:MOST_MEMBERS])
    counted = Membership.objects.standing().filter(network=network)
    in_all = counted.aggregate(units=Count("unit"), people=Count("person", filter=Q(person__is_active=True)))
    belongs = rules.belongs(reader, network)
    tends = bool(rules.may_look_after(reader, network))
    shown = set(
        Person.objects.visible_to(reader).filter(pk__in=_people_of(standing)).values_list("pk", flat=True)
    )
    standing = [one for one in standing if one.person_id is None or one.person_id in shown]
    works_in = _works_in(reader) if reader is not None and reader.is_authenticated else []
    own = _own(lasting, reader, works_in)
    spoken_for = {one.unit_id for one in own}
    people = [one.person for one in standing if one.person is not None]
    return NetworkPage(
        network=network,
        charter=network.charters.order_by("-number").select_related("by").first(),
        rest=network.rests.filter(woken_at__isnull=True).first() if network.rested_at is not None else None,
        cares=cares_of(network, reader),
        units=[one.unit for one in standing if one.unit is not None],
        units_in_all=in_all["units"],
        people=people if belongs or tends else None,
        people_in_all=in_all["people"],
        asked=[one for one in waiting if one.invited_at is None] if tends else [],
        invited=[one for one in waiting if one.agreed_at is None] if tends else [],
        members=standing if tends else [],
        own=own,
        own_units=list(Unit.objects.existing().filter(pk__in=set(works_in) - spoken_for).in_order()),
        belongs=belongs,
        may_look_after=tends,
        may_join=bool(rules.may_join(reader, network)),
    )


def cares_of(network: Network, reader: Person | None) -> list[Stewardship]:
    """Return who looks after ``network`` and may be seen by ``reader``: stewards, then coordinators, as they began."""
    rows = Stewardship.objects.standing().filter(network=network)
    rows = rows.filter(person__in=Person.objects.visible_to(reader))
    return list(rows.select_related("person").order_by("-care", "at", "pk"))


def charters_of(network: Network, *, most: int = MOST_CHARTERS) -> list[Charter]:
    """Return what the network agreed on over time, the newest first."""
    return list(network.charters.order_by("-number").select_related("by")[:most])


def networks_of_unit(unit: Unit, *, most: int = 20) -> list[Network]:
    """Return the networks of which ``unit`` itself is a member now."""
    return list(Network.objects.of_unit(unit.pk).in_order()[:most])


def find_networks(words: str, reader: Person | None, *, most: int = 20) -> list[Network]:
    """Return networks whose name or purpose holds ``words``, by name. (Finding well is the search room's matter.)"""
    wanted = clean(words).strip()
    if not wanted:
        return []
    match = Q(name_th__icontains=wanted) | Q(name_en__icontains=wanted) | Q(purpose__icontains=wanted)
    return list(for_lists(Network.objects.visible_to(reader).filter(match)).in_order()[:most])


def networks_of_person(person: Person, *, most: int = 50) -> list[Network]:
    """Return the networks that ``person`` belongs to today, awake ones only."""
    return list(Network.objects.belonging_to(person).awake().in_order()[:most])


def waiting_for(person: Person | None, *, most: int = 20) -> list[Membership]:
    """Return the invitations that wait for an answer of ``person``: hers, and those of units in which she works."""
    if person is None or not person.is_authenticated or not person.is_active:
        return []
    hers = Q(person=person) | Q(unit__in=_works_in(person))
    rows = Membership.objects.waiting().filter(hers, agreed_at__isnull=True, network__rested_at__isnull=True)
    return list(rows.select_related("network", "unit").order_by("-invited_at", "-pk")[:most])


def _works_in(person: Person) -> list[int]:
    today = timezone.localdate()
    return list(person.appointments.holding(today).confirmed().values_list("unit", flat=True))


def _people_of(memberships: list[Membership]) -> list[int]:
    return [one.person_id for one in memberships if one.person_id is not None]


def _own(lasting: QuerySet[Membership], reader: Person | None, works_in: list[int]) -> list[Membership]:
    if reader is None or not reader.is_authenticated or not reader.is_active:
        return []
    return list(lasting.filter(Q(person=reader) | Q(unit__in=works_in)))


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who hears what a line of the journal says of ``membership``, while it is still so; never who did it.

    ``people`` read it on their desk. ``by_letter`` get a letter, too: of a unit in which hundreds work those who lead
    it, where somebody does.
    """

    membership: Membership
    people: list[int]
    by_letter: list[int]


def hearing_of(entry: Entry) -> Hearing | None:
    """Return who hears of this line, one of ``TOLD``; nobody when it was answered or taken back meanwhile.

    What waits is told to those who can answer it, an answer to who invited or asked.
    """
    rows = Membership.objects.select_related(
        "network", "unit", "person", "invited_by", "agreed_by", "ended_by"
    )
    one = rows.filter(pk=entry.thing_id).first()
    if one is None or entry.at < timezone.now() - FRESH or _verb_of(one) != entry.verb:
        return None
    if one.began_at is not None or one.ended_at is not None:
        people = leading = [one.first_by or 0]
    elif one.network.rested_at is not None:
        return None
    else:
        people, leading = _who_answers(one)
        if _waited_lately(one):
            leading = []
    present = Person.objects.present().exclude(pk=entry.by_id or 0)
    hear = set(present.filter(pk__in=people).values_list("pk", flat=True))
    return Hearing(one, [pk for pk in people if pk in hear], [pk for pk in leading if pk in hear])


def _verb_of(one: Membership) -> str:
    """Return which line of the journal says how it stands with the membership now."""
    if one.ended_at is not None:
        return "membership.ended" if one.began_at is not None else "membership.declined"
    if one.began_at is not None:
        return "membership.began"
    return "membership.asked" if one.invited_at is None else "membership.invited"


def _waited_lately(waiting: Membership) -> bool:
    """Whether the same was asked or offered a short while before, and came to nothing."""
    alike = Membership.objects.filter(
        network=waiting.network_id, unit=waiting.unit_id, person=waiting.person_id, began_at__isnull=True
    )
    since = (waiting.invited_at or waiting.agreed_at or timezone.now()) - ASKED_LATELY
    return alike.filter(pk__lt=waiting.pk, ended_at__gte=since).exists()


def _who_answers(waiting: Membership) -> tuple[list[int], list[int]]:
    """Return who can answer, and those of them who lead the unit (all of them where nobody does).

    The nearest are asked first: who works in a unit, then who leads one above it; the stewards of the place where
    nobody else can.
    """
    if waiting.invited_at is None:
        cares = Stewardship.objects.standing().filter(network=waiting.network_id, person__is_active=True)
        people = list(dict.fromkeys(cares.order_by("at", "pk").values_list("person", flat=True)))
    elif waiting.unit is None:
        people = [waiting.person_id or 0]
    else:
        posts = Appointment.objects.holding(timezone.localdate()).confirmed().filter(person__is_active=True)
        held = list(posts.filter(unit=waiting.unit).order_by("pk").values_list("person", "is_head"))
        if not held:
            above = posts.filter(unit__in=waiting.unit.ancestor_ids(), is_head=True).order_by("pk")
            held = list(above.values_list("person", "is_head"))
        people = list(dict.fromkeys(pk for pk, _ in held))
        if leading := list(dict.fromkeys(pk for pk, is_head in held if is_head)):
            return people, leading
    people = people or [one.pk for one in stewards()]
    return people, people
