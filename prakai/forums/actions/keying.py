"""Bringing in what was written elsewhere: paper forms with short codes, and whole tables."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import review_rules as rules
from prakai.forums.actions.answering import LONGEST_NAME, MOST_ANSWERS, next_number, worded
from prakai.forums.actions.promising import make_promise
from prakai.forums.models import Answer, Question, QuestionKind, Review, Slip, Voice
from prakai.forums.models.reviews import slip_code
from prakai.forums.said import Promised, Sheet
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person

MOST_SLIPS = 500


@transaction.atomic
def print_slips(review: Review, count: int, *, by: Person, at: datetime | None = None) -> list[Slip]:
    """Make ``count`` paper forms with codes of their own, and return them."""
    row = _held(review)
    rules.may_key(by, row).or_refuse()
    known = set(Slip.objects.filter(review=row).values_list("code", flat=True))
    if not 1 <= count <= MOST_SLIPS - len(known):
        message = pgettext("review error", "At least 1 form, and no more than %(most)d in all.")
        raise ValidationError({"count": message % {"most": MOST_SLIPS}})
    codes: set[str] = set()
    while len(codes) < count:
        if (code := slip_code()) not in known:
            codes.add(code)
    moment = at or timezone.now()
    slips = Slip.objects.bulk_create(Slip(review=row, code=code, by=by, at=moment) for code in sorted(codes))
    record("review_slips.printed", row, by=by, at=at, forum=row.forum_id, slips=count)
    return slips


@transaction.atomic
def key_slip(
    slip: Slip, *, by: Person, name: str = "", words: Mapping[int, str], at: datetime | None = None
) -> Voice:
    """Key in a paper form; one that was keyed in before takes the new words in place of the old, while private."""
    review = _held(slip.review)
    rules.may_key(by, review).or_refuse()
    slip.refresh_from_db()
    if slip.voice is not None:
        shown = Answer.objects.revealed().filter(voice=slip.voice)
        if shown.exists():
            message = pgettext("review error", "This form is in already, and everybody has read its answers.")
            raise ValidationError({"code": message})
        slip.voice.delete()
        slip.voice = None
    voice = _bring(review, Sheet(f"slip-{slip.code}", name, words), by=by, at=at)
    if voice is None:
        raise ValidationError(pgettext("review error", "This form is empty; write at least one answer."))
    slip.voice, slip.keyed_by, slip.keyed_at = voice, by, at or timezone.now()
    slip.save(update_fields=["voice", "keyed_by", "keyed_at"])
    record("review_slip.keyed", slip, by=by, at=at, forum=review.forum_id)
    return voice


@transaction.atomic
def enter_answers(review: Review, sheets: Sequence[Sheet], *, by: Person, at: datetime | None = None) -> int:
    """Bring in what several people wrote, all of it or nothing; return how many of them are new."""
    row = _held(review)
    rules.may_key(by, row).or_refuse()
    brought = sum(_bring(row, sheet, by=by, at=at) is not None for sheet in sheets)
    if brought:
        record("review.brought", row, by=by, at=at, forum=row.forum_id, people=brought)
    return brought


def _bring(review: Review, sheet: Sheet, *, by: Person, at: datetime | None) -> Voice | None:
    """Write one sheet; ``None`` when it is empty, or in already."""
    stamp = hashlib.sha256(f"{review.pk}:{sheet.key}".encode()).hexdigest()
    said = {pk: words for pk, words in sheet.words.items() if words.strip()}
    if not said or Voice.objects.filter(review=review, token_hash=stamp).exists():
        return None
    moment = at or timezone.now()
    called = line(sheet.name, most=LONGEST_NAME, field="name")
    voice = Voice.objects.create(
        review=review, token_hash=stamp, name=called, number=next_number(review), at=moment, entered_by=by
    )
    questions = {question.pk: question for question in Question.objects.filter(review=review)}
    for pk, words in said.items():
        question = questions.get(pk)
        if question is None:
            raise ValidationError(pgettext("review error", "That question is not one of this review."))
        if question.kind == QuestionKind.PROMISE:
            make_promise(voice, Promised(" ".join(words.split())), by=by, client_id=f"{pk}", at=at)
            continue
        Answer.objects.bulk_create(
            Answer(
                question=question, voice=voice, words=point, name=called, at=moment,
                client_id=hashlib.sha256(f"{stamp}:{pk}:{place}".encode()).hexdigest()[:48],
            )
            for place, point in enumerate(points(words))
        )  # fmt: skip
    return voice


def points(words: str) -> list[str]:
    """Return the points of a written answer: each line is one, and at most forty."""
    lines = [worded(one) for one in words.splitlines() if one.strip(" \t-•*–")]
    if len(lines) > MOST_ANSWERS:
        raise ValidationError({"words": pgettext("review error", "Forty points to one question are enough.")})
    return lines


def _held(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).select_related("forum").get(pk=review.pk)
