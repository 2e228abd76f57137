"""Saved searches as their page shows them, and what is new for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import pgettext

from prakai.journal.following import followers
from prakai.journal.models import Cursor, Entry
from prakai.notes.models import Tag
from prakai.people.models import Person
from prakai.search.models import SavedSearch
from prakai.search.queries.answers import Hit
from prakai.search.queries.finding import find
from prakai.units.models import Unit
from prakai.units.provinces import province

MOST_NEW: Final = 10
LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search with the names of what it is narrowed by."""

    search: SavedSearch
    narrowed: list[str]


@dataclass(frozen=True, slots=True)
class News:
    """What is new for one search, newest first. ``more`` says that there is more than is shown."""

    search: SavedSearch
    hits: list[Hit]
    more: bool


def saved_searches(person: Person) -> list[Saved]:
    """Return the searches of ``person``, the latest first; three queries, however many they are."""
    searches = list(SavedSearch.objects.visible_to(person).order_by("-saved_at", "-pk"))
    return with_names(searches)


def with_names(searches: Sequence[SavedSearch]) -> list[Saved]:
    """Return searches with the names of their units, tags, provinces, years and kinds; two queries at most."""
    units = _names(Unit.objects.visible_to(None), _numbers(searches, "unit"))
    # A tag was seen by whoever chose it: its name is not told to anybody else.
    tags = _names(Tag.objects.all(), _numbers(searches, "tag"))
    known: dict[str, Mapping[str, str]] = {"unit": units, "tag": tags, "kind": kind_names()}
    return [Saved(one, [_name(facet, value, known) for facet, values in one.chosen.items() for value in values])
            for one in searches]  # fmt: skip


def kind_names() -> dict[str, str]:
    """Return what kinds of things are called, for whoever narrows by them."""
    return {
        "note": pgettext("saved search", "notes"),
        "comment": pgettext("saved search", "comments"),
        "person": pgettext("saved search", "people"),
        "unit": pgettext("saved search", "units"),
        "tag": pgettext("saved search", "tags"),
    }


def _name(facet: str, value: str, known: Mapping[str, Mapping[str, str]]) -> str:
    if facet == "province":
        found = province(value)
        return found.name if found is not None else value
    return known.get(facet, {}).get(value, value)


def _numbers(searches: Iterable[SavedSearch], facet: str) -> set[int]:
    values = {value for one in searches for value in one.chosen.get(facet, ())}
    return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 16}


def _names(rows: object, numbers: set[int]) -> dict[str, str]:
    found = rows.filter(pk__in=numbers) if numbers else ()  # type: ignore[attr-defined]
    return {str(row.pk): str(row) for row in found}


def news_of(search: SavedSearch, reader: Person, *, since: datetime, until: datetime) -> News:
    """Return what answers ``search`` and came after ``since``, until ``until``, as ``reader`` may see it now.

    What she wrote herself is no news to her.
    """
    found = find(search.text, reader, chosen=search.chosen, sort="newest", size=LOOKED_AT, facets=False)
    fresh = [
        hit
        for hit in found.hits
        if hit.at is not None and since < hit.at <= until and not _is_by(hit, reader)
    ]
    return News(search, fresh[:MOST_NEW], more=len(fresh) > MOST_NEW)


def _is_by(hit: Hit, reader: Person) -> bool:
    return reader.pk in (getattr(hit.thing, "author_id", None), getattr(hit.thing, "by_id", None))


def is_behind(until: datetime) -> bool:
    """Return whether something that happened before ``until`` has not come to the index yet."""
    reached = dict(Cursor.objects.values_list("follower", "last_id"))
    return any(
        Entry.objects.filter(pk__gt=reached.get(one.name, 0), verb__in=one.verbs, at__lte=until).exists()
        for one in followers()
        if one.name.startswith("search.")
    )
