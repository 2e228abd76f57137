"""Stories as pages show them: the list of a forum, and one story with its marked sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q

from prakai.forums import story_rules as rules
from prakai.forums.models import PARTS, Circle, Forum, Growth, Nugget, Participant, Story, StoryWithdrawal
from prakai.kernel.paging import Page, page_of
from prakai.kernel.verdicts import Verdict
from prakai.notes.models import Note
from prakai.people.models import Person
from prakai.thai.sentences import sentences

PAGE_SIZE: Final = 30
MOST_TELLERS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a part's text; with ``nugget`` when it is marked."""

    text: str
    nugget: Nugget | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be marked: its place as a form sends it, its words, whether it is marked."""

    value: str
    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a story that has words."""

    name: str
    heading: str
    pieces: list[Piece]
    sentences: list[Sentence]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story, and what its reader may do with it."""

    story: Story
    parts: list[Part]
    nuggets: list[Nugget]
    may_correct: bool
    may_withdraw: bool
    may_return: bool
    may_mark: bool
    growing: Verdict
    growth: Growth | None
    asks_reader: bool
    note: Note | None
    withdrawal: StoryWithdrawal | None


def story_list(forum: Forum, reader: Person | None, after: str | None = None) -> Page[Story]:
    """Return the stories of ``forum`` that ``reader`` may read, newest first, each with ``nugget_count``."""
    rows = Story.objects.standing().visible_to(reader).filter(forum=forum).select_related("unit", "person")
    marked = Count("nuggets", filter=Q(nuggets__gone_at__isnull=True))
    return page_of(rows.annotate(nugget_count=marked), by="id", after=after, size=PAGE_SIZE)


def stories_of(circle: Circle, reader: Person | None) -> list[Story]:
    """Return what was told in ``circle`` and ``reader`` may read, in the order in which it was written down."""
    rows = Story.objects.standing().visible_to(reader).filter(circle=circle)
    return list(rows.select_related("unit", "person").order_by("pk"))


def questions_for(reader: Person | None, forum: Forum) -> list[Growth]:
    """Return what at ``forum`` waits for this reader's word, whether it may grow into a note."""
    if reader is None or not reader.is_authenticated:
        return []
    waiting = Growth.objects.waiting().filter(author=reader, story__forum=forum)
    return list(waiting.filter(story__withdrawn_at__isnull=True).select_related("story"))


def tellers_of(forum: Forum) -> list[Participant]:
    """Return who came to ``forum`` and could have told, in the order of the dictionary."""
    return list(
        Participant.objects.seated().filter(forum=forum).select_related("unit").in_order()[:MOST_TELLERS]
    )


def story_page(story: Story, reader: Person | None) -> StoryPage:
    """Return one story as ``reader`` sees it."""
    nuggets = list(Nugget.objects.standing().filter(story=story).select_related("core").order_by("pk"))
    may_mark = bool(rules.may_mark(reader, story))
    growth = Growth.objects.filter(story=story).select_related("asked_by").first()
    note = None
    if growth is not None and growth.note_id is not None:
        note = Note.objects.visible_to(reader).filter(pk=growth.note_id).first()
    is_out = story.withdrawn_at is not None
    return StoryPage(
        story=story,
        parts=parts_of(story, nuggets, with_sentences=may_mark),
        nuggets=nuggets,
        may_correct=bool(rules.may_correct_story(reader, story)),
        may_withdraw=not is_out and bool(rules.may_withdraw_story(reader, story)),
        may_return=is_out and bool(rules.may_return_story(reader, story)),
        may_mark=may_mark,
        growing=rules.may_ask_growth(reader, story),
        growth=growth,
        asks_reader=growth is not None
        and growth.answered_at is None
        and bool(rules.may_answer_growth(reader, growth)),
        note=note,
        withdrawal=story.withdrawals.filter(undone_at__isnull=True).select_related("by").first()
        if is_out
        else None,
    )


def parts_of(story: Story, nuggets: Iterable[Nugget], *, with_sentences: bool = False) -> list[Part]:
    """Return the parts of a story that have words, in order, cut where nuggets begin and end."""
    found = []
    for name, heading in PARTS.items():
        text: str = getattr(story, name)
        if not text:
            continue
        marked = sorted((one for one in nuggets if one.part == name), key=lambda one: one.start)
        choices = (
            [
                Sentence(
                    f"{name}:{start}:{end}",
                    text[start:end],
                    any(one.start < end and one.end > start for one in marked),
                )
                for start, end in sentences(text)
            ]
            if with_sentences
            else []
        )
        found.append(Part(name, str(heading), _pieces(text, marked), choices))
    return found


def _pieces(text: str, marked: list[Nugget]) -> list[Piece]:
    pieces, at = [], 0
    for nugget in marked:
        pieces.append(Piece(text[at : nugget.start], None))
        pieces.append(Piece(text[nugget.start : nugget.end], nugget))
        at = nugget.end
    pieces.append(Piece(text[at:], None))
    return [piece for piece in pieces if piece.text]
