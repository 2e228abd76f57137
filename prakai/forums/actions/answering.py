"""Writing in a review. Who writes is a voice: the journal never says which person it was."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import review_rules as rules
from prakai.forums.codes import code_in
from prakai.forums.models import Answer, Participant, Phase, Question, QuestionKind, Ready, Review, Voice
from prakai.forums.queries.voices import token_hash, voice_of
from prakai.journal.recording import record
from prakai.kernel.typed import line, paragraphs
from prakai.people.models import Person

LONGEST = 2000
LONGEST_NAME = 100
MOST_ANSWERS = 40


@transaction.atomic
def join_review(
    review: Review,
    *,
    by: Person | None,
    code: str = "",
    token: str = "",
    name: str = "",
    at: datetime | None = None,
) -> Voice:
    """Come into a review: as a member with a role or a seat, or with the forum's code and a token kept in the phone.

    Coming twice is the same voice; a name given now takes the place of an earlier one.
    """
    row = Review.objects.select_for_update(of=("self",)).select_related("forum").get(pk=review.pk)
    known = voice_of(row, person=by, token=token)
    with_code = bool(code) and code_in(code) == row.forum.code
    if code and not with_code and known is None:
        message = pgettext(
            "review error", "This is not the code of this forum. It has five letters and digits."
        )
        raise ValidationError({"code": message})
    rules.may_join(by, row, with_code=with_code or known is not None).or_refuse()
    called = line(name, most=LONGEST_NAME, field="name")
    if known is not None:
        if known.name != called:
            known.name = called
            known.save(update_fields=["name"])
        return known
    if by is None and not token:
        raise TypeError("a visitor comes in with a token")
    seat = Participant.objects.coming().filter(forum=row.forum, person=by).first() if by else None
    voice = Voice.objects.create(
        review=row, person=by, participant=seat, token_hash="" if by else token_hash(token), name=called,
        number=next_number(row), at=at or timezone.now(),
    )  # fmt: skip
    record("review.joined", row, by=None, at=at, forum=row.forum_id)
    return voice


@transaction.atomic
def write_answer(
    question: Question,
    voice: Voice,
    words: str,
    *,
    by: Person | None,
    client_id: str,
    named: bool = False,
    at: datetime | None = None,
) -> Answer:
    """Write one point in answer to ``question``; the same ``client_id`` again is the same answer.

    It bears the voice's name only when she wants it so, and the phase that runs is not without names.
    """
    rules.may_write(voice).or_refuse()
    known = Answer.objects.filter(voice=voice, client_id=client_id).first()
    if known is not None:
        return known
    if question.review_id != voice.review_id or question.kind == QuestionKind.PROMISE:
        raise ValidationError(pgettext("review error", "That question is not one of this review."))
    said = worded(words)
    if Answer.objects.filter(voice=voice, question=question).count() >= MOST_ANSWERS:
        raise ValidationError({"words": pgettext("review error", "Forty points to one question are enough.")})
    moment = at or timezone.now()
    answer, is_new = Answer.objects.get_or_create(
        voice=voice,
        client_id=client_id[:48],
        defaults={
            "question": question,
            "words": said,
            "name": voice.name if named and not is_unnamed_now(question.review) else "",
            "at": moment,
        },
    )
    if is_new:
        record("answer.written", answer, by=None, at=at, forum=voice.review.forum_id, question=question.pk)
    return answer


@transaction.atomic
def change_answer(
    answer: Answer, voice: Voice, words: str, *, by: Person | None, at: datetime | None = None
) -> Answer:
    """Say it in other words, while nobody else has read it."""
    rules.may_reword(voice, answer).or_refuse()
    said = worded(words)
    if said != answer.words:
        answer.words, answer.changed_at = said, at or timezone.now()
        answer.save(update_fields=["words", "changed_at"])
        record("answer.changed", answer, by=None, at=at, forum=voice.review.forum_id)
    return answer


@transaction.atomic
def withdraw_answer(answer: Answer, voice: Voice, *, by: Person | None, at: datetime | None = None) -> Answer:
    """Take an answer back, at any time: its words go, and it leaves its pattern."""
    rules.may_take_back(voice, answer).or_refuse()
    if answer.withdrawn_at is None:
        answer.words, answer.name, answer.pattern = "", "", None
        answer.withdrawn_at = at or timezone.now()
        answer.save(update_fields=["words", "name", "pattern", "withdrawn_at"])
        record("answer.withdrawn", answer, by=None, at=at, forum=voice.review.forum_id)
    return answer


@transaction.atomic
def be_ready(
    phase: Phase, voice: Voice, *, by: Person | None, is_ready: bool = True, at: datetime | None = None
) -> None:
    """Say "I am ready" in a phase, or that more time is needed after all."""
    rules.may_write(voice).or_refuse()
    if phase.review_id != voice.review_id:
        raise ValidationError(pgettext("review error", "That phase is not one of this review."))
    if not is_ready:
        changed = bool(Ready.objects.filter(phase=phase, voice=voice).delete()[0])
    else:
        _, changed = Ready.objects.get_or_create(
            phase=phase, voice=voice, defaults={"at": at or timezone.now()}
        )
    if changed:
        record("review.readied", voice.review, by=None, at=at, forum=voice.review.forum_id)


def next_number(review: Review) -> int:
    """Return the number of the next voice; the review is held by the caller."""
    return (Voice.objects.filter(review=review).aggregate(last=Max("number"))["last"] or 0) + 1


def worded(words: str) -> str:
    """Return clean words; raise ``ValidationError`` when there are none, or too many."""
    said = paragraphs(words, most=LONGEST, field="words")
    if not said:
        raise ValidationError({"words": pgettext("review error", "A few words are enough, but not none.")})
    return said


def is_unnamed_now(review: Review) -> bool:
    """Return whether the phase that runs is without names."""
    running = Phase.objects.filter(review=review, begun_at__isnull=False, ended_at__isnull=True)
    return running.filter(is_anonymous=True).exists()
