"""What every change of an agenda ends with: times of the forum kept true, its version raised. No actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import pgettext, pgettext_lazy

from prakai.forums.agenda_templates import AgendaTemplate, blocks_in_words
from prakai.forums.clock import MIDNIGHT, end_of, minute_of, on_the_clock
from prakai.forums.models import Block, Day, Forum
from prakai.journal.recording import record
from prakai.kernel.verdicts import Refused, no
from prakai.people.models import Person
from prakai.thai.dates import BANGKOK


def lay_template(forum: Forum, template: AgendaTemplate, first_on: date) -> None:
    """Write the days and blocks of ``template`` from ``first_on``, in the forum's language."""
    with translation.override(forum.language):
        for number, planned in enumerate(template.days):
            day = Day.objects.create(
                forum=forum, on=first_on + timedelta(days=number), begins_at=planned.begins_at
            )
            Block.objects.bulk_create(
                Block(day=day, position=place, kind=kind, minutes=minutes, title=title)
                for place, (kind, minutes, title) in enumerate(blocks_in_words(planned))
            )


def agenda_changed(forum: Forum, at: datetime | None, *, by: Person) -> None:
    """Keep ``starts_at`` and ``ends_at`` true and raise the version; refuse what an announced forum cannot lose.

    That an announced forum begins at another time is recorded, for those who planned for the old one.
    """
    began = forum.starts_at
    forum.starts_at, forum.ends_at = _times_of(forum)
    if forum.announced_at is not None and forum.starts_at is None:
        raise Refused(
            no(
                pgettext_lazy(
                    "forum refusal", "People may have planned for this day; it cannot be left empty."
                ),
                pgettext_lazy("forum refusal", "Add what comes instead first, or cancel the forum."),
            )
        )
    forum.changed_at = at or timezone.now()
    forum.version += 1
    forum.save(update_fields=["starts_at", "ends_at", "changed_at", "version", "slug"])
    if forum.announced_at is not None and began != forum.starts_at:
        record("forum.moved", forum, by=by, at=at)


def keep_times_true(forum: Forum) -> bool:
    """Let a forum begin and end with its blocks, however they came here; return whether that changed anything."""
    try:
        times = _times_of(forum)
    except ValidationError:
        return False
    if times[0] is None or times == (forum.starts_at, forum.ends_at):
        return False
    forum.starts_at, forum.ends_at = times
    forum.save(update_fields=["starts_at", "ends_at", "slug"])
    return True


def _times_of(forum: Forum) -> tuple[datetime | None, datetime | None]:
    """Return when the first block of all begins and the last one ends; days without blocks do not count."""
    spans: list[tuple[datetime, datetime]] = []
    blocks = list(Block.objects.filter(day__forum=forum).order_by("day", "position", "pk"))
    for day in Day.objects.filter(forum=forum):
        begins = minute_of(day.begins_at)
        own = [block for block in blocks if block.day_id == day.pk]
        if own:
            ends = end_within_day(begins, own)
            midnight = datetime.combine(day.on, time(0), tzinfo=BANGKOK)
            spans.append((midnight + timedelta(minutes=begins), midnight + timedelta(minutes=ends)))
    return min((one[0] for one in spans), default=None), max((one[1] for one in spans), default=None)


def end_within_day(begins: int, blocks: Iterable[Block]) -> int:
    """Return the minute at which a day ends; raise ``ValidationError`` when that is after midnight."""
    ends = end_of(begins, on_the_clock(begins, blocks))
    if ends > MIDNIGHT:
        raise ValidationError(
            {"minutes": pgettext("forum error", "The day would go on past midnight. Make something shorter.")}
        )
    return ends


def renumber(blocks: Iterable[Block]) -> None:
    """Number the blocks of a day from 0 in the order given."""
    changed = []
    for place, block in enumerate(blocks):
        if block.position != place:
            block.position = place
            changed.append(block)
    Block.objects.bulk_update(changed, ["position"])
