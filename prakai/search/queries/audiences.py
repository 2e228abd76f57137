"""Who may find what: names of audiences for the index, and the rows' own word before anything is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from prakai.forums.models import Forum, ForumAudience, Spark, Story
from prakai.networks.models import Network
from prakai.notes.models import Note
from prakai.notes.queries.finding import tags_in_use
from prakai.people.models import Audience, Person
from prakai.search.queries.compiled import rows_of
from prakai.talk.models import Comment
from prakai.units.models import Unit


def audiences_of(reader: Person | None) -> list[str]:
    """Return the audiences that ``reader`` belongs to, as the index calls them."""
    if reader is None or not reader.is_authenticated or not reader.is_active:
        return ["public"]
    units = (f"unit:{number}" for number in sorted(reader.unit_circle))
    hers = Network.objects.belonging_to(reader).order_by("pk").values_list("pk", flat=True)
    networks = (f"network:{number}" for number in hers)
    return ["public", "members", f"person:{reader.pk}", *units, *networks]


def audience_of(audience: str, unit_id: int | None, network_id: int | None = None) -> tuple[str, ...]:
    """Return the audience's name in the index; of a unit that is gone nobody is a part."""
    if audience == ForumAudience.NETWORK:
        return (f"network:{network_id}",) if network_id else ()
    if audience == Audience.UNIT:
        return (f"unit:{unit_id}",) if unit_id else ()
    return (str(audience),)


def findable(kind: str, reader: Person | None) -> QuerySet[Any]:
    """Return the rows of a kind that ``reader`` may find now: the rooms' own ``visible_to``, without her drafts."""
    if kind == "note":
        return Note.objects.published().visible_to(reader)
    if kind == "comment":
        return Comment.objects.shown().visible_to(reader)
    if kind == "forum":
        return Forum.objects.announced().visible_to(reader)
    if kind == "story":
        return Story.objects.standing().visible_to(reader)
    if kind == "spark":
        return Spark.objects.shown().visible_to(reader)
    if kind == "person":
        return Person.objects.present().visible_to(reader)
    if kind == "unit":
        return Unit.objects.visible_to(reader)
    if kind == "network":
        return Network.objects.visible_to(reader)
    if kind == "tag":
        return tags_in_use(reader)
    raise LookupError(f"nothing of the kind {kind!r} is searched")


def findable_among(kind: str, numbers: Iterable[int], reader: Person | None) -> QuerySet[Any]:
    """Return those rows of a kind with these ``numbers`` that ``reader`` may find now.

    Each row is looked up by its number and then held against the rooms' own word. Asked for both at once, SQLite
    prefers the index of all that is public to a list of numbers, and reads it to its end.
    """
    allowed = findable(kind, reader)
    seen = Exists(allowed.filter(pk=OuterRef("pk")))
    rows: QuerySet[Any] = allowed.model._default_manager.filter(seen, pk__in=list(numbers))
    return rows


def still_findable(keys: Iterable[str], reader: Person | None) -> set[str]:
    """Return those of ``keys`` ("note:12") that ``reader`` may find at this moment; at most two queries a kind.

    What everybody may find is asked first, with a query that needs no putting together; a reader is asked about for
    the rest.
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        kind, _, number = key.partition(":")
        numbers[kind].append(int(number))
    found: set[str] = set()
    for kind, wanted in numbers.items():
        seen = {number for (number,) in rows_of(_findable_by_all, kind, wanted)}
        left = [number for number in wanted if number not in seen] if reader is not None else []
        if left:
            seen.update(findable_among(kind, left, reader).values_list("pk", flat=True))
        found.update(f"{kind}:{number}" for number in seen)
    return found


def _findable_by_all(kind: str, numbers: Sequence[int]) -> QuerySet[Any, Any]:
    return findable_among(kind, numbers, None).values_list("pk")
