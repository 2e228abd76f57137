"""What others see of promises: an adversary who watches after each answer never learns what one person answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import combinations_with_replacement, product
from random import Random
from types import SimpleNamespace

import pytest
from django.utils import timezone

from prakai.forums import actions
from prakai.forums.models import NewsKind, Passage, PromiseNews, PromiseSum, Review
from prakai.forums.queries.promises import sums_of
from prakai.forums.sums import BATCH, STEP, told
from prakai.kernel.verdicts import Refused
from tests.factories.forums import make_forum
from tests.factories.reviews import make_review, make_voice, promise_of

KINDS = tuple(NewsKind.values)
Counts = tuple[int, ...]


def truths(people: int) -> list[Counts]:
    """All ways in which so many people can have answered."""
    return [counts for counts in product(range(people + 1), repeat=len(KINDS)) if sum(counts) == people]


def shown_of(counts: Counts) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(told(dict(zip(KINDS, counts, strict=True)), sum(counts)).items()))


def test_fewer_than_five_are_never_told_and_some_are_always_left() -> None:
    assert told({"tried": 4, "trying": 3, "not_yet": 3}, 10) == {}
    assert told({"tried": 7, "trying": 4}, 11) == {"tried": 5}
    assert told({"tried": 10}, 10) == {"tried": 5}
    assert told({"made": 30}, 30) == {"made": 25}
    assert (told({"made": 5}, 5), told({"made": 0}, 0), told({}, 12)) == ({}, {}, {})
    for people in range(BATCH, 17):
        for counts in truths(people):
            shown = dict(shown_of(counts))
            assert all(least % STEP == 0 and least >= STEP for least in shown.values())
            assert sum(shown.values()) <= people - 3


@pytest.mark.parametrize("people", range(BATCH, 17))
def test_every_other_person_may_have_given_every_answer_whatever_is_told(people: int) -> None:
    """Behind each table, and for two who know their own answers: each of the four answers is possible for anybody."""
    behind: dict[tuple[tuple[str, int], ...], list[Counts]] = defaultdict(list)
    for counts in truths(people):
        behind[shown_of(counts)].append(counts)
    insiders = [
        Counter(known) for size in (0, 1, 2) for known in combinations_with_replacement(range(4), size)
    ]
    for shown, possible in behind.items():
        for known in insiders:
            others = [tuple(c - known[place] for place, c in enumerate(counts)) for counts in possible]
            others = [rest for rest in others if min(rest) >= 0]
            if others:
                open_answers = [any(rest[place] for rest in others) for place in range(4)]
                assert (shown, dict(known), open_answers) == (shown, dict(known), [True] * 4)


@pytest.mark.parametrize("people", range(1, 40))
def test_the_number_of_promises_tells_of_nobody_whether_she_made_one(people: int) -> None:
    behind: dict[int, set[int]] = defaultdict(set)
    for made in range(people + 1):
        behind[told({"made": made}, people).get("made", 0)].add(made)
    for possible in behind.values():
        assert (max(possible) >= 1, min(possible) < people) == (True, True)


@pytest.fixture
def review(cast: SimpleNamespace, db: None) -> Review:
    began = timezone.now() - timedelta(hours=5)
    return make_review(make_forum(cast.malee, cast.hospital, starts_at=began), cast.malee)


def first_of_month(months: int) -> datetime:
    now = timezone.localtime(timezone.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _ in range(months):
        now = (now + timedelta(days=32)).replace(day=1)
    return now


def test_who_watches_after_each_single_answer_learns_of_nobody(review: Review) -> None:
    """Thirty people answer one by one over months, some change their minds or leave; the page is read each time.

    It moves only at the beginning of a month, by a table of at least ten people who stood in none before. Each table
    by itself is held against all truths above, and tables are of different people: so is all of them together.
    """
    chance = Random(20260612)
    promises = [promise_of(make_voice(review)) for _ in range(30)]
    views, batches, waiting = [dict(sums_of(review).news)], [], 0
    for month in range(6):
        begin = first_of_month(month)
        for promise in promises[month * 5 : month * 5 + 5]:
            actions.tell_news(promise, 30, chance.choice(KINDS), by=None, at=begin + timedelta(days=3))
            actions.publish_sums(by=None, at=begin + timedelta(days=4))
            assert dict(sums_of(review).news) == views[-1]
        waiting += 5
        if month == 2:  # one of the first table says something else, one takes hers back: nothing moves
            actions.tell_news(promises[0], 90, KINDS[0], by=None, at=begin + timedelta(days=5))
            actions.withdraw_promise(promises[1], promises[1].voice, by=None, at=begin + timedelta(days=5))
            assert dict(sums_of(review).news) == views[-1]
        uncounted = review.voices.filter(counted_at__isnull=True, promises__news__isnull=False).distinct()
        answers = Counter(
            PromiseNews.objects.filter(promise__voice__in=uncounted).values_list("answer", flat=True)
        )
        people = uncounted.count()
        actions.publish_sums(by=None, at=first_of_month(month + 1) + timedelta(hours=1))
        actions.publish_sums(by=None, at=first_of_month(month + 1) + timedelta(hours=2))
        views.append(dict(sums_of(review).news))
        moved = Counter(views[-1]) - Counter(views[-2])
        if people >= BATCH:
            batches.append(people)
            assert dict(moved) == told(answers, people)
        else:
            assert (dict(moved), views[-1]) == ({}, views[-2])
    assert batches == [10, 10, 10]
    assert PromiseSum.objects.filter(review=review).count() == 3


def test_somebody_with_many_promises_is_one_of_the_people(review: Review) -> None:
    voice = make_voice(review)
    for promise in [promise_of(voice) for _ in range(12)]:
        actions.tell_news(promise, 30, NewsKind.TRIED, by=None, at=first_of_month(0))
    actions.publish_sums(by=None, at=first_of_month(1))
    assert (PromiseSum.objects.count(), dict(sums_of(review).news)) == (0, {})


def test_the_number_is_published_once_when_no_more_are_taken_in(
    review: Review, cast: SimpleNamespace
) -> None:
    for number in range(8):
        voice = make_voice(review)
        if number < 6:
            promise_of(voice)
            actions.publish_sums(by=None)
            assert sums_of(review).promises == 0
    actions.close_forum(review.forum, by=cast.malee)
    review.refresh_from_db()
    assert sums_of(review).promises == 5
    actions.reopen_forum(review.forum, by=cast.malee)
    for _ in range(6):
        promise_of(make_voice(Review.objects.get()))
    actions.close_forum(review.forum, by=cast.malee)
    review.refresh_from_db()
    assert sums_of(review).promises == 5
    with pytest.raises(Refused):
        actions.publish_sums(by=cast.steward)


def test_a_copy_of_a_forum_that_has_its_home_elsewhere_publishes_and_asks_nothing(
    review: Review, cast: SimpleNamespace
) -> None:
    """A month begins while the day is away: two tables of the same people would tell more than either."""
    promises = [promise_of(make_voice(review), reminds=True, email="napa@example.org") for _ in range(12)]
    for promise in promises:
        actions.tell_news(promise, 90, NewsKind.TRIED, by=None, at=first_of_month(0))
    passage = Passage.objects.create(forum=review.forum, is_home=False)
    later = promises[0].at + timedelta(days=31)
    actions.close_forum(review.forum, by=cast.malee)
    assert actions.publish_sums(by=None, at=first_of_month(3)) == 0
    assert actions.begin_askings(by=None, at=later) == []
    assert (PromiseSum.objects.count(), sums_of(review).promises) == (0, 0)
    Passage.objects.filter(pk=passage.pk).update(is_home=True)
    assert len(actions.begin_askings(by=None, at=later)) == 12
    assert actions.publish_sums(by=None, at=first_of_month(3)) == 2
    assert (dict(sums_of(review).news), sums_of(review).promises) == ({"tried": 5}, 5)
