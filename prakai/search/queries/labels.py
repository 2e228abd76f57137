"""Facets in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import pgettext_lazy

from prakai.networks.models import Network
from prakai.notes.models import Tag
from prakai.search.queries.answers import FACETS, Choice
from prakai.units.models import Unit
from prakai.units.provinces import province

MOST_SHOWN: Final = 12

KIND_NAMES: Final = {
    "note": pgettext_lazy("kind of result", "Notes"),
    "comment": pgettext_lazy("kind of result", "Comments"),
    "forum": pgettext_lazy("kind of result", "Forums"),
    "story": pgettext_lazy("kind of result", "Stories told at forums"),
    "spark": pgettext_lazy("kind of result", "Sparks"),
    "person": pgettext_lazy("kind of result", "People"),
    "unit": pgettext_lazy("kind of result", "Units"),
    "network": pgettext_lazy("kind of result", "Networks"),
    "tag": pgettext_lazy("kind of result", "Tags"),
}


def choices_of(
    counts: Mapping[str, Sequence[tuple[str, int]]], chosen: Mapping[str, Sequence[str]]
) -> dict[str, list[Choice]]:
    """Return each facet's values in words, the most frequent first and years by number; three queries at most."""
    kept = {facet: _few(counts.get(facet, ()), chosen.get(facet) or ()) for facet in FACETS}
    units = Unit.objects.in_bulk([int(value) for value, _ in kept["unit"]])
    tags = Tag.objects.in_bulk([int(value) for value, _ in kept["tag"]])
    networks = Network.objects.in_bulk([int(value) for value, _ in kept["network"]])

    def label(facet: str, value: str) -> str:
        if facet == "kind":
            return str(KIND_NAMES.get(value, value))
        if facet == "unit":
            return units[int(value)].name if int(value) in units else ""
        if facet == "tag":
            return tags[int(value)].label if int(value) in tags else ""
        if facet == "network":
            return networks[int(value)].name if int(value) in networks else ""
        if facet == "province":
            found = province(value)
            return found.name if found else ""
        return value

    told = {
        facet: [
            Choice(value, name, count, value in (chosen.get(facet) or ()))
            for value, count in values
            if (name := label(facet, value))
        ]
        for facet, values in kept.items()
    }
    told["year"].sort(key=lambda choice: choice.value, reverse=True)
    return {facet: choices for facet, choices in told.items() if choices}


def _few(values: Sequence[tuple[str, int]], chosen: Sequence[str]) -> list[tuple[str, int]]:
    shown = list(values[:MOST_SHOWN])
    return shown + [pair for pair in values[MOST_SHOWN:] if pair[0] in chosen]
