"""Saved searches as their page shows them, and what is new for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import pgettext

from prakai.journal.following import followers
from prakai.journal.models import Cursor, Entry
from prakai.networks.models import Network
from prakai.notes.models import Note, Tag, Tagging
from prakai.people.models import Person
from prakai.search.models import SavedSearch
from prakai.search.queries.answers import FACETS, Hit
from prakai.search.queries.finding import find
from prakai.units.models import Unit
from prakai.units.provinces import province

MOST_NEW: Final = 10
LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search with the names of what it is narrowed by, as far as the reader may know them."""

    search: SavedSearch
    narrowed: list[str]

    @property
    def words(self) -> str:
        """All of it in one line."""
        everything = pgettext("saved search", "Everything")
        return " · ".join(filter(None, [self.search.text, *self.narrowed])) or everything


@dataclass(frozen=True, slots=True)
class News:
    """What is new for one search, newest first. ``more`` says that there is more than is shown.

    ``by_name`` says that the index is being made, so that things were looked up by their names alone.
    """

    search: SavedSearch
    hits: list[Hit]
    more: bool
    by_name: bool = False


def saved_searches(person: Person) -> list[Saved]:
    """Return the searches of ``person``, the latest first; three queries, however many they are."""
    searches = list(SavedSearch.objects.visible_to(person).order_by("-saved_at", "-pk"))
    return with_names(searches, person)


def with_names(searches: Sequence[SavedSearch], reader: Person | None) -> list[Saved]:
    """Return searches with the names of their units, tags, networks, provinces, years and kinds; three queries at most.

    Of what ``reader`` may not see, or what is no more, the name is left out.
    """
    units, tags = _numbers(searches, "unit"), _numbers(searches, "tag")
    networks = _numbers(searches, "network")
    known = {
        "unit": _names(Unit.objects.visible_to(reader).filter(pk__in=units) if units else ()),
        "tag": _names(_seen_tags(tags, reader) if tags else ()),
        "network": _names(Network.objects.visible_to(reader).filter(pk__in=networks) if networks else ()),
        "kind": kind_names(),
    }
    return [
        Saved(
            one,
            [
                name
                for facet in FACETS
                for value in one.chosen.get(facet, ())
                if (name := _name(facet, value, known))
            ],
        )
        for one in searches
    ]


def kind_names() -> dict[str, str]:
    """Return what kinds of things are called, for whoever narrows by them."""
    return {
        "note": pgettext("saved search", "notes"),
        "comment": pgettext("saved search", "comments"),
        "forum": pgettext("saved search", "forums"),
        "story": pgettext("saved search", "stories told at forums"),
        "spark": pgettext("saved search", "sparks"),
        "person": pgettext("saved search", "people"),
        "unit": pgettext("saved search", "units"),
        "network": pgettext("saved search", "networks"),
        "tag": pgettext("saved search", "tags"),
    }


def _name(facet: str, value: str, known: Mapping[str, Mapping[str, str]]) -> str:
    if facet == "province":
        found = province(value)
        return found.name if found is not None else ""
    return value if facet == "year" else known.get(facet, {}).get(value, "")


def _numbers(searches: Iterable[SavedSearch], facet: str) -> set[int]:
    values = {value for one in searches for value in one.chosen.get(facet, ())}
    return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 16}


def _names(rows: Iterable[Unit | Tag | Network]) -> dict[str, str]:
    return {str(row.pk): str(row) for row in rows}


def _seen_tags(numbers: set[int], reader: Person | None) -> Iterable[Tag]:
    """Tags that stand on something that ``reader`` may read: anybody can send the number of any tag."""
    readable = Note.objects.readable_by(reader).filter(pk=OuterRef("note"))
    ways = Q(tag=OuterRef("pk")) | Q(tag=OuterRef("same_as"))
    return Tag.objects.filter(Exists(Tagging.objects.filter(ways, Exists(readable))), pk__in=numbers)


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
    return News(search, fresh[:MOST_NEW], more=len(fresh) > MOST_NEW, by_name=found.rebuilding)


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
