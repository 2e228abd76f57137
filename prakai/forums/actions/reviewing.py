"""Running a review: opening it, moving its phases, its questions, revealing, whose turn it is, the closing time."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import review_rules as rules
from prakai.forums.actions.holding import hold
from prakai.forums.asking import LEAST, MOST, PHASES, USUAL, shares
from prakai.forums.models import Forum, Phase, Question, QuestionKind, Review, Voice
from prakai.journal.recording import record
from prakai.kernel.typed import paragraphs
from prakai.people.models import Person

LONGEST_QUESTION = 300
MOST_QUESTIONS = 12


@transaction.atomic
def open_review(
    forum: Forum, *, by: Person, minutes: int = 150, at: datetime | None = None, is_demo: bool = False
) -> Review:
    """Prepare the review of ``forum`` with the usual phases and questions; one that is there stays as it is."""
    hold(forum)
    rules.may_open(by, forum).or_refuse()
    known = Review.objects.filter(forum=forum).first()
    if known is not None:
        return known
    _whole_minutes(minutes)
    review = Review.objects.create(
        forum=forum, minutes=minutes, by=by, at=at or timezone.now(), is_demo=is_demo
    )
    rows = zip(PHASES, shares(minutes), strict=True)
    Phase.objects.bulk_create(
        Phase(review=review, kind=kind, position=place, minutes=part, is_anonymous=unnamed)
        for place, ((kind, _, unnamed), part) in enumerate(rows)
    )
    Question.objects.bulk_create(
        Question(review=review, kind=kind, position=place) for place, kind in enumerate(USUAL)
    )
    record("review.opened", review, by=by, at=at, forum=forum.pk, minutes=minutes)
    return review


@transaction.atomic
def change_phase(
    phase: Phase, *, by: Person, minutes: int, is_anonymous: bool, at: datetime | None = None
) -> Phase:
    """Give a phase other minutes, or say whether what is written in it is without names."""
    review = _held(phase.review_id)
    rules.may_lead(by, review).or_refuse()
    if not 1 <= minutes <= MOST:
        raise ValidationError({"minutes": _beyond(1)})
    phase.minutes, phase.is_anonymous = minutes, is_anonymous
    phase.save(update_fields=["minutes", "is_anonymous"])
    review.minutes = sum(Phase.objects.filter(review=review).values_list("minutes", flat=True))
    review.save(update_fields=["minutes"])
    record("review_phase.changed", phase, by=by, at=at, forum=review.forum_id, minutes=minutes)
    return phase


@transaction.atomic
def begin_phase(phase: Phase, *, by: Person, at: datetime | None = None) -> Phase:
    """Let a phase run from now on; the one that ran ends. A phase that runs already goes on."""
    review = _held(phase.review_id)
    rules.may_lead(by, review).or_refuse()
    phase.refresh_from_db()
    if phase.is_running:
        return phase
    moment = at or timezone.now()
    _running(review).update(ended_at=moment)
    phase.begun_at, phase.ended_at = moment, None
    phase.save(update_fields=["begun_at", "ended_at"])
    record("review_phase.begun", phase, by=by, at=at, forum=review.forum_id, kind=phase.kind)
    return phase


@transaction.atomic
def end_phase(phase: Phase, *, by: Person, at: datetime | None = None) -> Phase:
    """End a phase that runs; one that does not stays as it is."""
    review = _held(phase.review_id)
    rules.may_lead(by, review).or_refuse()
    if _running(review).filter(pk=phase.pk).update(ended_at=at or timezone.now()):
        record("review_phase.ended", phase, by=by, at=at, forum=review.forum_id, kind=phase.kind)
    phase.refresh_from_db()
    return phase


@transaction.atomic
def change_question(question: Question, *, by: Person, words: str, at: datetime | None = None) -> Question:
    """Ask a question in other words; empty words are the usual ones. Not after somebody has answered it."""
    review = _held(question.review_id)
    rules.may_change_question(by, question).or_refuse()
    question.words = paragraphs(words, most=LONGEST_QUESTION, field="words")
    question.save(update_fields=["words"])
    record("review_question.changed", question, by=by, at=at, forum=review.forum_id)
    return question


@transaction.atomic
def add_question(review: Review, *, by: Person, words: str, at: datetime | None = None) -> Question:
    """Add a question of this forum's own, before the one about what people will do."""
    review = _held(review.pk)
    rules.may_lead(by, review).or_refuse()
    asked = paragraphs(words, most=LONGEST_QUESTION, field="words")
    if not asked:
        raise ValidationError({"words": pgettext("review error", "Please write the question.")})
    rows = list(Question.objects.filter(review=review))
    if len(rows) >= MOST_QUESTIONS:
        message = pgettext("review error", "Twelve questions are as many as anybody answers; drop one first.")
        raise ValidationError({"words": message})
    promise = next((row for row in rows if row.kind == QuestionKind.PROMISE), None)
    place = promise.position if promise else max((row.position for row in rows), default=-1) + 1
    if promise is not None:
        promise.position = place + 1
        promise.save(update_fields=["position"])
    question = Question.objects.create(review=review, kind=QuestionKind.OWN, position=place, words=asked)
    record("review_question.added", question, by=by, at=at, forum=review.forum_id)
    return question


