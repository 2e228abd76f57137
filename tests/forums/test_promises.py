"""Promises are their owner's: nobody else reads one, and what others see of all of them exposes nobody."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from prakai.exchange.personal.sections import everything_about
from prakai.forums import actions
from prakai.forums.actions.forgetting_voices import forget_voices
from prakai.forums.models import NewsKind, Promise, Review
from prakai.forums.promise_words import promise_asked, promise_word
from prakai.forums.queries.promises import own_promises
from prakai.forums.queries.reviews import earlier_promises, last_taught
from prakai.forums.said import Promised
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


def test_who_is_forgotten_or_takes_it_back_opens_no_forum(cast: SimpleNamespace) -> None:
    series = actions.found_series(cast.hospital, "เวทีประจำปี", by=cast.malee)
    now = timezone.now()
    first = make_forum(cast.malee, cast.hospital, series=series, starts_at=now - timedelta(days=90))
    second = make_forum(cast.malee, cast.hospital, series=series, starts_at=now + timedelta(days=1))
    review = make_review(first, cast.malee)
    kept, erased, changed = (
        make_voice(review, "แดง"),
        make_voice(review, "นภา", cast.nurse),
        make_voice(review),
    )
    promise_of(kept, "จะเขียนสมุดเวร", tells_next=True)
    promise_of(erased, "จะฟังให้จบ", tells_next=True, is_named=True)
    hers = promise_of(changed, "จะโทรหา", tells_next=True)
    assert len(earlier_promises(second)) == 3
    forget_voices(cast.nurse.pk, name="", emptied=False, at=now)
    actions.change_promise(hers, changed, Promised("จะโทรหา", tells_next=False), by=None)
    assert [(e.words, e.name) for e in earlier_promises(second)] == [("จะเขียนสมุดเวร", "")]
    actions.withdraw_promise(kept.promises.get(), kept, by=None)
    assert earlier_promises(second) == []


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
