"""May she? for the after-action review and its promises: pure, with reasons."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.models import (
    Answer,
    Forum,
    Pattern,
    Promise,
    Question,
    QuestionKind,
    Review,
    Voice,
)
from prakai.forums.rules import has_role, may_prepare, may_record
from prakai.kernel.verdicts import YES, Verdict, no
from prakai.people.models import Person
from prakai.people.rules import SIGN_IN_FIRST


def may_open(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` begin a review of this forum? Who prepares it; also after the harvest, for who was late."""
    if not (verdict := may_prepare(person, forum)):
        return verdict
    if forum.announced_at is None:
        return no(
            pgettext_lazy("review refusal", "This forum is not announced yet."),
            pgettext_lazy("review refusal", "Announce it first; then its review can be prepared."),
        )
    return YES


def may_lead(person: Person | None, review: Review) -> Verdict:
    """May ``person`` move the phases, reveal answers, change questions? Who prepares the forum."""
    return may_prepare(person, review.forum)


def may_follow(reader: Person | None, review: Review) -> Verdict:
    """May ``reader`` read what was revealed? The rule of ``Review.objects.visible_to``, for one row."""
    if Review.objects.visible_to(reader).filter(pk=review.pk).exists():
        return YES
    return no(
        pgettext_lazy("review refusal", "This review is read by those who were there, and by their unit."),
        pgettext_lazy("review refusal", "If you were there, come in with the code of the forum."),
    )


def may_key(person: Person | None, review: Review) -> Verdict:
    """May ``person`` bring in what others wrote on paper or in a table? Recorders, and who prepares the forum."""
    if not (verdict := may_record(person, review.forum)):
        return verdict
    return is_collecting(review)


def may_group(person: Person | None, review: Review) -> Verdict:
    """May ``person`` put answers together? Recorders, and who prepares the forum."""
    return may_record(person, review.forum)


def can_be_settled(kind: str) -> bool:
    """Return whether patterns of this kind can be dealt with: what went well, or was hoped for, is nothing to mend."""
    return kind in (QuestionKind.FELL_SHORT, QuestionKind.CHANGE)


def may_settle(person: Person | None, pattern: Pattern) -> Verdict:
    """May ``person`` say that what ``pattern`` says is dealt with? Who prepares its forum, of what fell short."""
    if not (verdict := may_lead(person, pattern.review)):
        return verdict
    if not can_be_settled(pattern.kind):
        return no(
            pgettext_lazy("review refusal", "Only what fell short, or should change, can be dealt with."),
            pgettext_lazy("review refusal", "What went well may stay as it is."),
        )
    return YES


def may_unsettle(person: Person | None, review: Review) -> Verdict:
    """May ``person`` say that something is not dealt with after all? Who prepares the forum."""
    return may_lead(person, review)


def is_collecting(review: Review, now: datetime | None = None) -> Verdict:
    """Are answers taken in now? Until the closing time, and while the harvest is not in."""
    if review.forum.cancelled_at is not None:
        return no(pgettext_lazy("review refusal", "This forum is cancelled."))
    if review.collects_until is not None:
        if (now or timezone.now()) < review.collects_until:
            return YES
        return no(
            pgettext_lazy("review refusal", "The time for answers is over; what you have written is kept."),
            pgettext_lazy("review refusal", "Tell the facilitator; she can open it a little longer."),
        )
    if review.forum.closed_at is not None:
        return no(
            pgettext_lazy("review refusal", "The harvest is in; no more answers are taken."),
            pgettext_lazy("review refusal", "Tell the facilitator; she can set a new closing time."),
        )
    return YES


def may_join(person: Person | None, review: Review, *, with_code: bool) -> Verdict:
    """May somebody write in this review: who typed the forum's code, has a role or a seat there?"""
    if not (verdict := is_collecting(review)):
        return verdict
    if with_code or has_role(person, review.forum):
        return YES
    if person is None or not person.is_authenticated:
        return no(
            pgettext_lazy("review refusal", "To write here, come in with the code of the forum."),
            pgettext_lazy("review refusal", "It stands on the wall of the hall: five letters and digits."),
        )
    if person.is_active and person.forum_seats.filter(forum=review.forum_id, left_at__isnull=True).exists():
        return YES
    return no(
        pgettext_lazy("review refusal", "You are not on the list of this forum."),
        pgettext_lazy("review refusal", "If you are there, come in with the code on the wall of the hall."),
    )


def may_write(voice: Voice) -> Verdict:
    """May this voice still write, change, promise?"""
    return is_collecting(voice.review)


def may_take_back(voice: Voice | None, thing: Answer | Promise) -> Verdict:
    """May this voice take its own answer or promise back? At any time."""
    if voice is not None and thing.voice_id == voice.pk:
        return YES
    return no(pgettext_lazy("review refusal", "Only who wrote it can do that."))


def may_reword(voice: Voice, answer: Answer) -> Verdict:
    """May this voice change its answer? Until it is revealed; afterwards it can only be taken back."""
    if not (verdict := may_take_back(voice, answer)):
        return verdict
    if answer.question.revealed_at is not None:
        return no(
            pgettext_lazy("review refusal", "Everybody has read these answers already."),
            pgettext_lazy("review refusal", "You can take yours back, and write another one."),
        )
    return may_write(voice)


def may_change_question(person: Person | None, question: Question) -> Verdict:
    """May ``person`` change the words of this question? Who leads, until somebody has answered it."""
    if not (verdict := may_lead(person, question.review)):
        return verdict
    if question.answers.exists():
        return no(
            pgettext_lazy("review refusal", "Somebody has answered this question already."),
            pgettext_lazy("review refusal", "Its words stay; you can add another question."),
        )
    return YES


def may_tell_news(promise: Promise) -> Verdict:
    """May what became of this promise be told, by the one who holds its signed link?"""
    if promise.withdrawn_at is not None:
        return no(pgettext_lazy("review refusal", "This promise was taken back; nothing is asked any more."))
    return YES


def may_keep_own(person: Person | None) -> Verdict:
    """May ``person`` see and look after her own promises? Everybody who is signed in."""
    return YES if person is not None and person.is_authenticated else SIGN_IN_FIRST


def may_begin_askings(by: Person | None) -> Verdict:
    """May ``by`` begin to ask what became of promises? Only the machinery, which is nobody."""
    return YES if by is None else no(pgettext_lazy("review refusal", "The platform asks by itself."))
