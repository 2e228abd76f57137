"""Becoming a member of a network, from both sides, and leaving it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.networks import rules
from prakai.networks.models import Membership, Network
from prakai.people.models import Person
from prakai.units.models import Unit


@transaction.atomic
def invite_member(
    network: Network,
    *,
    by: Person,
    unit: Unit | None = None,
    person: Person | None = None,
    at: datetime | None = None,
) -> Membership:
    """Say for the network that ``unit`` or ``person`` is welcome, and return the membership.

    It begins at once when the other side has asked; otherwise it waits for her, or for somebody of the unit.
    Saying so twice changes nothing.
    """
    rules.may_invite(by, network).or_refuse()
    if (unit is None) == (person is None):
        raise TypeError("a unit or a person is invited, one of the two")
    if unit is not None and unit.valid_to is not None and unit.valid_to < timezone.localdate(at):
        raise ValidationError(
            {"unit": pgettext("network error", "This unit has ended. Invite the one after it.")}
        )
    if person is not None and (not person.is_active or person.erased_at is not None):
        raise ValidationError(
            {"person": pgettext("network error", "This person does not take part here now.")}
        )
    membership = _lasting(network, unit, person)
    if membership.invited_at is None:
        membership.invited_at, membership.invited_by = at or timezone.now(), by
        _keep(membership, by=by, at=at, verb="membership.invited")
    return membership


@transaction.atomic
def join_network(
    network: Network, *, by: Person, unit: Unit | None = None, at: datetime | None = None
) -> Membership:
    """Say for ``unit``, or for herself, that she would like to belong, and return the membership.

    It begins at once when the network has invited; otherwise it waits for who looks after it. Who does so herself
    and speaks for the unit says yes for both sides. Saying so twice changes nothing.
    """
    rules.may_join(by, network, unit).or_refuse()
    membership = _lasting(network, unit, None if unit is not None else by)
    if membership.agreed_at is None:
        membership.agreed_at, membership.agreed_by = at or timezone.now(), by
        if membership.invited_at is None and rules.looks_after(by, network):
            membership.invited_at, membership.invited_by = membership.agreed_at, by
        _keep(membership, by=by, at=at, verb="membership.asked")
    return membership


@transaction.atomic
def end_membership(
    membership: Membership, *, by: Person, because: str = "", at: datetime | None = None
) -> Membership:
    """Let a member leave, or decline what was asked; the row stays, with who said so. Ending twice changes nothing."""
    rules.may_end_membership(by, membership).or_refuse()
    Network.objects.select_for_update().get(pk=membership.network_id)
    membership.refresh_from_db()
    if membership.ended_at is None:
        membership.ended_at, membership.ended_by = at or timezone.now(), by
        membership.because = line(because, most=300, field="because")
        membership.save()
        verb = "membership.ended" if membership.began_at is not None else "membership.declined"
        record(verb, membership, by=by, at=at, **_facts(membership))
    return membership


def _lasting(network: Network, unit: Unit | None, person: Person | None) -> Membership:
    """Return the membership that lasts, or a new one not saved; the network is held, so that there is one."""
    Network.objects.select_for_update().get(pk=network.pk)
    found = Membership.objects.lasting().filter(network=network, unit=unit, person=person).first()
    return found or Membership(network=network, unit=unit, person=person)


def _keep(membership: Membership, *, by: Person, at: datetime | None, verb: str) -> None:
    begins = membership.begin_when_agreed()
    membership.save()
    record("membership.began" if begins else verb, membership, by=by, at=at, **_facts(membership))


def _facts(membership: Membership) -> dict[str, int | None]:
    return {"network": membership.network_id, "unit": membership.unit_id, "person": membership.person_id}
