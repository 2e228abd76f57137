"""Forgetting a person who has left: what ``person.erased`` asks of networks. Part of that action, by its follower."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from prakai.networks.models import Membership, Stewardship


@transaction.atomic
def forget_in_networks(person_id: int, *, at: datetime) -> None:
    """Let her memberships for herself go, and what she looks after end; memberships of her units stay.

    A network that nobody looks after any more is looked after by the stewards of the place.
    """
    Membership.objects.filter(person=person_id).delete()
    Stewardship.objects.filter(person=person_id, ended_at__isnull=True).update(ended_at=at)
