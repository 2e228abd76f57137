"""A spark or a story grows into a note: asked first, then by its author's own hand."""

from __future__ import annotations

import html
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from prakai.forums import story_rules as rules
from prakai.forums.actions.sparking import claim_spark
from prakai.forums.models import PARTS, Growth, Spark, Story
from prakai.journal.recording import record
from prakai.notes import rules as note_rules
from prakai.notes.actions import first_notebook, write_note
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note
from prakai.people.models import Person
from prakai.thai.graphemes import cut


@transaction.atomic
def grow_into_note(
    thing: Story | Spark, *, by: Person, token: str = "", at: datetime | None = None
) -> Growth:
    """Ask its author whether a story or a spark may grow into a note of hers; her own she begins at once.

    Asked again, it is the same question: what she has answered stands, until she begins the note herself. Who threw
    a spark without a name is asked on her phone, which keeps its ``token``; nobody else is told who she is.
    """
    thing = type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    rules.may_ask_growth(by, thing, token).or_refuse()
    is_own = rules.is_hers(by, thing, token)
    which = {"story": thing} if isinstance(thing, Story) else {"spark": thing}
    growth, is_new = Growth.objects.get_or_create(
        **which, defaults={"author": thing.person, "asked_by": by, "asked_at": at or timezone.now()}
    )
    if is_new:
        teller = _told_as(thing, by) if is_own else by
        record("growth.asked", growth, by=teller, at=at, forum=thing.forum_id)
    return accept_growth(growth, by=by, token=token, at=at) if is_own else growth


@transaction.atomic
def accept_growth(growth: Growth, *, by: Person, token: str = "", at: datetime | None = None) -> Growth:
    """Begin the note, as a draft in her first notebook that nobody else sees; begun twice it is the same note.

    A spark without a name is claimed by it, still without her name.
    """
    growth = Growth.objects.select_for_update(of=("self",)).get(pk=growth.pk)
    rules.may_accept_growth(by, growth, token).or_refuse()
    thing: Story | Spark = growth.thing
    rules.may_ask_growth(by, thing, token).or_refuse()
    if growth.note_id is not None:
        return growth
    if isinstance(thing, Spark) and thing.person_id is None:
        thing = claim_spark(thing, by=by, token=token, is_named=False, at=at)
    growth.author = by
    growth.note = _draft(thing, by=by, at=at)
    growth.answered_at = at or timezone.now()
    growth.save(update_fields=["author", "note", "answered_at"])
    teller = _told_as(thing, by)
    facts = {"note": growth.note.number} if teller is not None else {}
    record("growth.accepted", growth, by=teller, at=at, forum=thing.forum_id, **facts)
    return growth


@transaction.atomic
def decline_growth(
    growth: Growth, *, by: Person | None, token: str = "", at: datetime | None = None
) -> Growth:
    """Say that it stays what it is; nobody asks again. A note that was begun stays a note."""
    growth = Growth.objects.select_for_update(of=("self",)).get(pk=growth.pk)
    rules.may_answer_growth(by, growth, token).or_refuse()
    if growth.answered_at is None:
        growth.answered_at = at or timezone.now()
        growth.save(update_fields=["answered_at"])
        record("growth.declined", growth, by=_told_as(growth.thing, by), at=at)
    return growth


def _told_as(thing: Story | Spark, by: Person | None) -> Person | None:
    """Return who the journal may say answered: of a spark without a name, nobody."""
    return None if isinstance(thing, Spark) and not thing.name else by


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
