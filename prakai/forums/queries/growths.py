"""Traces between notes and the stories and sparks that they grew out of, both ways; and who is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from prakai.forums import story_rules as rules
from prakai.forums.models import Forum, Growth, Spark
from prakai.forums.queries.walls import WallSpark
from prakai.kernel.verdicts import Verdict
from prakai.notes.models import Note
from prakai.people.models import Person


@dataclass(frozen=True, slots=True)
class SparkPage:
    """One spark as ``reader`` sees it: ``note`` grew out of it, ``growth`` is the question that was asked.

    ``can_be_asked`` is false when nobody knows whom to ask; ``asking`` says whether its reader may ask.
    """

    spark: Spark
    note: Note | None
    growth: Growth | None
    asking: Verdict
    can_be_asked: bool
    is_own: bool
    asks_reader: bool


def origin_in_forum(note: Note, reader: Person | None) -> Growth | None:
    """Return what ``note`` grew out of, if ``reader`` may read that, with its forum."""
    rows = Growth.objects.visible_to(reader).filter(note=note)
    return rows.select_related("story__forum", "spark__forum").first()


def growth_waiting(pk: int) -> Growth | None:
    """Return the question ``pk`` with whom it asks, while it waits for an answer and the words still stand."""
    rows = Growth.objects.waiting().filter(pk=pk)
    found = rows.select_related("story__forum", "spark__forum", "author", "asked_by").first()
    return found if found is not None and found.thing.withdrawn_at is None else None


def grown_at(forum: Forum, reader: Person | None) -> list[Growth]:
    """Return what grew into notes that ``reader`` may read, in the order in which they were begun. One query."""
    rows = Growth.objects.readable_by(reader).filter(Q(story__forum=forum) | Q(spark__forum=forum))
    return list(
        rows.select_related("note__author", "note__teller", "story", "spark").order_by(
            "note__published_at", "pk"
        )
    )


def with_notes(sparks: Iterable[WallSpark], grown: Iterable[Growth]) -> list[WallSpark]:
    """Return the sparks, each with the note that it grew into, out of what ``grown_at`` found."""
    notes = {one.spark_id: one.note for one in grown if one.spark_id is not None and one.note is not None}
    return [replace(one, note=notes[one.pk]) if one.pk in notes else one for one in sparks]


def spark_page(spark: Spark, reader: Person | None, token: str = "") -> SparkPage:
    """Return what ``spark`` may grow into, for ``reader`` and the phone that keeps ``token``."""
    growth = Growth.objects.filter(spark=spark).select_related("asked_by").first()
    note = None
    if growth is not None and growth.note_id is not None:
        note = Note.objects.visible_to(reader).filter(pk=growth.note_id).first()
    return SparkPage(
        spark=spark,
        note=note,
        growth=growth,
        asking=rules.may_ask_growth(reader, spark, token),
        can_be_asked=rules.can_be_asked(spark),
        is_own=rules.is_hers(reader, spark, token),
        asks_reader=growth is not None
        and growth.answered_at is None
        and bool(rules.may_answer_growth(reader, growth, token)),
    )


def sparks_asked_about(forum: Forum, reader: Person | None, token: str = "") -> list[Spark]:
    """Return the sparks at ``forum`` that wait for the word of ``reader``, or of the phone that keeps ``token``."""
    if reader is None and not token:
        return []
    waiting = Growth.objects.waiting().filter(spark__forum=forum, spark__withdrawn_at__isnull=True)
    sparks = [one.spark for one in waiting.select_related("spark") if one.spark is not None]
    return [one for one in sparks if rules.is_hers(reader, one, token)]
