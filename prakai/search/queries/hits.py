"""From what was ranked to what is shown: rows as lists need them, with the passage that answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from prakai.forums.models import Forum, Spark, Story
from prakai.forums.models.stories import PARTS
from prakai.kernel.markup import plain_of
from prakai.networks.models import Network
from prakai.networks.queries import for_lists, with_promises
from prakai.notes.models import NoteQuerySet, Tag
from prakai.people.models import Person
from prakai.people.queries import with_appointments
from prakai.search.passages import Marker
from prakai.search.queries.answers import Hit, moment_of
from prakai.search.queries.attached import attached_text_of
from prakai.search.queries.found_notes import found_notes
from prakai.search.question import Question
from prakai.search.ranking import Ranked
from prakai.talk.models import Comment
from prakai.units.models import Unit


def hits_of(
    ranked: Sequence[Ranked], question: Question, *, near: frozenset[str], notes: NoteQuerySet | None = None
) -> list[Hit]:
    """Return the hits of one page in their order; a constant number of queries for each kind among them.

    The rows of notes are read as search shows them, or as ``notes`` reads them.
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    for one in ranked:
        numbers[one.candidate.kind].append(one.candidate.pk)
    things = {
        kind: found_notes(wanted) if kind == "note" and notes is None else _rows(kind, notes).in_bulk(wanted)
        for kind, wanted in numbers.items()
    }
    marker = Marker(question)
    found = []
    for one in ranked:
        thing = things[one.candidate.kind].get(one.candidate.pk)
        if thing is not None:
            found.append(_hit(one, thing, marker, is_near=one.key in near))
    return _looked_into_files(found, marker)


def _hit(one: Ranked, thing: Any, marker: Marker, *, is_near: bool) -> Hit:
    kind = one.candidate.kind
    return Hit(
        kind=kind,
        pk=one.candidate.pk,
        score=round(one.score, 4),
        thing=thing,
        title=marker.whole(_title(kind, thing)),
        passage=marker.passage(_text(kind, thing)),
        address=thing.get_absolute_url(),
        at=moment_of(thing),
        is_near=is_near,
    )


def _looked_into_files(found: list[Hit], marker: Marker) -> list[Hit]:
    """Show of notes whose own text does not answer the place in their attached files that does; at most one query."""
    silent = {
        hit.pk for hit in found if hit.kind == "note" and not any(piece.is_hit for piece in hit.passage)
    }
    attached = attached_text_of(silent) if silent else {}
    for place, hit in enumerate(found):
        if hit.kind == "note" and hit.pk in attached:
            inside = marker.passage(attached[hit.pk])
            if any(piece.is_hit for piece in inside):
                found[place] = replace(hit, passage=inside)
    return found


def _rows(kind: str, notes: NoteQuerySet | None) -> QuerySet[Any]:
    if notes is not None and kind == "note":
        return notes
    if kind == "comment":
        return Comment.objects.select_related("conversation", "by")
    if kind == "forum":
        return Forum.objects.select_related("unit", "network")
    if kind == "story":
        return Story.objects.select_related("unit", "forum")
    if kind == "spark":
        return Spark.objects.select_related("forum")
    if kind == "person":
        return with_appointments(Person.objects.all())
    if kind == "network":
        return with_promises(for_lists(Network.objects.all()))
    return Unit.objects.all() if kind == "unit" else Tag.objects.all()


def _title(kind: str, thing: Any) -> str:
    if kind == "note":
        return str(thing.title)
    if kind == "spark":
        return str(thing.forum.title)
    return str(thing.conversation.title) if kind == "comment" else str(thing)


def _text(kind: str, thing: Any) -> str:
    if kind == "note":
        return str(getattr(thing, "beginning", ""))
    if kind == "comment":
        return plain_of(thing.body)
    if kind == "forum":
        return "\n".join(text for text in (thing.purpose, thing.about) if text)
    if kind == "story":
        return "\n".join(text for part in PARTS if (text := getattr(thing, part)))
    if kind == "spark":
        return str(thing.words)
    if kind == "network":
        return "\n".join(text for text in (thing.purpose, thing.promises) if text)
    if kind == "person":
        return " · ".join(text for text in (thing.about, *thing.knows) if text)
    return (
        " · ".join(text for text in (thing.other_name, *thing.abbreviations) if text)
        if kind == "unit"
        else ""
    )
