"""Networks for tests, in one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from prakai.networks.actions import found_network, rest_network
from prakai.networks.models import Care, Membership, Network, Stewardship
from prakai.people.models import Person
from prakai.units.models import Unit

NETWORK = "เครือข่ายห้องยาใกล้บ้าน"
PURPOSE = "ให้คนไข้รอรับยาไม่เกินยี่สิบนาที"


def make_network(
    by: Person,
    name_th: str = NETWORK,
    *,
    units: Iterable[Unit] = (),
    people: Iterable[Person] = (),
    coordinators: Iterable[Person] = (),
    resting: bool = False,
    **words: Any,
) -> Network:
    """A network that ``by`` (a steward or facilitator of the place) founded and looks after, with these members."""
    network = found_network(by=by, name_th=name_th, **{"purpose": PURPOSE, **words})
    for unit in units:
        make_membership(network, unit=unit, by=by)
    for person in people:
        make_membership(network, person=person, by=by)
    for person in coordinators:
        Stewardship.objects.create(network=network, person=person, care=Care.COORDINATOR, by=by)
    if resting:
        rest_network(network, by=by)
    return network


def make_membership(
    network: Network,
    *,
    unit: Unit | None = None,
    person: Person | None = None,
    by: Person | None = None,
    invited: bool = True,
    agreed: bool = True,
) -> Membership:
    """A membership of ``unit`` or ``person``: it stands, or waits for the side that has not said yes."""
    now = timezone.now()
    return Membership.objects.create(
        network=network,
        unit=unit,
        person=person,
        invited_at=now if invited else None,
        invited_by=by if invited else None,
        agreed_at=now if agreed else None,
        agreed_by=person if agreed else None,
        began_at=now if invited and agreed else None,
    )
