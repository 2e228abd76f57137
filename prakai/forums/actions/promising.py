"""Promises to oneself: making, changing and taking them back, and telling what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import review_rules as rules
from prakai.forums.models import AFTER_DAYS, NewsKind, Promise, PromiseAsking, PromiseNews, Voice
from prakai.forums.said import Promised
from prakai.journal.recording import record
from prakai.kernel.typed import line, paragraphs
from prakai.people.models import Person

LONGEST = 1000
MOST_PROMISES = 20
# A question that could not be asked in time (the place was closed for weeks) is left, not asked late.
LATE: Final = timedelta(days=20)


@transaction.atomic
def make_promise(
    voice: Voice, said: Promised, *, by: Person | None, client_id: str, at: datetime | None = None
) -> Promise:
    """Make a promise to oneself; the same ``client_id`` again is the same promise. Nobody else reads it."""
    rules.may_write(voice).or_refuse()
    known = Promise.objects.filter(voice=voice, client_id=client_id).first()
    if known is not None:
        return known
    if Promise.objects.filter(voice=voice).count() >= MOST_PROMISES:
        raise ValidationError(
            {"words": pgettext("review error", "Twenty promises are more than one can keep.")}
        )
    promise = Promise(review=voice.review, voice=voice, client_id=client_id[:48], at=at or timezone.now())
    _say(promise, said)
    promise.save()
    record("promise.made", promise, by=None, at=at, forum=voice.review.forum_id)
    return promise


@transaction.atomic
def change_promise(
    promise: Promise, voice: Voice, said: Promised, *, by: Person | None, at: datetime | None = None
) -> Promise:
    """Change the words of a promise, or what its owner agreed to; at any time, for it is hers."""
    rules.may_take_back(voice, promise).or_refuse()
    rules.may_tell_news(promise).or_refuse()
    _say(promise, said)
    promise.changed_at = at or timezone.now()
    promise.save()
    record("promise.changed", promise, by=None, at=at, forum=voice.review.forum_id)
    return promise


@transaction.atomic
def withdraw_promise(
    promise: Promise, voice: Voice, *, by: Person | None, at: datetime | None = None
) -> Promise:
    """Take a promise back: its words go, and nothing is asked any more."""
    rules.may_take_back(voice, promise).or_refuse()
    if promise.withdrawn_at is None:
        empty_promise(promise, at or timezone.now())
        record("promise.withdrawn", promise, by=None, at=at, forum=promise.review.forum_id)
    return promise


@transaction.atomic
def tell_news(
    promise: Promise, after: int, answer: str, *, by: Person | None, at: datetime | None = None
) -> PromiseNews:
    """Say what became of a promise after 30, 90 or 180 days; said again, the latest word counts.

    Who holds the signed link, or owns the promise, may say it: the door has checked that.
    """
    rules.may_tell_news(promise).or_refuse()
    if after not in AFTER_DAYS or answer not in NewsKind.values:
        raise ValidationError({"answer": pgettext("review error", "Please choose one of the four answers.")})
    news, is_new = PromiseNews.objects.get_or_create(
        promise=promise, after=after, defaults={"answer": answer, "at": at or timezone.now()}
    )
    if is_new or news.answer != answer:
        news.answer, news.at = answer, at or timezone.now()
        news.save(update_fields=["answer", "at"])
        record("promise.told", promise, by=None, at=at, after=after)
    return news


@transaction.atomic
def stop_asking(promise: Promise, *, by: Person | None, at: datetime | None = None) -> Promise:
    """Ask no more for this promise; who holds the signed link may say so. The promise itself stays."""
    rules.may_tell_news(promise).or_refuse()
    if promise.reminds:
        promise.reminds = False
        promise.save(update_fields=["reminds"])
        record("promise.unasked", promise, by=None, at=at)
    return promise


@transaction.atomic
def begin_askings(*, by: Person | None, at: datetime | None = None, most: int = 200) -> list[PromiseAsking]:
    """Return the gentle questions that are due now, each written down once, so that no letter is wanted twice.

    Whoever calls writes the letters' tasks in the same transaction. Only the machinery calls it (``by`` is ``None``).
    A copy of a forum that has its home elsewhere asks nobody: home does.
    """
    rules.may_begin_askings(by).or_refuse()
    now = at or timezone.now()
    begun: list[PromiseAsking] = []
    for after in AFTER_DAYS:
        due = now - timedelta(days=after)
        rows = Promise.objects.standing().filter(reminds=True, at__lte=due, at__gt=due - LATE)
        rows = rows.exclude(review__forum__passage__is_home=False)
        rows = rows.exclude(askings__after=after).exclude(news__after=after).order_by("at", "pk")
        for promise in rows.select_related("review", "voice__person")[: most - len(begun)]:
            asking, is_new = PromiseAsking.objects.get_or_create(
                promise=promise, after=after, defaults={"at": now}
            )
            if is_new:
                begun.append(asking)
                record("promise.asked", promise, by=None, at=at, after=after)
    return begun


def empty_promise(promise: Promise, at: datetime) -> None:
    """Take away everything that a promise says, and count it as taken back."""
    promise.words = promise.first_step = promise.helper = promise.email = ""
    promise.due_on, promise.reminds, promise.tells_next, promise.withdrawn_at = None, False, False, at
    promise.save()
    promise.news.all().delete()


def _say(promise: Promise, said: Promised) -> None:
    promise.words = paragraphs(said.words, most=LONGEST, field="words")
    if not promise.words:
        message = pgettext("review error", "Write what you will do, in your own words.")
        raise ValidationError({"words": message})
    promise.first_step = paragraphs(said.first_step, most=300, field="first_step")
    promise.helper = line(said.helper, most=200, field="helper")
    promise.due_on, promise.email = said.due_on, said.email.strip()
    person = promise.voice.person
    if said.reminds and not promise.email and (person is None or not person.email):
        message = pgettext("review error", "To be asked later, please leave an e-mail address.")
        raise ValidationError({"email": message})
    promise.reminds, promise.tells_next = said.reminds, said.tells_next
    promise.is_named = said.is_named and said.tells_next
    promise.language = said.language
