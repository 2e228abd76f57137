"""May she? for conversations: pure, with reasons."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from prakai.kernel.verdicts import YES, Verdict, no
from prakai.people.models import Person
from prakai.people.models.audiences import includes
from prakai.talk.models import Appreciation, Comment, Conversation

SIGN_IN = pgettext_lazy("talk refusal", "Please sign in first; what you have written is kept.")


def is_host(person: Person | None, conversation: Conversation) -> bool:
    """Return whether ``person`` looks after the conversation."""
    return person is not None and conversation.hosts.filter(pk=person.pk).exists()


def may_read(reader: Person | None, conversation: Conversation) -> Verdict:
    """May ``reader`` follow this conversation? The rule of ``Conversation.objects.visible_to``, for one row."""
    if conversation.is_shown and includes(reader, conversation.audience, conversation.unit_id):
        return YES
    if is_host(reader, conversation):
        return YES
    return no(pgettext_lazy("talk refusal", "This conversation is not open to you."))


def may_comment(person: Person | None, conversation: Conversation) -> Verdict:
    """May ``person`` (``None``: a visitor without a name) say something here, now?"""
    if not (verdict := may_read(person, conversation)):
        return verdict
    if not conversation.is_shown:
        return no(pgettext_lazy("talk refusal", "Comments open once this has been published."))
    if conversation.closings.filter(reopened_at__isnull=True).exists():
        return no(
            pgettext_lazy("talk refusal", "The host has closed this conversation."),
            pgettext_lazy(
                "talk refusal", "You can still give an appreciation, or write a note that builds on it."
            ),
        )
    if person is None and not conversation.allows_anonymous:
        return no(pgettext_lazy("talk refusal", "Only members can comment here."), SIGN_IN)
    if person is not None and not person.is_active:
        return no(pgettext_lazy("talk refusal", "Your membership waits for a steward."))
    return YES


def may_reply(person: Person | None, comment: Comment) -> Verdict:
    """May ``person`` answer this comment? Replies have one level."""
    if comment.answers_id is not None:
        return no(pgettext_lazy("talk refusal", "Please reply to the first comment of this thread."))
    if comment.is_held or comment.hidden_at or comment.withdrawn_at:
        return no(pgettext_lazy("talk refusal", "This comment is not shown now."))
    return may_comment(person, comment.conversation)


def may_change_comment(person: Person, comment: Comment) -> Verdict:
    """May ``person`` reword or withdraw this comment? Only who made it."""
    if comment.by_id != person.pk:
        return no(pgettext_lazy("talk refusal", "Only its author can change a comment."))
    if comment.hidden_at:
        return no(pgettext_lazy("talk refusal", "This comment was hidden by the stewards."))
    return YES


def may_guard(person: Person, conversation: Conversation) -> Verdict:
    """May ``person`` close, reopen, hold and release here? Hosts and stewards."""
    if person.is_steward or is_host(person, conversation):
        return YES
    return no(pgettext_lazy("talk refusal", "Only the host of this conversation can do that."))


def may_moderate(person: Person | None) -> Verdict:
    """May ``person`` see the queue of reports and decide?"""
    if person is not None and person.is_steward:
        return YES
    return no(
        pgettext_lazy("talk refusal", "Only stewards see the queue of reports."),
        pgettext_lazy("talk refusal", "To report something, use the report link beside it."),
    )


def may_decide_on(person: Person, author_id: int | None) -> Verdict:
    """May this steward decide about something by that author? Not about her own words."""
    if not (verdict := may_moderate(person)):
        return verdict
    if author_id == person.pk:
        return no(pgettext_lazy("talk refusal", "Somebody else should decide about your own words."))
    return YES


def may_appreciate(person: Person | None, conversation: Conversation | None, *, to: Person | None) -> Verdict:
    """May ``person`` appreciate what a conversation is about, a person, or a unit? Not herself."""
    if person is None:
        return no(pgettext_lazy("talk refusal", "Only members can give an appreciation."), SIGN_IN)
    if not person.is_active:
        return no(pgettext_lazy("talk refusal", "Your membership waits for a steward."))
    if to is not None and to.pk == person.pk:
        return no(pgettext_lazy("talk refusal", "An appreciation is a gift for somebody else."))
    if conversation is not None:
        if not (verdict := may_read(person, conversation)):
            return verdict
        if is_host(person, conversation):
            return no(pgettext_lazy("talk refusal", "An appreciation is a gift for somebody else."))
    return YES


def may_change_appreciation(person: Person, appreciation: Appreciation) -> Verdict:
    """May ``person`` withdraw it (who gave it) or keep it private (who received it)?"""
    if person.pk in (appreciation.by_id, appreciation.person_id):
        return YES
    if appreciation.conversation is not None and is_host(person, appreciation.conversation):
        return YES
    return no(pgettext_lazy("talk refusal", "Only who gave or received an appreciation can change it."))