@transaction.atomic
def drop_question(question: Question, *, by: Person, at: datetime | None = None) -> None:
    """Take a question out of the review that nobody has answered yet."""
    review = _held(question.review_id)
    rules.may_change_question(by, question).or_refuse()
    record("review_question.dropped", question, by=by, at=at, forum=review.forum_id, kind=question.kind)
    question.delete()


@transaction.atomic
def reveal_question(question: Question, *, by: Person, at: datetime | None = None) -> Question:
    """Let everybody in the review read the answers to a question. Promises are never revealed."""
    review = _held(question.review_id)
    rules.may_lead(by, review).or_refuse()
    question.refresh_from_db()
    if question.kind == QuestionKind.PROMISE:
        raise ValidationError(pgettext("review error", "Promises stay with those who made them."))
    if question.revealed_at is None:
        question.revealed_at, question.revealed_by = at or timezone.now(), by
        question.save(update_fields=["revealed_at", "revealed_by"])
        record("review_question.revealed", question, by=by, at=at, forum=review.forum_id)
    return question


@transaction.atomic
def collect_until(
    review: Review, until: datetime | None, *, by: Person, at: datetime | None = None
) -> Review:
    """Take answers in until this moment, also after the harvest; ``None``: until the harvest is in."""
    row = _held(review.pk)
    rules.may_lead(by, row).or_refuse()
    row.collects_until = until
    row.save(update_fields=["collects_until"])
    record("review.timed", row, by=by, at=at, forum=row.forum_id)
    return row


@transaction.atomic
def mark_spoken(voice: Voice, *, by: Person, has_spoken: bool = True, at: datetime | None = None) -> Voice:
    """Mark in the list of turns that somebody has spoken, or that she has not after all."""
    review = _held(voice.review_id)
    rules.may_group(by, review).or_refuse()
    if (voice.spoken_at is not None) != has_spoken:
        voice.spoken_at = (at or timezone.now()) if has_spoken else None
        voice.save(update_fields=["spoken_at"])
        record("review_turn.marked", review, by=by, at=at, forum=review.forum_id)
    return voice


def _held(pk: int) -> Review:
    """Return the review anew, held until the end of the transaction: of two at once, one comes first."""
    return Review.objects.select_for_update(of=("self",)).select_related("forum").get(pk=pk)


def _running(review: Review) -> models.QuerySet[Phase]:
    return Phase.objects.filter(review=review, begun_at__isnull=False, ended_at__isnull=True)


def _whole_minutes(minutes: int) -> None:
    if not LEAST <= minutes <= MOST:
        raise ValidationError({"minutes": _beyond(LEAST)})


def _beyond(least: int) -> str:
    words = pgettext("review error", "Between %(least)d and %(most)d minutes, please.")
    return words % {"least": least, "most": MOST}
