"""Commenting: make, reword, withdraw; and bring in comments from elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.kernel.markup import clean_comment, from_plain
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.mentions import mentioned
from prakai.talk.models import Comment, Conversation, Guard, Mention
from prakai.talk.wording import body_of, check_place
from prakai.thai.folding import clean


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
    nowhere. ``client_key`` makes a double tap one comment; the same key with other words is another comment.
    """
    if answers is not None:
        check_place(answers, conversation)
        rules.may_reply(by, answers).or_refuse()
    rules.may_comment(by, conversation).or_refuse()
    said = body_of(body)
    key = client_key[:40]
    if (sent := _sent(conversation, key, said, by)) is not None:
        return sent
    is_held = by is None or (conversation.guard == Guard.HELD and not rules.is_host(by, conversation))
    comment = Comment(
        conversation=conversation,
        answers=answers,
        by=by,
        by_name="" if by is not None else clean(name).strip()[:120],
        body=said,
        builds_on=builds_on,
        is_held=is_held,
        made_at=at or timezone.now(),
        client_key=key,
    )
    try:
        with transaction.atomic():
            comment.save()
    except IntegrityError:
        # The other tap came first while this one was on its way, or the key stands with other words.
        if (sent := _sent(conversation, key, said, by)) is not None:
            return sent
        comment.client_key = ""
        comment.save()
    _mention(comment)
    record("comment.held" if is_held else "comment.made", comment, by=by, at=at, conversation=conversation.pk)
    return comment


def _sent(conversation: Conversation, key: str, said: str, by: Person | None) -> Comment | None:
    if not key:
        return None
    return Comment.objects.filter(conversation=conversation, client_key=key, by=by, body=said).first()


def _mention(comment: Comment) -> None:
    """Keep the mentions what the words say now; the rows of those still called stay, so nobody hears of it twice."""
    called = mentioned(comment.body, comment.conversation)
    known = {(row.person_id, row.unit_id): row for row in comment.mentions.all()}
    wanted = {
        (one.person.pk if one.person else None, one.unit.pk if one.unit else None): one for one in called
    }
    gone = [row.pk for key, row in known.items() if key not in wanted]
    if gone:
        Mention.objects.filter(pk__in=gone).delete()
    for key, row in known.items():
        if key in wanted and row.words != wanted[key].words:
            row.words = wanted[key].words
            row.save(update_fields=["words"])
    Mention.objects.bulk_create(
        Mention(comment=comment, person=one.person, unit=one.unit, words=one.words)
        for key, one in wanted.items()
        if key not in known
    )


@transaction.atomic
def reword_comment(comment: Comment, *, body: str, by: Person, at: datetime | None = None) -> Comment:
    """Give a comment other words; readers see that it was reworded. Refused to anybody but its author.

    Where comments wait for the host, other words wait again: nobody gets past the guard by rewording.
    """
    rules.may_reword(by, comment).or_refuse()
    said = body_of(body)
    if said == comment.body:
        return comment
    conversation = comment.conversation
    comment.body = said
    comment.edited_at = at or timezone.now()
    waits = conversation.guard == Guard.HELD and not rules.is_host(by, conversation) and not comment.is_held
    comment.is_held = comment.is_held or waits
    comment.save(update_fields=["body", "edited_at", "is_held"])
    _mention(comment)
    record("comment.reworded", comment, by=by, at=at, conversation=conversation.pk)
    if waits:
        record("comment.held", comment, by=by, at=at, conversation=conversation.pk)
    return comment


@transaction.atomic
def withdraw_comment(comment: Comment, *, by: Person, at: datetime | None = None) -> Comment:
    """Take a comment back; its place stays, so that replies keep their sense. Withdrawn already: nothing changes."""
    rules.may_change_comment(by, comment).or_refuse()
    if comment.withdrawn_at is None:
        comment.withdrawn_at = at or timezone.now()
        comment.save(update_fields=["withdrawn_at"])
        record("comment.withdrawn", comment, by=by, at=at, conversation=comment.conversation_id)
    return comment


@transaction.atomic
def return_comment(comment: Comment, *, by: Person, at: datetime | None = None) -> Comment:
    """Undo a withdrawal. A comment that is not withdrawn stays as it is."""
    rules.may_change_comment(by, comment).or_refuse()
    if comment.withdrawn_at is not None:
        comment.withdrawn_at = None
        comment.save(update_fields=["withdrawn_at"])
        record("comment.returned", comment, by=by, at=at, conversation=comment.conversation_id)
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
    answers: Comment | None = None,
) -> Comment:
    """Bring in a comment that was made elsewhere, once for each ``origin_key``; its author stays a name.

    ``body`` is markup, cleaned here; lines without any markup are lines. ``made_at`` unknown is the moment of the
    conversation. An answer to an answer joins the thread of the first one.
    """
    rules.may_bring(by).or_refuse()
    known = Comment.objects.filter(conversation=conversation, origin_key=origin_key[:200]).first()
    if known is not None:
        return known
    if answers is not None:
        check_place(answers, conversation)
        answers = answers.answers or answers
    comment = Comment.objects.create(
        conversation=conversation,
        answers=answers,
        origin_key=origin_key[:200],
        by_name=clean(author_name).strip()[:120],
        body=clean_comment(body if "<" in body or "&" in body else from_plain(body)) or from_plain("…"),
        made_at=made_at or conversation.created_at,
    )
    record("comment.brought", comment, by=by, conversation=conversation.pk)
    return comment
