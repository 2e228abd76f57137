"""Notes as documents: with their tags, people and units, and the text of their files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from django.utils import timezone

from prakai.notes.models import Note, Origin, Tag, Tagging
from prakai.people.models import Person
from prakai.search.documents import Document
from prakai.search.queries.attached import attached_text_of
from prakai.search.queries.audiences import audience_of
from prakai.search.sources.networks import networks_by_path
from prakai.thai.years import BUDDHIST_AHEAD

_OF_NOTES: Final = (
    "title", "plain", "highlight", "series", "number", "audience", "author_name", "teller_name", "published_at",
    "written_at",
)  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Beside:
    """What belongs to notes and stands in other tables, by the notes' numbers; ``networks`` by those of units."""

    tags: Mapping[int, Sequence[Tag]]
    coauthors: Mapping[int, Sequence[Person]]
    source_numbers: Mapping[int, int | None]
    attached: Mapping[int, str]
    networks: Mapping[int, tuple[int, ...]]


def _gathered(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for number, thing in pairs:
        found[number].append(thing)
    return found


def notes(numbers: Sequence[int]) -> list[Document]:
    """Published notes, with their tags, people and units as names and the text of their files."""
    # Persons and units are fetched once for all notes of theirs; the body as people see it is not read at all.
    rows = (
        Note.objects.published()
        .filter(pk__in=numbers)
        .only(*_OF_NOTES, "author", "teller", "unit", "conversation")
        .prefetch_related("author", "teller", "unit")
    )
    found = list(rows.order_by("pk"))
    beside = _Beside(
        tags=_gathered(
            (row.note_id, row.tag) for row in Tagging.objects.filter(note__in=numbers).prefetch_related("tag")
        ),
        coauthors=_gathered(
            (row.note_id, row.person)
            for row in Note.coauthors.through.objects.filter(note__in=numbers).prefetch_related("person")
        ),
        source_numbers=dict(
            Origin.objects.filter(note__in=numbers, source_number__isnull=False).values_list(
                "note", "source_number"
            )
        ),
        attached=attached_text_of(list(numbers)),
        networks=networks_by_path(note.unit for note in found if note.unit is not None),
    )
    return [_note(note, beside) for note in found]


def _note(note: Note, beside: _Beside) -> Document:
    coauthors, tags = beside.coauthors.get(note.pk, ()), beside.tags.get(note.pk, ())
    people = [p for p in (note.author, note.teller, *coauthors) if p is not None]
    unit = note.unit
    at = note.published_at or note.written_at
    return Document(
        kind="note",
        pk=note.pk,
        title=note.title,
        body="\n".join(
            text for text in (note.highlight, note.plain, beside.attached.get(note.pk, "")) if text
        ),
        names=tuple(
            text
            for text in (
                *(tag.label for tag in tags),
                note.byline,
                note.author_name,
                unit.name_th if unit else "",
                note.series,
                str(note.number),
                str(beside.source_numbers.get(note.pk, "")),
            )
            if text
        ),
        audiences=(
            *audience_of(note.audience, note.unit_id),
            *(f"person:{person.pk}" for person in people),
        ),
        about=(f"conversation:{note.conversation_id}", *(f"person:{person.pk}" for person in people)),
        unit=note.unit_id,
        units=tuple(unit.ancestor_ids()) if unit else (),
        province=unit.province if unit else "",
        tags=tuple(tag.pk for tag in tags),
        people=tuple(person.pk for person in people),
        networks=beside.networks.get(unit.pk, ()) if unit else (),
        year=timezone.localtime(at).year + BUDDHIST_AHEAD,
        at=int(at.timestamp()),
    )
