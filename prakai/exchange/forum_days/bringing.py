"""Bringing a forum's day in: proved, merged in one transaction, and written into the journal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from prakai.exchange.forum_days.around import Around
from prakai.exchange.forum_days.differing import keep_differences
from prakai.exchange.forum_days.merging import Merge
from prakai.exchange.forum_days.reading import Opened, open_day
from prakai.exchange.forum_days.reports import Brought
from prakai.exchange.importing.hostile import Refusal
from prakai.forums import rules
from prakai.forums.actions.times import keep_times_true
from prakai.forums.codes import code_in
from prakai.forums.models import Forum, Parcel, Passage, Spark, Story
from prakai.journal.recording import line_of, record, record_all
from prakai.kernel.ids import public_id
from prakai.people.models import Person
from prakai.units.rules import may_change_units


def bring_day(
    path: Path,
    *,
    by: Person | None,
    theirs: Collection[str] = (),
    dry_run: bool = False,
    takes_new_key: bool = False,
    at: datetime | None = None,
) -> Brought:
    """Merge the file at ``path`` into this place, and return what came of it.

    What is new is added, what changed only there is changed here, and what both have changed stays as it is here and
    is a conflict, unless its kind is named in ``theirs`` (``all`` names every kind). ``by`` prepares the forum, or is a
    steward for a forum that is new here; ``None`` is whoever runs this place. ``takes_new_key`` lets a plan bring a new
    key for a forum that was brought here before. Raises ``Refusal`` for a file that is
    damaged, foreign or wrongly signed, ``Refused`` for who may not; then nothing is changed.
    """
    moment = at or timezone.now()
    kept: list[tuple[Any, str]] = []
    try:
        with transaction.atomic():
            opened = open_day(path, takes_new_key=takes_new_key)
            merge = _merged(opened, by=by, theirs=theirs, at=moment, kept=kept)
            merge.report.is_dry_run = dry_run
            if dry_run:
                transaction.set_rollback(True)
    except BaseException:
        _let_go(kept)
        raise
    if dry_run:
        _let_go(kept)
    return merge.report


def _merged(
    opened: Opened,
    *,
    by: Person | None,
    theirs: Collection[str],
    at: datetime,
    kept: list[tuple[Any, str]],
) -> Merge:
    passage = opened.passage
    if len(opened.rows["series"]) > 1:
        raise Refusal("bad-rows", "The file tells of more than one series.")
    if by is not None:
        (may_change_units(by) if opened.forum is None else rules.may_prepare(by, opened.forum)).or_refuse()
    if passage is None:
        _can_be_new(opened)
        passage = Passage(place=public_id(), key=opened.key, is_home=False, by=by, at=at)
    last = passage.parcels.filter(place=opened.place).first() if passage.pk else None
    _is_no_step_back(opened, passage, last)
    passage.key = opened.key
    around = Around(
        opened.around, named=opened.named(), makes=opened.is_from_home and not passage.is_home, by=by
    )
    merge = Merge(opened, passage, last, around, theirs=theirs, kept=kept)
    merge.run()
    forum = merge.forum()
    keep_times_true(forum)
    passage.forum = forum
    passage.names = merge.telling.names.known
    passage.save()
    parcel = last or Parcel(passage=passage, place=opened.place)
    if parcel.pk is None or parcel.number != opened.number:
        # The same file again is not heard anew.
        parcel.number, parcel.made_at, parcel.by, parcel.at = opened.number, opened.made_at, by, at
    parcel.state = merge.state
    parcel.save()
    keep_differences(parcel, merge.report.conflicts, merge.telling)
    _tell(forum, merge, by=by, at=at)
    return merge


def _can_be_new(opened: Opened) -> None:
    """Refuse a plan without one whole forum, and one whose code would lead into another forum here."""
    codes = [str(told.columns.get("code", "")) for told in opened.rows["forum"]]
    if len(codes) != 1 or not codes[0] or code_in(codes[0]) != codes[0]:
        raise Refusal("bad-rows", "The file does not tell of its forum.")
    taken = Forum.objects.filter(code=codes[0]).first()
    if taken is not None:
        raise Refusal("code-taken", f"The code {codes[0]} belongs to another forum here: {taken.title}.")


def _is_no_step_back(opened: Opened, passage: Passage, last: Parcel | None) -> None:
    if opened.place == passage.place:
        raise Refusal("own-file", "This file was made at this very place; there is nothing to bring in.")
    if last is not None and opened.number < last.number:
        raise Refusal(
            "older-file", "A newer file of that place is in already; this older one was not brought in."
        )


def _tell(forum: Forum, merge: Merge, *, by: Person | None, at: datetime) -> None:
    report = merge.report
    report.forum = forum
    if report.is_unchanged:
        return
    sums = {
        "added": report.added.total(),
        "changed": report.changed.total(),
        "removed": report.removed.total(),
        "conflicts": len(report.conflicts),
    }
    record("forum.brought", forum, by=by, at=at, **sums)
    lines = [
        line_of(
            "spark.brought" if isinstance(row, Spark) else "story.brought", row, by=by, at=at, forum=forum.pk
        )
        for row in merge.touched
        if isinstance(row, Spark | Story)
    ]
    if lines:
        record_all(lines)


def _let_go(kept: list[tuple[Any, str]]) -> None:
    """Take away the pictures that were put into the store for rows that are not there."""
    for store, name in kept:
        store.delete(name)
