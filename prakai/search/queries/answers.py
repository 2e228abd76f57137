"""The shapes of what search answers, for pages, feeds and programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from prakai.search.asking import Asked

KINDS: Final = ("note", "comment", "forum", "story", "spark", "person", "unit", "network", "tag")
"""Kinds of things that are found; a room that comes later adds its own."""

FACETS: Final = ("kind", "unit", "province", "tag", "year", "network")
"""By what results can be narrowed. A choice is given as ``{"kind": ["note"], "year": ["2550"]}``; years are of the
Buddhist era, units, tags and networks are numbers as text, provinces are codes."""

SORTS: Final = ("best", "newest", "oldest")
PAGE_SIZE: Final = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage or title; ``is_hit`` when it answers the query and is to be marked."""

    text: str
    is_hit: bool = False


def as_html(pieces: Iterable[Piece]) -> SafeString:
    """Return pieces as HTML that is safe in any page: plain words, escaped, with ``<mark>`` around what answers."""
    return mark_safe(  # noqa: S308  every piece is escaped
        "".join(f"<mark>{escape(one.text)}</mark>" if one.is_hit else escape(one.text) for one in pieces)
    )


def moment_of(thing: Any) -> datetime | None:
    """Return when a thing was, for lists: a forum begins, a note is published, a comment is made."""
    for name in ("starts_at", "published_at", "made_at", "at"):
        if (at := getattr(thing, name, None)) is not None:
            return cast("datetime", at)
    return None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``thing`` is its row, loaded as lists need it and already checked against the reader.

    ``title`` and ``passage`` are plain text in pieces (to be escaped). ``is_near`` says that it is
    close to what was asked, not equal.
    """

    kind: str
    pk: int
    score: float
    thing: Any
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...] = ()
    address: str = ""
    at: datetime | None = None
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: what to ask for, how to call it, and how many of the found things have it."""

    value: str
    label: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results. ``total`` counts all that the reader may see.

    ``only_near`` says that nothing answers exactly and what is shown is close. ``read_as`` is the
    query as it was understood when it was typed on the wrong keyboard layout, else empty. ``rebuilding`` says that the
    index is being made and things were looked up by name alone.
    """

    asked: Asked
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, list[Choice]] = field(default_factory=dict)
    page: int = 1
    pages: int = 1
    sort: str = "best"
    only_near: bool = False
    read_as: str = ""
    rebuilding: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may be meant while somebody types: a note, person, unit or tag by its name."""

    kind: str
    text: str
    address: str
