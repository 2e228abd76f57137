"""A spark or a story grows into a note: asked first, then by its author's own hand."""

from __future__ import annotations

import html
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from prakai.forums import story_rules as rules
from prakai.forums.models import PARTS, Growth, Spark, Story
from prakai.journal.recording import record
from prakai.notes import rules as note_rules
from prakai.notes.actions import first_notebook, write_note
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note
from prakai.people.models import Person
from prakai.thai.graphemes import cut


@transaction.atomic
def grow_into_note(thing: Story | Spark, *, by: Person, at: datetime | None = None) -> Growth:
    """Ask its author whether a story or a spark may grow into a note of hers; her own she begins at once.

    Asked again, it is the same question: what she has answered stands, until she begins the note herself.
    """
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    rules.may_ask_growth(by, thing).or_refuse()
    author = thing.person
    assert author is not None  # by the rule
    which = {"story": thing} if isinstance(thing, Story) else {"spark": thing}
    growth, is_new = Growth.objects.get_or_create(
        **which, defaults={"author": author, "asked_by": by, "asked_at": at or timezone.now()}
    )
    if is_new:
        record("growth.asked", growth, by=by, at=at, forum=thing.forum_id)
    return accept_growth(growth, by=by, at=at) if author.pk == by.pk else growth


@transaction.atomic
def accept_growth(growth: Growth, *, by: Person, at: datetime | None = None) -> Growth:
    """Begin the note, as a draft in her first notebook that nobody else sees; begun twice it is the same note."""
    growth = Growth.objects.select_for_update(of=("self",)).get(pk=growth.pk)
    rules.may_answer_growth(by, growth).or_refuse()
    thing = growth.story or growth.spark
    assert thing is not None  # by the constraint
    rules.may_ask_growth(by, thing).or_refuse()
    if growth.note_id is not None:
        return growth
    growth.note = _draft(thing, by=by, at=at)
    growth.answered_at = at or timezone.now()
    growth.save(update_fields=["note", "answered_at"])
    record("growth.accepted", growth, by=by, at=at, forum=thing.forum_id, note=growth.note.number)
    return growth


@transaction.atomic
def decline_growth(growth: Growth, *, by: Person, at: datetime | None = None) -> Growth:
    """Say that it stays what it is; nobody asks again. A note that was begun stays a note."""
    growth = Growth.objects.select_for_update(of=("self",)).get(pk=growth.pk)
    rules.may_answer_growth(by, growth).or_refuse()
    if growth.answered_at is None:
        growth.answered_at = at or timezone.now()
        growth.save(update_fields=["answered_at"])
        record("growth.declined", growth, by=by, at=at)
    return growth


def _draft(thing: Story | Spark, *, by: Person, at: datetime | None) -> Note:
    notebook = first_notebook(by=by, at=at)
    language = thing.forum.language
    if isinstance(thing, Spark):
        writing = Writing(title=cut(thing.words, 80), body=_paragraphs(thing.words), kind="journal")
    else:
        writing = Writing(title=thing.title, body=_body(thing, language), kind="how")
        day = timezone.localdate(at)
        if thing.unit is not None and note_rules.may_write_from(by, thing.unit, None, on=day):
            writing.unit = thing.unit
    writing.language = language
    return write_note(notebook=notebook, by=by, writing=writing, is_demo=thing.is_demo, at=at)


def _body(story: Story, language: str) -> str:
    with override(language):
        return "".join(
            f"<h2>{html.escape(str(label))}</h2>{_paragraphs(getattr(story, name))}"
            for name, label in PARTS.items()
            if getattr(story, name)
        )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(one)}</p>" for one in text.splitlines() if one.strip())
