"""Beginning the day's letters about new things: whose turn it is, and for which stretch of time each search is told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.search import rules
from prakai.search.models import SavedSearch
from prakai.thai.dates import BANGKOK

MORNING: Final = time(6, 0)
"""Letters go out from then on, so that they lie there when work begins."""

REST: Final = timedelta(minutes=5)
"""What is younger is left for the next letter: the index may not have it yet."""

MOST_PEOPLE: Final = 200
SEARCHES_EACH: Final = 4
"""So many searches of one person are reckoned with; where they are more, fewer people come at a time."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's letter: her searches, each with the moment from which on it is told, and until when."""

    person_id: int
    since: dict[int, datetime]
    until: datetime


@transaction.atomic
def begin_letters(*, by: Person | None, at: datetime | None = None, most: int = MOST_PEOPLE) -> list[Turn]:
    """Return the turns that are due, and count them as told: once a day for each person, for all her searches at once.

    Whoever calls writes the letters' tasks in the same transaction; so none is lost and none wanted twice.
    ``most`` people are taken at a time, whoever waits longest first.
    """
    rules.may_begin_letters(by).or_refuse()
    until = (at or timezone.now()) - REST
    morning = latest_morning(until)
    waiting = SavedSearch.objects.filter(
        by_letter=True, person__is_active=True, person__erased_at__isnull=True
    )
    due = waiting.filter(told_until__lt=morning).order_by("told_until", "pk")
    people = list(dict.fromkeys(due.values_list("person", flat=True)[: most * SEARCHES_EACH]))[:most]
    rows = SavedSearch.objects.select_for_update().filter(by_letter=True, person__in=people)
    searches: dict[int, list[SavedSearch]] = defaultdict(list)
    for search in rows.order_by("pk"):
        searches[search.person_id].append(search)
    turns = [
        Turn(person, {one.pk: one.told_until for one in hers if one.told_until < until}, until)
        for person, hers in searches.items()
        # Asked again under the lock: another worker may have come first.
        if any(one.told_until < morning for one in hers)
    ]
    told = [pk for turn in turns for pk in turn.since]
    SavedSearch.objects.filter(pk__in=told).update(told_until=until)
    if told:
        record("searches.told", SavedSearch(pk=told[0]), by=by, at=at, people=len(turns))
    return turns


def latest_morning(now: datetime) -> datetime:
    """Return the latest six o'clock of Bangkok that is past."""
    today = datetime.combine(now.astimezone(BANGKOK).date(), MORNING, BANGKOK)
    return today if today <= now else today - timedelta(days=1)
