"""By what a query is narrowed: the reader's audiences, chosen facets, and the tags, units, people and days it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from django.utils import timezone

from prakai.notes.models import Tag
from prakai.people.models import Person
from prakai.search.asking import Asked
from prakai.search.engine.sought import Narrowing
from prakai.search.queries.answers import FACETS
from prakai.search.queries.audiences import audiences_of
from prakai.search.queries.meant import people_meant, units_meant
from prakai.thai.tags import tag_key

MOST_CHOSEN: Final = 20


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The narrowing for the engine, and the names that nothing is called by: they are words then."""

    sought: Narrowing
    words: tuple[str, ...] = ()


def narrowing_of(asked: Asked, reader: Person | None, chosen: Mapping[str, Sequence[str]]) -> Narrowed:
    """Return how the query and the choices narrow what is found; raises ``NoIndex`` where it names somebody."""
    within: list[tuple[str, Sequence[str]]] = [("audience", audiences_of(reader))]
    words: list[str] = []
    for facet in FACETS:
        values = [str(value)[:60] for value in (chosen.get(facet) or ())][:MOST_CHOSEN]
        if values:
            within.append((facet, values))
    for name in asked.tags:
        _meant(within, words, "tag", name, _tags(name))
    for name in asked.units:
        _meant(within, words, "under", name, units_meant(name, reader))
    for name in asked.by:
        _meant(within, words, "person", name, people_meant(name, reader))
    sought = Narrowing(tuple(within), (), _moment(asked.after), _moment(asked.before))
    return Narrowed(sought, tuple(words))


def words_left(asked: Asked, narrowed: Narrowed) -> Asked:
    """Return the query with the names that nothing is called by among its words."""
    return replace(asked, words=" ".join((asked.words, *narrowed.words)).strip()) if narrowed.words else asked


def _meant(
    within: list[tuple[str, Sequence[str]]], words: list[str], field: str, name: str, numbers: list[int]
) -> None:
    if numbers:
        within.append((field, [str(number) for number in numbers]))
    else:
        words.append(name)


def _tags(name: str) -> list[int]:
    key = tag_key(name)
    tag = Tag.objects.filter(key=key).first() if key else None
    return [tag.same_as_id or tag.pk] if tag is not None else []


def _moment(day: date | None) -> int | None:
    if day is None:
        return None
    return int(timezone.make_aware(datetime.combine(day, time.min)).timestamp())
