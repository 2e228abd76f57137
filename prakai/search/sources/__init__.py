"""What each room gives the index: its rows as documents, those only that somebody but their author may find.

A kind is one function that makes documents of rows by their numbers. What may not be found by anybody is left out, so
that giving a withdrawn note's number gives nothing and the index forgets it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from prakai.forums.models import Forum, Spark, Story
from prakai.kernel.markup import plain_of
from prakai.networks.models import Network
from prakai.notes.models import Note, Tag, Tagging
from prakai.notes.queries.finding import tags_standing_on
from prakai.people.models import Appointment, Audience, Person
from prakai.search.documents import Document
from prakai.search.queries.audiences import audience_of
from prakai.search.sources.forums import forums, sparks, stories
from prakai.search.sources.networks import networks, networks_of
from prakai.search.sources.notes import notes
from prakai.talk.models import Comment
from prakai.thai.years import BUDDHIST_AHEAD
from prakai.units.models import FormerName, Unit
from prakai.units.provinces import province

BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Rows:
    """A batch of rows by their numbers; they are read when it is looked through, in whatever process that is."""

    kind: str
    numbers: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Document]:
        made, _ = SOURCES[self.kind]
        yield from made(self.numbers)


def comments(numbers: Sequence[int]) -> list[Document]:
    """Shown comments in conversations that are shown."""
    rows = (
        Comment.objects.shown()
        .filter(pk__in=numbers, conversation__is_shown=True)
        .select_related("conversation", "conversation__unit", "by")
    )
    return [_comment(comment) for comment in rows.order_by("pk")]


def _comment(comment: Comment) -> Document:
    talk = comment.conversation
    unit = talk.unit
    return Document(
        kind="comment",
        pk=comment.pk,
        title="",
        body=plain_of(comment.body),
        names=(comment.by.display_name if comment.by else comment.by_name,),
        audiences=(
            *audience_of(talk.audience, talk.unit_id),
            *((f"person:{comment.by_id}",) if comment.by_id else ()),
        ),
        about=(f"conversation:{talk.pk}", *((f"person:{comment.by_id}",) if comment.by_id else ())),
        unit=unit.pk if unit else None,
        units=tuple(unit.ancestor_ids()) if unit else (),
        province=unit.province if unit else "",
        people=(comment.by_id,) if comment.by_id else (),
        year=timezone.localtime(comment.made_at).year + BUDDHIST_AHEAD,
        at=int(comment.made_at.timestamp()),
    )


def persons(numbers: Sequence[int]) -> list[Document]:
    """People who take part: for everyone who let themselves be listed, else for members."""
    rows = list(Person.objects.present().filter(pk__in=numbers).order_by("pk"))
    held: dict[int, list[Appointment]] = defaultdict(list)
    for row in (
        Appointment.objects.holding(timezone.localdate())
        .confirmed()
        .filter(person__in=rows)
        .select_related("unit")
    ):
        held[row.person_id].append(row)
    return [_person(person, held[person.pk]) for person in rows]


def _person(person: Person, held: list[Appointment]) -> Document:
    names = (f"{person.given_en} {person.family_en}".strip(), person.nickname_th)
    first = held[0].unit if held else None
    return Document(
        kind="person",
        pk=person.pk,
        title=f"{person.given_th} {person.family_th}".strip(),
        body=person.about,
        called=tuple(name for name in (*names, person.family_th) if name),
        names=tuple(
            text
            for text in (*names, *person.knows, *(f"{a.position_th} {a.unit.name_th}" for a in held))
            if text
        ),
        audiences=("public",) if person.is_listed else ("members",),
        about=tuple(f"unit:{row.unit_id}" for row in held),
        unit=first.pk if first else None,
        units=tuple(dict.fromkeys(step for row in held for step in row.unit.ancestor_ids())),
        province=first.province if first else "",
        people=(person.pk,),
        at=int(person.joined_at.timestamp()),
    )


def units(numbers: Sequence[int]) -> list[Document]:
    """Units by all their names."""
    rows = list(Unit.objects.filter(pk__in=numbers).order_by("pk"))
    former: dict[int, list[str]] = defaultdict(list)
    for unit_id, name in FormerName.objects.filter(unit__in=rows).values_list("unit_id", "name_th"):
        former[unit_id].append(name)
    belongs = networks_of(numbers)
    return [_unit(unit, former[unit.pk], belongs.get(unit.pk, [])) for unit in rows]


def _unit(unit: Unit, former: list[str], networks: list[int]) -> Document:
    place = province(unit.province)
    return Document(
        kind="unit",
        pk=unit.pk,
        title=unit.name_th,
        body=unit.about,
        called=tuple(name for name in (unit.name_en, *unit.abbreviations, *former) if name),
        names=tuple(
            text
            for text in (unit.name_en, *unit.abbreviations, *former, place.name_th if place else "")
            if text
        ),
        unit=unit.pk,
        units=tuple(unit.ancestor_ids()),
        province=unit.province,
        networks=tuple(networks),
        at=int(unit.created_at.timestamp()),
    )


def tags(numbers: Sequence[int]) -> list[Document]:
    """Tags that stand on something, for those who may read some of it."""
    rows = Tag.objects.filter(pk__in=numbers, same_as__isnull=True).prefetch_related("aliases").order_by("pk")
    read_by = _read_by(numbers)
    return [
        Document(
            kind="tag",
            pk=tag.pk,
            title=tag.label,
            names=tuple(alias.label for alias in tag.aliases.all()),
            called=tuple(alias.label for alias in tag.aliases.all()),
            audiences=tuple(sorted(read_by[tag.pk])),
            tags=(tag.pk,),
            at=int(tag.created_at.timestamp()),
        )
        for tag in rows
        if read_by[tag.pk]
    ]


def _read_by(numbers: Sequence[int]) -> dict[int, set[str]]:
    """Return for whom tags stand on something: for everyone, else for members, else for certain units.

    A wider circle holds the narrower ones, so one note of it is enough: a tag may stand on very many.
    """
    read_by: dict[int, set[str]] = defaultdict(set)
    for audience in (Audience.PUBLIC, Audience.MEMBERS):
        tags = tags_standing_on(Note.objects.published().filter(audience=audience))
        wanted = [number for number in numbers if number not in read_by]
        for number in tags.filter(pk__in=wanted).values_list("pk", flat=True):
            read_by[number].update(audience_of(audience, None))
    left = [number for number in numbers if number not in read_by]
    standing = Tagging.objects.filter(tag__in=left, note__in=Note.objects.published())
    for tag_id, unit_id in standing.values_list("tag_id", "note__unit_id").distinct():
        read_by[tag_id].update(audience_of(Audience.UNIT, unit_id))
    return read_by


SOURCES: Final[Mapping[str, tuple[Callable[[Sequence[int]], list[Document]], Any]]] = {
    "unit": (units, Unit),
    "network": (networks, Network),
    "tag": (tags, Tag),
    "person": (persons, Person),
    "forum": (forums, Forum),
    "story": (stories, Story),
    "spark": (sparks, Spark),
    "note": (notes, Note),
    "comment": (comments, Comment),
}
"""Each kind, how its documents are made, and the table that its numbers are of."""


def documents_of(keys: Iterable[str]) -> list[Document]:
    """Return the documents of things by their keys ("note:12"); a constant number of queries a kind."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        kind, _, number = key.partition(":")
        numbers[kind].append(int(number))
    found: list[Document] = []
    for kind, (made, _) in SOURCES.items():
        for start in range(0, len(numbers[kind]), BATCH):
            found += made(numbers[kind][start : start + BATCH])
    return found


def all_documents(done: Mapping[str, int]) -> Iterator[Rows]:
    """Yield batches of the rows of all rooms, by kind and number, from after what is ``done``."""
    for kind, (_, table) in SOURCES.items():
        last = done.get(kind, 0)
        while True:
            rows = table._default_manager.filter(Q(pk__gt=last)).order_by("pk")
            numbers = tuple(rows.values_list("pk", flat=True)[:BATCH])
            if not numbers:
                break
            yield Rows(kind, numbers)
            last = numbers[-1]


def how_many() -> int:
    """Return how many rows there are that may be found, for a bar: drafts and what is hidden count too."""
    return sum(int(table._default_manager.count()) for _, table in SOURCES.values())
