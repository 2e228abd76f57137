"""Networks as documents, and to which networks units belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from prakai.networks.models import Membership, Network
from prakai.networks.queries import with_promises
from prakai.search.documents import Document
from prakai.units.models import Unit

MOST_UNITS: Final = 500
"""Units of a network by whose names it is found."""


def networks(numbers: Sequence[int]) -> list[Document]:
    """Networks by their names, by what they agreed on, and by the units that belong to them; who is in one is not told.

    ``unit:`` finds the networks of a unit and of those beneath it.
    """
    rows = list(with_promises(Network.objects.filter(pk__in=numbers)).order_by("pk"))
    held: dict[int, list[Unit]] = defaultdict(list)
    standing = Membership.objects.standing().filter(network__in=rows, unit__isnull=False)
    for row in standing.select_related("unit").order_by("network", "pk"):
        if row.unit is not None and len(held[row.network_id]) < MOST_UNITS:
            held[row.network_id].append(row.unit)
    return [_network(row, held[row.pk]) for row in rows]


def _network(network: Network, members: list[Unit]) -> Document:
    english = (network.name_en,) if network.name_en else ()
    promises: str = getattr(network, "promises", "")
    return Document(
        kind="network",
        pk=network.pk,
        title=network.name_th,
        body="\n".join(text for text in (network.purpose, promises) if text),
        called=english,
        names=(*english, *(unit.name_th for unit in members)),
        units=tuple(dict.fromkeys(step for unit in members for step in unit.ancestor_ids())),
        networks=(network.pk,),
        at=int(network.founded_at.timestamp()),
    )


def networks_of(units: Iterable[int]) -> Mapping[int, list[int]]:
    """Return to which networks each of these units itself belongs; one query."""
    found: dict[int, list[int]] = defaultdict(list)
    standing = Membership.objects.standing().filter(unit__in=set(units))
    for unit_id, network_id in standing.order_by("network").values_list("unit", "network"):
        if unit_id is not None:
            found[unit_id].append(network_id)
    return found


def networks_by_path(units: Iterable[Unit]) -> Mapping[int, tuple[int, ...]]:
    """Return to which networks each of these units belongs, itself or by one above it; one query."""
    paths = {unit.pk: unit.ancestor_ids() for unit in units}
    held = networks_of(step for path in paths.values() for step in path)
    return {
        number: tuple(sorted({network for step in path for network in held.get(step, ())}))
        for number, path in paths.items()
    }
