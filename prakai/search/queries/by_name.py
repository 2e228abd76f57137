"""Finding by name in the rows themselves: what stands in while the index is being made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prakai.forums.queries.finding import find_forums
from prakai.kernel.markup import excerpt
from prakai.networks.queries import find_networks
from prakai.notes.queries.finding import find_notes, find_tags
from prakai.people.models import Person
from prakai.people.queries import find_people
from prakai.search.queries.answers import Hit, Piece, moment_of
from prakai.units.queries import find_units

MOST_EACH = 8
LONGEST_NAME = 200


def find_by_name(words: str, reader: Person | None) -> list[Hit]:
    """Return things called ``words``, tags and units and people before notes; a handful of queries."""
    words = words[:LONGEST_NAME]
    if not words.strip():
        return []
    found: list[tuple[str, Iterable[Any]]] = [
        ("tag", find_tags(words, reader, most=MOST_EACH)),
        ("unit", find_units(words, MOST_EACH)),
        ("network", find_networks(words, reader, most=MOST_EACH)),
        ("person", find_people(words, reader, MOST_EACH)),
        ("forum", find_forums(words, reader, most=MOST_EACH)),
        ("note", find_notes(words, reader)),
    ]
    return [hit_of(kind, thing) for kind, things in found for thing in things]


def hit_of(kind: str, thing: Any, score: float = 0.0) -> Hit:
    """Return a thing as a hit with nothing marked."""
    passage = excerpt(thing.highlight, 200) if kind == "note" and thing.highlight else ""
    return Hit(
        kind=kind,
        pk=thing.pk,
        score=score,
        thing=thing,
        title=(Piece(getattr(thing, "title", "") or str(thing)),),
        passage=(Piece(passage),) if passage else (),
        address=thing.get_absolute_url(),
        at=moment_of(thing),
    )
