"""Commenting: make, reword, withdraw; and bring in comments from elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.markup import clean_comment, from_plain, looks_like_html, plain_of
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.mentions import mentioned
from prakai.talk.models import Comment, Conversation, Guard, Mention
from prakai.thai.graphemes import count

LONGEST = 8000


def _body(text: str) -> str:
    """Return the clean body; raise ``ValidationError`` when nothing is said, or too much."""
    body = clean_comment(text if looks_like_html(text) else from_plain(text))
    said = plain_of(body)
    if not said:
        raise ValidationError(pgettext("talk error", "Please write something first."), code="empty")
    if count(said) > LONGEST:
        raise ValidationError(
            pgettext(
                "talk error",
                "A comment can hold %(most)d characters; yours has %(have)d. Perhaps it is a note?",
            ),
            code="too-long",
            params={"most": LONGEST, "have": count(said)},
        )
    return body


@transaction.atomic
def make_comment(
    conversation: Conversation,
    *,
    body: str,
    by: Person | None,
    answers: Comment | None = None,
    builds_on: bool = False,
    name: str = "",
    client_key: str = "",
    at: datetime | None = None,
) -> Comment:
    """Say something in a conversation and return the comment.

    A visitor (``by=None``) may where the owner allows it; her comment is held for the host and her address is kept
    nowhere. ``client_key`` makes a double tap one comment.
    """
    if answers is not None:
        if answers.conversation_id != conversation.pk:
            raise ValidationError(pgettext("talk error", "That comment belongs to another conversation."))
        rules.may_reply(by, answers).or_refuse()
    rules.may_comment(by, conversation).or_refuse()
    if client_key:
        sent = Comment.objects.filter(conversation=conversation, client_key=client_key[:40], by=by).first()
        if sent is not None:
            return sent
    is_held = by is None or (conversation.guard == Guard.HELD and not rules.is_host(by, conversation))
    comment = Comment.objects.create(
        conversation=conversation,
        answers=answers,
        by=by,
        by_name="" if by is not None else name.strip()[:120],
        body=_body(body),
        builds_on=builds_on,
        is_held=is_held,
        made_at=at or timezone.now(),
        client_key=client_key[:40],
    )
    _mention(comment)
    record("comment.held" if is_held else "comment.made", comment, by=by, at=at, conversation=conversation.pk)
    return comment


def _mention(comment: Comment) -> None:
    people, units = mentioned(comment.body, comment.conversation)
    known_people = set(comment.mentions.values_list("person_id", flat=True))
    known_units = set(comment.mentions.values_list("unit_id", flat=True))
    Mention.objects.bulk_create(
        [Mention(comment=comment, person=person) for person in people if person.pk not in known_people]
        + [Mention(comment=comment, unit=unit) for unit in units if unit.pk not in known_units]
    )


@transaction.atomic
def reword_comment(comment: Comment, *, body: str, by: Person, at: datetime | None = None) -> Comment:
    """Give a comment other words; readers see that it was reworded. Refused to anybody but its author."""
    rules.may_change_comment(by, comment).or_refuse()
    comment.body = _body(body)
    comment.edited_at = at or timezone.now()
    comment.save()
    _mention(comment)
    record("comment.reworded", comment, by=by, at=at, conversation=comment.conversation_id)
    return comment


@transaction.atomic
def withdraw_comment(comment: Comment, *, by: Person, at: datetime | None = None) -> Comment:
    """Take a comment back; its place stays, so that replies keep their sense. Withdrawing again undoes it."""
    rules.may_change_comment(by, comment).or_refuse()
    gone = comment.withdrawn_at is None
    comment.withdrawn_at = (at or timezone.now()) if gone else None
    comment.save()
    verb = "comment.withdrawn" if gone else "comment.returned"
    record(verb, comment, by=by, at=at, conversation=comment.conversation_id)
    return comment


@transaction.atomic
def bring_comment(
    conversation: Conversation,
    *,
    origin_key: str,
    body: str,
    author_name: str,
    made_at: datetime | None,
    by: Person,
) -> Comment:
    """Bring in a comment that was made elsewhere, once for each ``origin_key``; its author stays a name."""
    known = Comment.objects.filter(conversation=conversation, origin_key=origin_key).first()
    if known is not None:
        return known
    comment = Comment.objects.create(
        conversation=conversation,
        origin_key=origin_key[:200],
        by_name=author_name[:120],
        body=clean_comment(body) or from_plain("…"),
        made_at=made_at or conversation.created_at,
    )
    record("comment.brought", comment, by=by, conversation=conversation.pk)
    return comment
