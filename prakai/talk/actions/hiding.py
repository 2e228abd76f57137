"""Hiding a comment from readers, and showing it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.models import Comment, Hiding
from prakai.talk.wording import short_words

LONGEST = 2000


@transaction.atomic
def hide_comment(comment: Comment, *, by: Person, because: str = "", at: datetime | None = None) -> Comment:
    """Hide a comment from readers: a host in her own conversation, or a steward. Its author reads why.

    What a host hid, stewards can make theirs; then the host cannot show it again.
    """
    rules.may_hide(by, comment).or_refuse()
    said = short_words(because, most=LONGEST, field="because")
    standing = comment.hidings.filter(undone_at__isnull=True).first()
    if standing is None:
        moment = at or timezone.now()
        Hiding.objects.create(comment=comment, by=by, by_stewards=by.is_steward, because=said, at=moment)
        comment.hidden_at = moment
        comment.is_held = False
        comment.save(update_fields=["hidden_at", "is_held"])
        record("comment.hidden", comment, by=by, at=at, conversation=comment.conversation_id)
    elif by.is_steward and not standing.by_stewards:
        standing.by_stewards, standing.because = True, said
        standing.save(update_fields=["by_stewards", "because"])
        record("comment.hidden_by_stewards", comment, by=by, at=at, conversation=comment.conversation_id)
    return comment


@transaction.atomic
def show_comment(comment: Comment, *, by: Person, at: datetime | None = None) -> Comment:
    """Show a hidden comment again: a host what a host hid, a steward all but her own words."""
    standing = comment.hidings.filter(undone_at__isnull=True).first()
    rules.may_show(by, comment, standing).or_refuse()
    if standing is not None:
        standing.undone_at = at or timezone.now()
        standing.save(update_fields=["undone_at"])
    if comment.hidden_at is not None:
        comment.hidden_at = None
        comment.save(update_fields=["hidden_at"])
        record("comment.shown", comment, by=by, at=at, conversation=comment.conversation_id)
    return comment
