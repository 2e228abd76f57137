"""From what was ranked to what is shown: rows as lists need them, with the passage that answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from prakai.kernel.markup import plain_of
from prakai.notes.models import Note, Tag
from prakai.notes.queries.lists import rows_for
from prakai.people.models import Person
from prakai.people.queries import with_appointments
from prakai.search.passages import marked, passage
from prakai.search.queries.answers import Hit
from prakai.search.queries.attached import attached_text_of
from prakai.search.question import Question
from prakai.search.ranking import Ranked
from prakai.talk.models import Comment
from prakai.units.models import Unit


def hits_of(ranked: Sequence[Ranked], question: Question, *, near: frozenset[str]) -> list[Hit]:
    """Return the hits of one page in their order; a constant number of queries for each kind among them."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for one in ranked:
        numbers[one.candidate.kind].append(one.candidate.pk)
    things = {kind: _rows(kind).in_bulk(wanted) for kind, wanted in numbers.items()}
    bodies = (
        dict(Note.objects.filter(pk__in=numbers["note"]).values_list("pk", "plain"))
        if numbers["note"]
        else {}
    )
    attached = attached_text_of(numbers["note"]) if numbers["note"] else {}
    found = []
    for one in ranked:
        kind, pk = one.candidate.kind, one.candidate.pk
        thing = things[kind].get(pk)
        if thing is not None:
            text = _text(kind, thing, bodies.get(pk, ""))
            place = passage(text, question)
            if pk in attached and kind == "note" and not any(piece.is_hit for piece in place):
                inside = passage(attached[pk], question)
                place = inside if any(piece.is_hit for piece in inside) else place
            found.append(
                Hit(
                    kind=kind,
                    pk=pk,
                    score=round(one.score, 4),
                    thing=thing,
                    title=marked(_title(kind, thing), question),
                    passage=place,
                    address=thing.get_absolute_url(),
                    at=getattr(thing, "published_at", None) or getattr(thing, "made_at", None),
                    is_near=one.key in near,
                )
            )
    return found


def _rows(kind: str) -> QuerySet[Any]:
    if kind == "note":
        return rows_for(Note.objects.all())
    if kind == "comment":
        return Comment.objects.select_related("conversation", "by")
    if kind == "person":
        return with_appointments(Person.objects.all())
    return Unit.objects.all() if kind == "unit" else Tag.objects.all()


def _title(kind: str, thing: Any) -> str:
    if kind == "note":
        return str(thing.title)
    return str(thing.conversation.title) if kind == "comment" else str(thing)


def _text(kind: str, thing: Any, plain: str) -> str:
    if kind == "note":
        return plain
    if kind == "comment":
        return plain_of(thing.body)
    if kind == "person":
        return " · ".join(text for text in (thing.about, *thing.knows) if text)
    return (
        " · ".join(text for text in (thing.other_name, *thing.abbreviations) if text)
        if kind == "unit"
        else ""
    )
