"""To whom a forum belongs, in the forms that begin one: to a network of hers, or to the unit that prepares it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext, pgettext_lazy

from prakai.networks.models import Network
from prakai.people.models import DutyKind, Person
from prakai.units.models import Unit

MOST_NETWORKS: Final = 200


class NetworkField(forms.TypedChoiceField):
    """One of the networks in which a person may prepare forums; ``None`` for a forum of a unit."""

    def __init__(self, **kwargs: Any) -> None:
        label = pgettext_lazy("forum form", "Whose forum it is")
        super().__init__(**{"required": False, "label": label, "empty_value": None, "coerce": int, **kwargs})


def networks_for(person: Person) -> list[Network]:
    """Return the networks in which ``person`` may prepare a forum: hers; all for stewards and facilitators."""
    rows = Network.objects.awake()
    if not (person.is_steward or DutyKind.FACILITATOR in person.duties_held):
        rows = rows.belonging_to(person)
    return list(rows.in_order()[:MOST_NETWORKS])


def offer_networks(form: forms.Form, networks: Sequence[Network]) -> None:
    """Let a form offer these networks, and not ask at all when there are none."""
    if not networks:
        del form.fields["network"]
        return
    own = ("", pgettext("forum form", "Of the unit that prepares it"))
    form.fields["network"].choices = [own, *((str(one.pk), one.name) for one in networks)]  # type: ignore[attr-defined]


def with_owner(form: forms.Form) -> dict[str, Any]:
    """Return what the form holds; without a network it wants a unit."""
    told = form.cleaned_data
    if "unit" not in form.errors and told.get("unit") is None and told.get("network") is None:
        form.add_error("unit", ValidationError(pgettext("forum form", "Which unit prepares it?")))
    return told


def owner_in(words: dict[str, Any], networks: Sequence[Network]) -> tuple[Unit | Network, Unit | None]:
    """Take the owner out of what a form holds: the network, with the unit that receives the guests; or the unit."""
    unit, number = words.pop("unit"), words.pop("network", None)
    for network in networks:
        if network.pk == number:
            return network, unit
    return unit, None
