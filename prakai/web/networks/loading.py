"""Finding what an address means, through what the reader may see; and where a page of a network hangs."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import pgettext

from prakai.networks import rules
from prakai.networks.models import Membership, Network
from prakai.people.models import Person


def network_at(number: int, reader: Person | None) -> Network:
    """Return the network if ``reader`` may see it, else 404."""
    return get_object_or_404(Network.objects.visible_to(reader), pk=number)


def membership_at(network: Network, pk: int, reader: Person) -> Membership:
    """Return a membership that lasts, else 404: as if not there also for whom it does not concern.

    That a unit belongs is public; who waits, and which people belong, only the two sides know.
    """
    return _shown(Membership.objects.lasting(), network, pk, reader)


def any_membership_at(network: Network, pk: int, reader: Person) -> Membership:
    """Return a membership as ``membership_at`` does, also one that has ended, with who said so.

    Who invited or asked reads what became of it, even if she does not look after the network, or work there, any more.
    """
    return _shown(
        Membership.objects.select_related("invited_by", "agreed_by", "ended_by"), network, pk, reader
    )


def _shown(rows: QuerySet[Membership], network: Network, pk: int, reader: Person) -> Membership:
    rows = rows.filter(network=network).select_related("network", "unit", "person")
    found = get_object_or_404(rows, pk=pk)
    is_public = found.unit_id is not None and found.began_at is not None and found.ended_at is None
    is_told = found.ended_at is not None and found.first_by == reader.pk
    if not is_public and not is_told and not rules.may_end_membership(reader, found):
        raise Http404
    return found


def trail_of(network: Network | None = None) -> list[dict[str, str]]:
    """Return the breadcrumb of a page that lies under ``network``, or under the list."""
    trail = [{"label": pgettext("networks page", "Networks"), "url": "/networks"}]
    if network is not None:
        trail.append({"label": network.name, "url": network.get_absolute_url()})
    return trail
