"""Whose turn it is for a letter: once a day, for all her searches at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.search.actions import begin_letters, save_search, tell_by_letter
from prakai.search.actions.telling import REST, latest_morning
from prakai.search.models import SavedSearch
from prakai.thai.dates import BANGKOK

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=BANGKOK)
MORNING = datetime(2026, 3, 3, 6, 5, tzinfo=BANGKOK)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (datetime(2026, 3, 2, 5, 59, tzinfo=BANGKOK), datetime(2026, 3, 1, 6, 0, tzinfo=BANGKOK)),
        (datetime(2026, 3, 2, 6, 0, tzinfo=BANGKOK), datetime(2026, 3, 2, 6, 0, tzinfo=BANGKOK)),
        (datetime(2026, 3, 2, 23, 59, tzinfo=BANGKOK), datetime(2026, 3, 2, 6, 0, tzinfo=BANGKOK)),
    ],
)
def test_the_morning_is_bangkoks(now: datetime, morning: datetime) -> None:
    assert latest_morning(now) == morning


def test_a_turn_comes_in_the_morning_and_once_a_day(cast: SimpleNamespace) -> None:
    one = save_search(cast.malee, "คิว", by=cast.malee, at=NOON)
    two = save_search(cast.malee, "ป้าย", by=cast.malee, at=NOON + MINUTE)
    assert begin_letters(by=None, at=MORNING - MINUTE) == []
    [turn] = begin_letters(by=None, at=MORNING)
    assert (turn.person_id, turn.since) == (cast.malee.pk, {one.pk: NOON, two.pk: NOON + MINUTE})
    assert turn.until == MORNING - REST
    assert [begin_letters(by=None, at=MORNING + n * MINUTE) for n in (0, 1, 600)] == [[], [], []]
    [later] = begin_letters(by=None, at=MORNING + DAY)
    assert set(later.since.values()) == {turn.until}
    assert (
        list(Entry.objects.filter(verb="searches.told").values_list("by_id", "facts"))
        == [(None, {"people": 1})] * 2
    )


def test_a_search_saved_at_noon_waits_for_the_next_letter(cast: SimpleNamespace) -> None:
    save_search(cast.malee, "คิว", by=cast.malee, at=NOON)
    begin_letters(by=None, at=MORNING)
    late = save_search(cast.malee, "ป้าย", by=cast.malee, at=MORNING + MINUTE)
    off = save_search(cast.malee, "เก้าอี้", by=cast.malee, at=NOON)
    tell_by_letter(off, False, by=cast.malee)
    assert begin_letters(by=None, at=MORNING + timedelta(hours=17)) == []
    [turn] = begin_letters(by=None, at=MORNING + DAY)
    assert (late.pk in turn.since, off.pk in turn.since, len(turn.since)) == (True, False, 2)


def test_who_does_not_take_part_gets_no_turn_and_nobody_calls_for_one(cast: SimpleNamespace) -> None:
    save_search(cast.malee, "คิว", by=cast.malee, at=NOON)
    cast.malee.is_active = False
    cast.malee.save()
    assert begin_letters(by=None, at=MORNING) == []
    with pytest.raises(Refused):
        begin_letters(by=cast.steward, at=MORNING)


def test_many_take_turns_who_waits_longest_first(cast: SimpleNamespace) -> None:
    for hours, person in enumerate((cast.somchai, cast.malee, cast.steward)):
        save_search(person, "คิว", by=person, at=NOON + hours * timedelta(hours=1))
    turns = [[turn.person_id for turn in begin_letters(by=None, at=MORNING, most=2)] for _ in range(3)]
    assert [set(some) for some in turns] == [{cast.somchai.pk, cast.malee.pk}, {cast.steward.pk}, set()]
    assert SavedSearch.objects.filter(told_until=MORNING - REST).count() == 3
