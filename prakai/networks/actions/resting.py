"""A network rests, and wakes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.networks import rules
from prakai.networks.models import Network, Rest
from prakai.people.models import Person


@transaction.atomic
def rest_network(network: Network, *, by: Person, because: str = "", at: datetime | None = None) -> Network:
    """Let the network rest: nothing is lost and nothing new begins. Resting twice changes nothing."""
    rules.may_look_after(by, network).or_refuse()
    network.rested_at = Network.objects.select_for_update().get(pk=network.pk).rested_at
    if network.rested_at is None:
        network.rested_at = at or timezone.now()
        Rest.objects.create(
            network=network, by=by, at=network.rested_at, because=line(because, most=300, field="because")
        )
        network.save(update_fields=["rested_at"])
        record("network.rested", network, by=by, at=at)
    return network


@transaction.atomic
def wake_network(network: Network, *, by: Person, at: datetime | None = None) -> Network:
    """Let the network go on; waking what is awake changes nothing."""
    rules.may_look_after(by, network).or_refuse()
    network.rested_at = Network.objects.select_for_update().get(pk=network.pk).rested_at
    if network.rested_at is not None:
        network.rests.filter(woken_at__isnull=True).update(woken_at=at or timezone.now())
        network.rested_at = None
        network.save(update_fields=["rested_at"])
        record("network.woken", network, by=by, at=at)
    return network
