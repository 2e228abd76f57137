"""Founding a network, naming it, writing its charter."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.typed import line, paragraphs
from prakai.networks import rules
from prakai.networks.models import Care, Charter, Network, Stewardship
from prakai.people.models import Person

LONGEST: Final = {"purpose": 1000, "promises": 4000, "manners": 4000}
LONGEST_NAME: Final = 250


@transaction.atomic
def found_network(
    *,
    name_th: str,
    purpose: str,
    by: Person,
    name_en: str = "",
    promises: str = "",
    manners: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> Network:
    """Found a network with its first charter and return it; who founds it is its first steward.

    Raises ``Refused``, and ``ValidationError`` by field for what is missing, too long, or named already.
    """
    rules.may_found(by).or_refuse()
    moment = at or timezone.now()
    thai, english = _names(name_th, name_en)
    network = Network(name_th=thai, name_en=english, by=by, founded_at=moment, is_demo=is_demo)
    _save(network)
    _write(network, purpose, promises, manners, by=by, at=moment)
    Stewardship.objects.create(network=network, person=by, care=Care.STEWARD, by=by, at=moment)
    record("network.founded", network, by=by, at=at)
    return network


@transaction.atomic
def rename_network(
    network: Network, *, name_th: str, by: Person, name_en: str = "", at: datetime | None = None
) -> Network:
    """Give the network another name; its number and address stay. Raises as ``found_network`` does."""
    rules.may_look_after(by, network).or_refuse()
    thai, english = _names(name_th, name_en, but=network)
    if (thai, english) != (network.name_th, network.name_en):
        network.name_th, network.name_en = thai, english
        _save(network, only=["name_th", "name_en", "slug", "order_key"])
        record("network.renamed", network, by=by, at=at)
    return network


@transaction.atomic
def write_charter(
    network: Network,
    *,
    purpose: str,
    by: Person,
    promises: str = "",
    manners: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> Charter:
    """Write what the network agreed on, and return the charter in force; the same words again change nothing.

    ``seen`` is the number of the charter that ``by`` had before her: when somebody else wrote a newer one in the
    meantime, nothing is overwritten, and a ``ValidationError`` with the code ``"conflict"`` says so.
    """
    rules.may_look_after(by, network).or_refuse()
    held = Network.objects.select_for_update().get(pk=network.pk)
    charter, is_new = _write(held, purpose, promises, manners, by=by, at=at or timezone.now(), seen=seen)
    network.purpose = held.purpose
    if is_new:
        record("charter.written", network, by=by, at=at, network=network.pk, number=charter.number)
    return charter


def _write(
    network: Network,
    purpose: str,
    promises: str,
    manners: str,
    *,
    by: Person,
    at: datetime,
    seen: int | None = None,
) -> tuple[Charter, bool]:
    given = {"purpose": purpose, "promises": promises, "manners": manners}
    words = {name: paragraphs(text, most=LONGEST[name], field=name) for name, text in given.items()}
    if not words["purpose"]:
        message = pgettext("network error", "Which work shall become better? One sentence is enough.")
        raise ValidationError({"purpose": message})
    newest = network.charters.order_by("-number").first()
    if newest is not None and all(getattr(newest, name) == text for name, text in words.items()):
        return newest, False
    if seen is not None and newest is not None and newest.number != seen:
        message = pgettext("network error", "Somebody wrote a newer charter while you were writing.")
        raise ValidationError(message, "conflict")
    number = newest.number + 1 if newest is not None else 1
    charter = Charter.objects.create(network=network, number=number, by=by, at=at, **words)
    network.purpose = charter.purpose
    network.save(update_fields=["purpose"])
    return charter, True


def _names(name_th: str, name_en: str, but: Network | None = None) -> tuple[str, str]:
    thai = line(name_th, most=LONGEST_NAME, field="name_th")
    english = line(name_en, most=LONGEST_NAME, field="name_en")
    if not thai:
        raise ValidationError({"name_th": pgettext("network error", "Please give the network a Thai name.")})
    others = Network.objects.filter(name_th=thai)
    if (others.exclude(pk=but.pk) if but is not None else others).exists():
        raise _named_already()
    return thai, english


def _save(network: Network, only: list[str] | None = None) -> None:
    """Save it; of two who give the same name at the same moment, the second is told as if she had come later."""
    try:
        with transaction.atomic():
            network.save(update_fields=only)
    except IntegrityError as trouble:
        if Network.objects.filter(name_th=network.name_th).exclude(pk=network.pk).exists():
            raise _named_already() from trouble
        raise


def _named_already() -> ValidationError:
    words = pgettext("network error", "A network of this name stands already. Perhaps join that one?")
    return ValidationError({"name_th": words})
