"""From journal entries to the addresses of public pages that changed by them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from prakai.journal.models import Entry
from prakai.notes.models import Note
from prakai.talk.models import Conversation

# What a visitor may see happen. Drafts, reports, held comments and private appreciations are nobody's business.
PUBLIC_VERBS = frozenset(
    {
        "comment.made",
        "comment.brought",
        "comment.released",
        "comment.reworded",
        "comment.withdrawn",
        "comment.returned",
        "comment.hidden",
        "comment.hidden_by_stewards",
        "comment.shown",
        "conversation.closed",
        "conversation.reopened",
        "appreciation.shared",
        "note.published",
        "note.saved",
        "note.returned",
    }
)
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Happening:
    """That the page ``topic`` changed by the journal entry ``entry_id``."""

    entry_id: int
    topic: str


def topic_of(path: str) -> str:
    """Return the part of a page's path that stays when its words change: ``/notes/12-slug`` → ``/notes/12``."""
    numbered = re.match(r"/[a-z]+/\d+(?=[-/]|$)", path)
    return numbered.group() if numbered else path


def happenings_since(entry_id: int) -> tuple[int, list[Happening]]:
    """Return the newest entry's id, and what changed publicly after ``entry_id`` (the latest 500 entries of it)."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    entries = list(
        Entry.objects.filter(pk__gt=entry_id, pk__lte=newest, verb__in=PUBLIC_VERBS)
        .order_by("-pk")
        .only("pk", "verb", "thing_kind", "thing_id", "facts")[:MOST_AT_ONCE]
    )
    return newest, list(_public(reversed(entries)))


def _public(entries: Iterable[Entry]) -> Iterable[Happening]:
    """The happenings of those entries whose conversation a visitor may read now."""
    found = list(entries)
    notes = {entry.thing_id for entry in found if entry.thing_kind == "notes.note"}
    conversation_of_note = dict(Note.objects.filter(pk__in=notes).values_list("pk", "conversation_id"))
    places = {entry.pk: _conversation(entry, conversation_of_note) for entry in found}
    wanted = {pk for pk in places.values() if pk is not None}
    addresses = dict(
        Conversation.objects.visible_to(None).filter(pk__in=wanted).values_list("pk", "address")
        if wanted
        else ()
    )
    for entry in found:
        address = addresses.get(places[entry.pk] or 0)
        if address:
            yield Happening(entry.pk, topic_of(address))


def _conversation(entry: Entry, conversation_of_note: dict[int, int]) -> int | None:
    if entry.thing_kind == "notes.note":
        return conversation_of_note.get(entry.thing_id)
    if entry.thing_kind == "talk.conversation":
        return entry.thing_id
    named = entry.facts.get("conversation")
    return named if isinstance(named, int) else None
