"""Promises are their owner's: nobody else reads one, and what others see of all of them exposes nobody."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from prakai.exchange.personal.sections import everything_about
from prakai.forums import actions
from prakai.forums.models import NewsKind, Promise, PromiseNews, Review
from prakai.forums.promise_words import promise_asked, promise_word
from prakai.forums.queries.promises import at_least, own_promises, sums, sums_of
from prakai.forums.queries.reviews import earlier_promises, last_taught
from prakai.kernel.verdicts import Refused
from tests.factories.forums import make_forum
from tests.factories.reviews import make_answer, make_review, make_voice, promise_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(cast: SimpleNamespace) -> Review:
    return make_review(make_forum(cast.malee, cast.hospital), cast.malee)


def test_a_promise_is_seen_by_its_owner_alone(review: Review, cast: SimpleNamespace) -> None:
    promise = promise_of(make_voice(review, "นภา", cast.nurse))
    seen = {
        p: promise in Promise.objects.visible_to(getattr(cast, p))
        for p in ("nurse", "malee", "somchai", "steward")
    }
    assert seen == {"nurse": True, "malee": False, "somchai": False, "steward": False}
    assert (own_promises(cast.nurse), own_promises(cast.malee)) == ([promise], [])
    with pytest.raises(Refused):
        actions.withdraw_promise(promise, make_voice(review, "", cast.malee), by=cast.malee)


def test_fewer_than_five_are_never_told() -> None:
    assert [at_least(n) for n in (0, 1, 4, 5, 9, 10, 14)] == [0, 0, 0, 5, 5, 10, 10]
    told = sums(12, {NewsKind.TRIED: 7, NewsKind.NOT_YET: 4, NewsKind.TRYING: 1})
    assert (told.promises, dict(told.news)) == (10, {NewsKind.TRIED: 5})


def test_no_figure_and_no_difference_of_figures_tells_one_person() -> None:
    """Whatever is shown, five different truths stand behind each answer, told or not, and behind the rest."""
    kinds = (NewsKind.TRIED, NewsKind.TRYING, NewsKind.NOT_YET)
    behind: dict[tuple[int, ...], list[tuple[int, ...]]] = defaultdict(list)
    for silent, *counts in product(range(15), repeat=4):
        told = sums(silent + sum(counts), dict(zip(kinds, counts, strict=True)))
        behind[(told.promises, *(told.news.get(kind, 0) for kind in kinds))].append((silent, *counts))
    whole = {shown: truths for shown, truths in behind.items() if shown[0] and shown[0] <= 10}
    assert len(whole) > 10
    for shown, truths in whole.items():
        assert all(figure % 5 == 0 for figure in shown)
        for place in range(4):
            assert len({truth[place] for truth in truths}) >= 5, shown


def test_one_more_answer_is_not_seen_before_the_next_month(review: Review) -> None:
    now = timezone.now()
    month = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    promises = [promise_of(make_voice(review)) for _ in range(6)]
    for promise in promises:
        actions.tell_news(promise, 30, NewsKind.TRIED, by=None, at=month - timedelta(days=3))
    assert dict(sums_of(review, now=now).news) == {NewsKind.TRIED: 5}
    PromiseNews.objects.filter(promise=promises[0]).update(at=now)
    PromiseNews.objects.filter(promise=promises[1]).update(at=now)
    assert dict(sums_of(review, now=now).news) == {}
    actions.withdraw_promise(promises[2], promises[2].voice, by=None)
    assert sums_of(review, now=now).promises == 5


def test_a_promise_is_asked_for_once_after_30_90_and_180_days(review: Review, cast: SimpleNamespace) -> None:
    voice = make_voice(review, "นภา", cast.nurse)
    promise, silent = promise_of(voice, reminds=True), promise_of(voice)
    at = promise.at
    assert actions.begin_askings(by=None, at=at + timedelta(days=29)) == []
    begun = [
        a
        for day in (30, 31, 90, 91, 180, 181, 300)
        for a in actions.begin_askings(by=None, at=at + timedelta(days=day))
    ]
    assert [(a.promise, a.after) for a in begun] == [(promise, 30), (promise, 90), (promise, 180)]
    assert silent.askings.count() == 0
    with pytest.raises(Refused):
        actions.begin_askings(by=cast.steward)


def test_who_answered_or_wants_no_letters_is_not_asked(review: Review, cast: SimpleNamespace) -> None:
    voice = make_voice(review, "นภา", cast.nurse)
    told, stopped = promise_of(voice, reminds=True), promise_of(voice, reminds=True)
    actions.tell_news(told, 30, NewsKind.TRYING, by=None)
    actions.stop_asking(stopped, by=None)
    assert actions.begin_askings(by=None, at=told.at + timedelta(days=31)) == []
    with pytest.raises(ValidationError):
        promise_of(make_voice(review), reminds=True)


def test_the_signed_word_is_for_one_promise_and_one_occasion(review: Review) -> None:
    promise = promise_of(make_voice(review))
    word = promise_word(promise, 30)
    assert promise_asked(word) == (promise, 30)
    assert promise_asked(word[:-1] + ("a" if word[-1] != "a" else "b")) is None
    assert promise_asked(signing.dumps([promise.public_id, 30], salt="another")) is None
    assert promise_asked(signing.dumps([promise.public_id, 31], salt="forums.promise")) is None
    actions.withdraw_promise(promise, promise.voice, by=None)
    assert promise_asked(word) is None


def test_the_latest_word_for_an_occasion_counts(review: Review) -> None:
    promise = promise_of(make_voice(review))
    actions.tell_news(promise, 30, NewsKind.NOT_YET, by=None)
    actions.tell_news(promise, 30, NewsKind.TRIED, by=None)
    assert [(n.after, n.answer) for n in promise.news.all()] == [(30, "tried")]
    with pytest.raises(ValidationError):
        actions.tell_news(promise, 30, "failed", by=None)


def test_the_next_forum_of_the_series_opens_with_the_promises_of_those_who_agreed(
    cast: SimpleNamespace,
) -> None:
    series = actions.found_series(cast.hospital, "เวทีประจำปี", by=cast.malee)
    now = timezone.now()
    first = make_forum(cast.malee, cast.hospital, series=series, starts_at=now - timedelta(days=90))
    second = make_forum(cast.malee, cast.hospital, series=series, starts_at=now + timedelta(days=1))
    review = make_review(first, cast.malee)
    promise_of(make_voice(review, "นภา", cast.nurse), "จะฟังให้จบ", tells_next=True, is_named=True)
    promise_of(make_voice(review, "แดง"), "จะเขียนสมุดเวร", tells_next=True)
    promise_of(make_voice(review, "ดำ"), "เรื่องส่วนตัว", is_named=True)
    assert sorted((e.words, e.name) for e in earlier_promises(second)) == [
        ("จะฟังให้จบ", "นภา"),
        ("จะเขียนสมุดเวร", ""),
    ]
    assert (earlier_promises(first), last_taught(second), last_taught(first)) == ([], review, None)


def test_she_takes_her_answers_and_promises_along(review: Review, cast: SimpleNamespace) -> None:
    voice = make_voice(review, "นภา", cast.nurse)
    promise_of(voice, "จะฟังให้จบ")
    make_answer(voice, "ได้เพื่อน")
    kept = {section.key: section.rows for section in everything_about(cast.nurse, by=cast.nurse)}
    assert [row["words"] for key in ("review_answers", "promises") for row in kept[key]] == [
        "ได้เพื่อน",
        "จะฟังให้จบ",
    ]
    others = {section.key: section.rows for section in everything_about(cast.malee, by=cast.malee)}
    assert others["promises"] == []
