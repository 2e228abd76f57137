"""Taking demo networks away with all that hangs on them, and demo people and units out of real ones."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from prakai.journal.models import Entry
from prakai.networks.models import Charter, Membership, Network, Stewardship


def mark_networks(people: list[int], units: list[int]) -> None:
    """Let networks that demo people founded by hand go with the demo, unless somebody real has a part in one."""
    members = Membership.objects.standing().exclude(person__in=people).exclude(unit__in=units)
    carers = Stewardship.objects.standing().exclude(person__in=people)
    has_real = Exists(members.filter(network=OuterRef("pk"))) | Exists(carers.filter(network=OuterRef("pk")))
    by_hand = Network.objects.filter(by__in=people).exclude(has_real)
    Network.objects.filter(pk__in=list(by_hand.values_list("pk", flat=True))).update(is_demo=True)


def remove_networks(people: list[int], units: list[int]) -> None:
    """Remove demo networks and the lines of what was done there; in others its people and units belong no longer."""
    networks = list(Network.objects.filter(is_demo=True).values_list("pk", flat=True))
    gone: list[tuple[type[Model], QuerySet[Any]]] = [
        (Network, Network.objects.filter(pk__in=networks)),
        (Charter, Charter.objects.filter(network__in=networks)),
        (
            Membership,
            Membership.objects.filter(Q(network__in=networks) | Q(unit__in=units) | Q(person__in=people)),
        ),
        (Stewardship, Stewardship.objects.filter(Q(network__in=networks) | Q(person__in=people))),
    ]
    for table, things in gone:
        pks = list(things.values_list("pk", flat=True))
        Entry.objects.filter(thing_kind=table._meta.label_lower, thing_id__in=pks).delete()
    for table, things in reversed(gone):
        table._default_manager.filter(pk__in=list(things.values_list("pk", flat=True))).delete()
