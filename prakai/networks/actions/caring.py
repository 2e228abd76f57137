"""Who looks after a network: given, and handed on."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.networks import rules
from prakai.networks.models import Care, Network, Stewardship
from prakai.people.models import Person


@transaction.atomic
def give_care(
    network: Network, person: Person, *, by: Person, care: str = Care.STEWARD, at: datetime | None = None
) -> Stewardship:
    """Let ``person`` look after the network, and return it; giving it twice changes nothing."""
    rules.may_give_care(by, network, person).or_refuse()
    if care not in Care.values:
        raise ValidationError({"care": pgettext("network error", "Please choose one of these.")})
    Network.objects.select_for_update().get(pk=network.pk)
    held = Stewardship.objects.standing().filter(network=network, person=person, care=care).first()
    if held is not None:
        return held
    given = Stewardship.objects.create(
        network=network, person=person, care=care, by=by, at=at or timezone.now()
    )
    record("network_care.given", given, by=by, at=at, network=network.pk, person=person.pk, care=str(care))
    return given


@transaction.atomic
def end_care(stewardship: Stewardship, *, by: Person, at: datetime | None = None) -> Stewardship:
    """Let somebody look after the network no longer; ending it twice changes nothing."""
    Network.objects.select_for_update().get(pk=stewardship.network_id)
    stewardship.refresh_from_db(fields=["ended_at"])
    if stewardship.ended_at is not None:
        return stewardship
    rules.may_end_care(by, stewardship).or_refuse()
    stewardship.ended_at = at or timezone.now()
    stewardship.save(update_fields=["ended_at"])
    facts = {"network": stewardship.network_id, "person": stewardship.person_id}
    record("network_care.ended", stewardship, by=by, at=at, **facts)
    return stewardship
