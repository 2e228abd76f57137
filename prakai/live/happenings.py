"""From journal entries to the public pages that changed by them.

An entry is judged by the rows as they stand when it is read, a moment after commit. What was said and taken back in
between is not told, and what nobody could see (a held comment, a draft, what members share) comes and goes in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from prakai.journal.models import Entry
from prakai.journal.newest import newest_id
from prakai.notes.models import Note
from prakai.people.models import readable_by
from prakai.talk.models import Appreciation, Comment, Conversation
from prakai.talk.models.conversations import open_to

MOST_AT_ONCE = 500
Line = tuple[int, str, int]  # id, verb, thing_id
Topics = dict[int, str]  # of each thing that is public


@dataclass(frozen=True, slots=True)
class Happening:
    """That the page ``topic`` changed by the journal entry ``entry_id``, whose verb is ``kind``."""

    entry_id: int
    topic: str
    kind: str


def topic_of(path: str) -> str:
    """Return the part of a page's path that stays when its words change: ``/notes/12-slug`` → ``/notes/12``."""
    numbered = re.match(r"/[a-z]+/\d+(?=[-/]|$)", path)
    return numbered.group() if numbered else path


def happenings_since(entry_id: int) -> tuple[int, list[Happening]]:
    """Return the newest entry's id, and what changed publicly after ``entry_id`` (the latest 500 entries of it)."""
    newest = newest_id()
    if newest <= entry_id:
        return newest, []
    entries = Entry.objects.filter(pk__gt=entry_id, pk__lte=newest, verb__in=PUBLIC_VERBS).order_by("-pk")
    return newest, public(reversed(entries.values_list("pk", "verb", "thing_id")[:MOST_AT_ONCE]))


def public(lines: Iterable[Line]) -> list[Happening]:
    """Return what of ``lines`` a visitor may see, in their order; a query for each family of verbs among them."""
    lines = list(lines)
    topics: dict[str, Topics] = {}
    for verbs, ask in FAMILIES:
        things = {thing for _, verb, thing in lines if verb in verbs}
        topics |= dict.fromkeys(verbs, ask(things) if things else {})
    return [
        Happening(entry_id, topics[verb][thing], verb)
        for entry_id, verb, thing in lines
        if thing in topics.get(verb, ())
    ]


def _shown_comments(things: Collection[int]) -> Topics:
    return _of_comments(Comment.objects.shown().filter(pk__in=things))


def _withdrawn_comments(things: Collection[int]) -> Topics:
    """Those that were to be seen until their authors withdrew them."""
    return _of_comments(Comment.objects.filter(pk__in=things, is_held=False, hidden_at__isnull=True))


def _hidden_comments(things: Collection[int]) -> Topics:
    """Those that were to be seen until somebody hid them."""
    return _of_comments(Comment.objects.filter(pk__in=things, is_held=False, withdrawn_at__isnull=True))


def _of_comments(rows: QuerySet[Comment]) -> Topics:
    pairs = rows.filter(open_to(None, "conversation")).values_list("pk", "conversation__address")
    return {pk: topic_of(address) for pk, address in pairs}


def _appreciations(things: Collection[int]) -> Topics:
    rows = Appreciation.objects.visible_to(None).filter(pk__in=things, conversation__isnull=False)
    pairs = rows.filter(open_to(None, "conversation")).values_list("pk", "conversation__address")
    return {pk: topic_of(address) for pk, address in pairs}


def _conversations(things: Collection[int]) -> Topics:
    pairs = Conversation.objects.visible_to(None).filter(pk__in=things).values_list("pk", "address")
    return {pk: topic_of(address) for pk, address in pairs}


def _standing_notes(things: Collection[int]) -> Topics:
    pairs = Note.objects.readable_by(None).filter(pk__in=things).values_list("pk", "number")
    return {pk: f"/notes/{number}" for pk, number in pairs}


def _withdrawn_notes(things: Collection[int]) -> Topics:
    """Those that everybody could read, and that have their tombstone now."""
    gone = Note.objects.filter(pk__in=things, published_at__isnull=False, withdrawn_at__isnull=False)
    pairs = gone.filter(readable_by(None)).values_list("pk", "number")
    return {pk: f"/notes/{number}" for pk, number in pairs}


COMING = frozenset(
    [
        "comment.made",
        "comment.brought",
        "comment.released",
        "comment.shown",
        "comment.returned",
        "comment.reworded",
    ]
)
FAMILIES: tuple[tuple[frozenset[str], Callable[[Collection[int]], Topics]], ...] = (
    (COMING, _shown_comments),
    (frozenset({"comment.withdrawn"}), _withdrawn_comments),
    (frozenset({"comment.hidden", "comment.hidden_by_stewards"}), _hidden_comments),
    (frozenset({"appreciation.given", "appreciation.shared"}), _appreciations),
    (frozenset({"conversation.closed", "conversation.reopened"}), _conversations),
    (frozenset({"note.published", "note.saved", "note.returned", "note.brought_again"}), _standing_notes),
    (frozenset({"note.withdrawn"}), _withdrawn_notes),
)
PUBLIC_VERBS = frozenset[str]().union(*(verbs for verbs, _ in FAMILIES))
