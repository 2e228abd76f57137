"""Following the journal: what fails is tried again later, then put aside; what is away is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from prakai.journal import following
from prakai.journal.following import A_TURN, WAITS, Follower, catch_up, follow, followers, sweep
from prakai.journal.models import Cursor, Entry, Setback
from prakai.kernel.outages import Outage


def say(verb: str = "test.said") -> Entry:
    return Entry.objects.create(verb=verb, thing_kind="test.thing", thing_id=1)


@pytest.fixture
def stubborn() -> Iterator[tuple[Follower, list[int], list[int]]]:
    """A follower that fails at the entries of the first list, and keeps the others in the second."""
    bad: list[int] = []
    done: list[int] = []

    @follow("test.stubborn", "test.said")
    def react(entry: Entry) -> None:
        if entry.pk in bad:
            raise LookupError("not today")
        done.append(entry.pk)

    yield next(f for f in followers() if f.name == "test.stubborn"), bad, done
    following._followers.pop("test.stubborn")


def let_time_pass(wait: timedelta) -> None:
    cursor = Cursor.objects.get(follower="test.stubborn")
    Cursor.objects.filter(pk=cursor.pk).update(moved_at=cursor.moved_at - wait)


@pytest.mark.django_db
def test_an_entry_that_fails_is_tried_again_later_and_put_aside_in_the_end(stubborn: Any) -> None:
    follower, bad, done = stubborn
    first, second = say(), say()
    bad.append(first.pk)
    for number, wait in enumerate(WAITS, start=1):
        assert (catch_up(follower), catch_up(follower)) == (0, 0)
        assert Cursor.objects.get(follower="test.stubborn").tries == number
        let_time_pass(wait)
    assert (done, Setback.objects.count()) == ([], 0)
    assert catch_up(follower) == 2
    assert (done, Setback.objects.get().entry, Setback.objects.get().trouble) == (
        [second.pk],
        first,
        "LookupError: not today",
    )


@pytest.mark.django_db
def test_an_entry_that_fails_for_a_while_is_not_lost(stubborn: Any) -> None:
    follower, bad, done = stubborn
    entry = say()
    bad.append(entry.pk)
    assert catch_up(follower) == 0
    bad.clear()
    let_time_pass(WAITS[0])
    assert (catch_up(follower), done) == (1, [entry.pk])
    cursor = Cursor.objects.get(follower="test.stubborn")
    assert (cursor.last_id, cursor.tries, cursor.trouble) == (entry.pk, 0, "")


@pytest.fixture
def two() -> Iterator[list[tuple[str, int]]]:
    """Two followers, and what each dealt with, in order."""
    done: list[tuple[str, int]] = []
    for name in ("test.first", "test.second"):

        @follow(name, "test.said")
        def react(entry: Entry, name: str = name) -> None:
            done.append((name, entry.pk))

    yield done
    for name in ("test.first", "test.second"):
        following._followers.pop(name)


@pytest.mark.django_db
def test_a_follower_with_much_to_do_keeps_no_other_waiting(two: list[tuple[str, int]]) -> None:
    said = [say().pk for _ in range(2 * A_TURN + 7)]
    sweep()
    mine = [(name, pk) for name, pk in two if name == "test.second"]
    assert mine == [("test.second", pk) for pk in said]
    assert two.index(("test.second", said[0])) == A_TURN
    assert (len(two), sweep()) == (2 * len(said), 0)


def told(act: Callable[[], None]) -> list[str]:
    with capture_logs() as lines:
        act()
    return [line["event"] for line in lines]


@pytest.mark.django_db
def test_those_whom_nothing_concerns_are_led_past_it_together(two: list[tuple[str, int]]) -> None:
    say()
    sweep()
    newest = say("test.unheard").pk
    with CaptureQueriesContext(connection) as asked:
        assert sweep() == 0
    assert {cursor.last_id for cursor in Cursor.objects.all()} == {newest}
    assert len([query for query in asked if query["sql"].startswith("UPDATE")]) == 1
    assert len(asked) <= 4 + 2  # the first look and the write; nobody looks for itself


@pytest.mark.django_db
def test_nobody_is_led_past_what_concerns_her(two: list[tuple[str, int]]) -> None:
    say()
    sweep()
    two.clear()
    say("test.unheard")
    heard = say()
    say("test.unheard")
    assert sweep() == 2
    assert sorted(two) == [("test.first", heard.pk), ("test.second", heard.pk)]


@pytest.mark.django_db
def test_one_that_stumbles_is_not_led_past(stubborn: Any) -> None:
    _, bad, done = stubborn
    entry = say()
    bad.append(entry.pk)
    sweep()
    bad.clear()
    say("test.unheard")
    sweep()
    assert Cursor.objects.get(follower="test.stubborn").last_id < entry.pk
    let_time_pass(WAITS[-1])
    sweep()
    assert done == [entry.pk]


def test_what_is_away_is_told_once_and_once_more_when_it_is_back() -> None:
    outage = Outage("journal.unreadable")

    def goes_and_comes() -> None:
        for _ in range(50):
            outage.away(OperationalError("database or disk is full"))
        outage.back()
        outage.back()

    assert told(goes_and_comes) == ["journal.unreadable", "journal.unreadable.over"]


def test_another_trouble_is_told_too_and_a_lasting_one_again() -> None:
    outage = Outage("work.sweep_failed", again=0.0)
    assert len(told(lambda: [outage.away(ValueError("x")) for _ in range(3)] and None)) == 3
    outage = Outage("work.sweep_failed")
    assert len(told(lambda: [outage.away(ValueError(str(n % 2))) for n in range(4)] and None)) == 4


@pytest.mark.django_db
def test_every_verb_that_is_followed_is_recorded_by_somebody() -> None:
    """A follower of a misspelt verb would wait for ever, and nobody would hear of it."""
    import re
    from pathlib import Path

    package = Path(following.__file__).resolve().parent.parent
    said = {
        verb
        for path in package.rglob("*.py")
        if "followers" not in path.name
        for verb in re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))
        if "record(" in path.read_text(encoding="utf-8")
    }
    # A follower that records something itself names the verb in its call.
    calls = re.compile(r'record\(\s*"([a-z_]+\.[a-z_]+)"')
    said |= {
        verb for path in package.rglob("*.py") for verb in calls.findall(path.read_text(encoding="utf-8"))
    }
    followed = {verb for f in followers() if not f.name.startswith("test.") for verb in f.verbs}
    assert sorted(followed - said) == []
