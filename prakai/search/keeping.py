"""Keeping the index true: what the journal tells is carried over, and an index that is missing or broken is made anew.

The index itself knows the last journal entry it has heard of. So it can be behind the journal, or be replaced by one
that was begun earlier, and still nothing is lost: whoever brings it up to date goes on from what the index says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Final

import structlog
from django.db.models import Q, QuerySet

from prakai.forums.models import Forum, Spark, Story
from prakai.journal.models import Entry
from prakai.journal.newest import newest_id
from prakai.networks.models import Membership
from prakai.notes.models import Note, Tagging
from prakai.search.documents import all_prepared
from prakai.search.engine import the_engine
from prakai.search.sources import all_documents, documents_of
from prakai.talk.models import Comment
from prakai.units.models import Unit, beneath

log = structlog.get_logger(__name__)

_HEARD: Final = {
    "note": "published brought brought_again saved withdrawn returned",
    "comment": "made brought held released reworded withdrawn returned hidden hidden_by_stewards shown",
    "forum": "announced changed cancelled revived closed reopened brought",
    "forum_day": "added changed removed",
    "story": "told corrected withdrawn returned brought",
    "spark": "thrown released hidden shown withdrawn claimed brought",
    "wall": "thawed",
    "forum_role": "given ended",
    "participant": "registered walked_in left changed",
    "person": "joined approved declined changed preferred erased returned brought",
    "appointment": "made confirmed changed ended dropped carried_on",
    "unit": "founded corrected renamed moved merged split closed reopened",
    "network": "founded renamed",
    "charter": "written",
    "membership": "began ended",
    "tag": "merged",
    "attachment": "read",
}
HEARD: Final = frozenset(f"{noun}.{verb}" for noun, verbs in _HEARD.items() for verb in verbs.split())
"""Verbs after which something is found in another way, or by others."""

AT_ONCE: Final = 500
"""Entries that are carried over together."""


@dataclass(slots=True)
class Touched:
    """What entries have touched: what in the index may no longer be true, and which documents are to be made again."""

    about: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    def thing(self, kind: str, number: int) -> None:
        """One document is made again."""
        self.about.add(f"{kind}:{number}")
        self.documents.add(f"{kind}:{number}")


def touched_by(entries: Iterable[Entry]) -> Touched:
    """Return what ``entries`` have touched; a constant number of queries."""
    told, renamed = Touched(), set[int]()
    numbers: dict[str, set[int]] = {
        kind: set() for kind in ("note", "forum", "network", "person", "unit", "tag")
    }
    for entry in entries:
        kind = entry.thing_kind.rpartition(".")[2]
        if kind in numbers:
            numbers[kind].add(entry.thing_id)
        elif kind == "comment":
            told.thing("comment", entry.thing_id)
        elif kind == "appointment" and (person := entry.facts.get("person")):
            told.thing("person", int(person))
        elif kind in ("story", "spark"):
            told.thing(kind, entry.thing_id)
        elif kind in ("charter", "membership") and (network := entry.facts.get("network")):
            numbers["network"].add(int(network))
            numbers["unit"].update(int(unit) for unit in [entry.facts.get("unit")] if unit)
        elif kind in ("role", "participant", "day", "wall") and (forum := entry.facts.get("forum")):
            numbers["forum"].add(int(forum))
        elif kind == "attachment" and (note := entry.facts.get("note")):
            numbers["note"].add(int(note))
        if entry.verb == "network.renamed":
            renamed.add(entry.thing_id)
        if entry.verb == "tag.merged" and (into := entry.facts.get("into")):
            numbers["tag"].add(int(into))
    _people(told, numbers["person"])
    numbers["note"] |= _notes_of(numbers)
    _notes(told, numbers["note"])
    numbers["forum"] |= _forums_of(numbers["unit"])
    if renamed:
        numbers["forum"].update(Forum.objects.filter(network__in=renamed).values_list("pk", flat=True))
    numbers["network"] |= _networks_of(numbers["unit"])
    for kind, rows in (("story", Story.objects.all()), ("spark", Spark.objects.all())):
        for number in rows.filter(forum__in=numbers["forum"]).values_list("pk", flat=True):
            told.thing(kind, number)
    for kind in ("unit", "tag", "forum", "network"):
        for number in numbers[kind]:
            told.thing(kind, number)
    return told


def _people(told: Touched, numbers: set[int]) -> None:
    if not numbers:
        return
    for number in numbers:
        told.thing("person", number)
    for number in Comment.objects.filter(by__in=numbers).values_list("pk", flat=True):
        told.thing("comment", number)


def _notes_of(numbers: dict[str, set[int]]) -> set[int]:
    """Notes that carry the name of a person, a unit or a tag that was touched.

    Each way is a query of its own, which an index answers; one query over all of them would read every note.
    """
    ways: list[QuerySet[Any, int]] = []
    if people := numbers["person"]:
        by = [Note.objects.filter(author__in=people), Note.objects.filter(teller__in=people)]
        ways += [notes.values_list("pk", flat=True) for notes in by]
        together = Note.coauthors.through.objects.filter(person__in=people)
        ways.append(together.values_list("note", flat=True))
    if units := _beneath(numbers["unit"]):
        ways.append(Note.objects.filter(unit__in=units).values_list("pk", flat=True))
    if tags := numbers["tag"]:
        ways.append(Tagging.objects.filter(tag__in=tags).values_list("note", flat=True))
    return {number for way in ways for number in way}


def _forums_of(units: set[int]) -> set[int]:
    """Forums that carry the name of a unit that was touched, or of one beneath it."""
    if not (there := _beneath(units)):
        return set()
    ways = (Forum.objects.filter(unit__in=there), Forum.objects.filter(host__in=there))
    return {number for way in ways for number in way.values_list("pk", flat=True)}


def _networks_of(units: set[int]) -> set[int]:
    """Networks that carry the name of a unit that was touched, or of one beneath it."""
    standing = Membership.objects.standing().filter(unit__in=_beneath(units)) if units else ()
    return {row.network_id for row in standing}


def _beneath(units: set[int]) -> list[int]:
    """These units and all beneath them."""
    paths = Unit.objects.filter(pk__in=units).values_list("path", flat=True) if units else ()
    there = reduce(or_, (beneath(path) for path in paths), Q(pk__in=()))
    return list(Unit.objects.filter(there).values_list("pk", flat=True))


def _notes(told: Touched, numbers: set[int]) -> None:
    if not numbers:
        return
    talks = set(Note.objects.filter(pk__in=numbers).values_list("conversation", flat=True))
    for number in numbers:
        told.thing("note", number)
    told.about.update(f"conversation:{talk}" for talk in talks)
    for number in Comment.objects.filter(conversation__in=talks).values_list("pk", flat=True):
        told.thing("comment", number)
    for tag in Tagging.objects.filter(note__in=numbers).values_list("tag", flat=True).distinct():
        told.thing("tag", tag)


def not_carried_over(*, most: int = AT_ONCE) -> list[Entry]:
    """Return the entries that the live index has not heard of, the oldest first, at most ``most`` of them."""
    position = the_engine().position()
    if position >= newest_id():
        return []
    return list(Entry.objects.filter(pk__gt=position, verb__in=HEARD).order_by("pk")[:most])


def carry_over() -> int:
    """Bring the live index up to date with the journal; return how many entries were carried over."""
    engine = the_engine()
    carried = 0
    while engine.exists():
        newest = newest_id()
        entries = not_carried_over()
        if not entries:
            break
        told = touched_by(entries)
        reached = entries[-1].pk if len(entries) == AT_ONCE else newest
        engine.update(sorted(told.about), all_prepared(documents_of(told.documents)), reached)
        carried += len(entries)
    return carried


def rebuild(told: Callable[[int], None] = lambda made: None, *, only_if_missing: bool = False) -> int:
    """Make the whole index anew beside the live one, put it in its place, and carry over what happened meanwhile.

    Returns how many documents it holds; ``told`` hears how many are done. One that was killed goes on where it was.
    """
    made = the_engine().build(all_documents, newest_id, told=told, only_if_missing=only_if_missing)
    carry_over()
    return made


def keep_whole() -> bool:
    """Make the index when there is none that can be read; return whether it was made. Called again and again.

    One that knows of more than the journal tells belongs to other rows: it is made anew, too.
    """
    engine = the_engine()
    if engine.exists():
        if engine.position() <= newest_id():
            return False
        engine.forget()
    log.info("search.index_is_made")
    made = rebuild(only_if_missing=True)
    log.info("search.index_is_live", documents=made)
    return True
