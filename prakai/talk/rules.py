"""May she? for conversations: pure, with reasons."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from prakai.kernel.verdicts import YES, Verdict, no
from prakai.people.models import Person
from prakai.people.models.audiences import includes
from prakai.talk.models import Appreciation, Comment, Conversation, Hiding, Report, ReportReason
from prakai.talk.models.appreciations import led_by

SIGN_IN = pgettext_lazy("talk refusal", "Please sign in first; what you have written is kept.")
WAITS = pgettext_lazy("talk refusal", "Your membership waits for a steward.")
A_GIFT = pgettext_lazy("talk refusal", "An appreciation is a gift for somebody else.")


def is_host(person: Person | None, conversation: Conversation) -> bool:
    """Return whether ``person`` looks after the conversation; no query when its hosts were read before."""
    if person is None:
        return False
    if "hosts" in getattr(conversation, "_prefetched_objects_cache", {}):
        return any(host.pk == person.pk for host in conversation.hosts.all())
    return conversation.hosts.filter(pk=person.pk).exists()


def is_closed(conversation: Conversation) -> bool:
    """Return whether a host has closed the conversation; no query when its closings were read before."""
    if "closings" in getattr(conversation, "_prefetched_objects_cache", {}):
        return any(closing.reopened_at is None for closing in conversation.closings.all())
    return conversation.closings.filter(reopened_at__isnull=True).exists()


def may_read(reader: Person | None, conversation: Conversation) -> Verdict:
    """May ``reader`` follow this conversation? The rule of ``Conversation.objects.visible_to``, for one row."""
    if conversation.is_shown and includes(reader, conversation.audience, conversation.unit_id):
        return YES
    if is_host(reader, conversation):
        return YES
    return no(pgettext_lazy("talk refusal", "This conversation is not open to you."))


def may_read_comment(reader: Person | None, comment: Comment) -> Verdict:
    """May ``reader`` see this comment? The rule of ``Comment.objects.visible_to``, for one row."""
    if not (verdict := may_read(reader, comment.conversation)):
        return verdict
    if comment.is_shown or (reader is not None and comment.by_id == reader.pk):
        return YES
    if comment.withdrawn_at is not None:
        return no(pgettext_lazy("talk refusal", "Its author has withdrawn this comment."))
    if reader is not None and (reader.is_steward or is_host(reader, comment.conversation)):
        return YES
    return no(pgettext_lazy("talk refusal", "This comment is not shown now."))


def may_read_appreciation(reader: Person | None, appreciation: Appreciation) -> Verdict:
    """May ``reader`` see this appreciation? The rule of ``Appreciation.objects.visible_to``, for one row."""
    refusal = no(
        pgettext_lazy("talk refusal", "This appreciation stays between who gave and who received it.")
    )
    if appreciation.withdrawn_at is not None:
        return no(pgettext_lazy("talk refusal", "This appreciation was taken back."))
    is_member = reader is not None and reader.is_active
    if (
        reader is not None
        and is_member
        and (reader.pk == appreciation.by_id or receives(reader, appreciation))
    ):
        return YES
    if not appreciation.is_public:
        return refusal
    if appreciation.conversation is not None and not may_read(reader, appreciation.conversation):
        return refusal
    person = appreciation.person
    if person is not None and not is_member and not (person.is_listed and person.is_active):
        return refusal
    return YES


def receives(person: Person, appreciation: Appreciation) -> bool:
    """Return whether it was given to ``person``: to her, to what she hosts, or to a unit that she leads today."""
    if appreciation.person_id == person.pk:
        return True
    if appreciation.conversation is not None and is_host(person, appreciation.conversation):
        return True
    return appreciation.unit_id is not None and led_by(person).filter(unit=appreciation.unit_id).exists()


def may_comment(person: Person | None, conversation: Conversation) -> Verdict:
    """May ``person`` (``None``: a visitor without a name) say something here, now?"""
    if not (verdict := may_read(person, conversation)):
        return verdict
    if not conversation.is_shown:
        return no(pgettext_lazy("talk refusal", "Comments open once this has been published."))
    if is_closed(conversation):
        return no(
            pgettext_lazy("talk refusal", "The host has closed this conversation."),
            pgettext_lazy(
                "talk refusal", "You can still give an appreciation, or write a note that builds on it."
            ),
        )
    if person is None and not conversation.allows_anonymous:
        return no(pgettext_lazy("talk refusal", "Only members can comment here."), SIGN_IN)
    if person is not None and not person.is_active:
        return no(WAITS)
    return YES


def may_reply(person: Person | None, comment: Comment) -> Verdict:
    """May ``person`` answer this comment? Replies have one level."""
    if comment.answers_id is not None:
        return no(pgettext_lazy("talk refusal", "Please reply to the first comment of this thread."))
    if not comment.is_shown:
        return no(pgettext_lazy("talk refusal", "This comment is not shown now."))
    return may_comment(person, comment.conversation)


def may_bring(person: Person) -> Verdict:
    """May ``person`` bring in comments from elsewhere? Whether the thing itself may come is its owner's rule."""
    return YES if person.is_active else no(WAITS)


def may_change_comment(person: Person, comment: Comment) -> Verdict:
    """May ``person`` withdraw this comment, or take that back? Only who made it."""
    if comment.by_id != person.pk:
        return no(pgettext_lazy("talk refusal", "Only its author can change a comment."))
    if comment.hidden_at:
        return no(
            pgettext_lazy("talk refusal", "This comment was hidden."),
            pgettext_lazy("talk refusal", "If you think that is a mistake, ask the stewards to look again."),
        )
    return YES


def may_reword(person: Person, comment: Comment) -> Verdict:
    """May ``person`` give this comment other words? Its author, while it stands; nobody else, not even the host."""
    if not (verdict := may_change_comment(person, comment)):
        return verdict
    if comment.withdrawn_at is not None:
        return no(pgettext_lazy("talk refusal", "You have withdrawn this comment; bring it back first."))
    return YES if person.is_active else no(WAITS)


def may_guard(person: Person, conversation: Conversation) -> Verdict:
    """May ``person`` close, reopen and guard here? Hosts and stewards."""
    if person.is_steward or (person.is_active and is_host(person, conversation)):
        return YES
    return no(pgettext_lazy("talk refusal", "Only the host of this conversation can do that."))


def may_release(person: Person, comment: Comment) -> Verdict:
    """May ``person`` let a held comment appear? Hosts and stewards, but no steward her own under another's guard."""
    if not (verdict := may_guard(person, comment.conversation)):
        return verdict
    if comment.by_id == person.pk and not is_host(person, comment.conversation):
        return no(pgettext_lazy("talk refusal", "Somebody else should decide about your own words."))
    return YES


def may_hide(person: Person, comment: Comment) -> Verdict:
    """May ``person`` hide this comment from readers? Hosts in their conversation, and stewards; nobody rewords it."""
    return may_guard(person, comment.conversation)


def may_show(person: Person, comment: Comment, hiding: Hiding | None) -> Verdict:
    """May ``person`` show a hidden comment again? Hosts what a host hid; stewards all but their own words."""
    if not (verdict := may_guard(person, comment.conversation)):
        return verdict
    if comment.by_id == person.pk:
        return no(pgettext_lazy("talk refusal", "Somebody else should decide about your own words."))
    if hiding is not None and hiding.by_stewards and not person.is_steward:
        return no(pgettext_lazy("talk refusal", "The stewards have hidden this; please talk with them."))
    return YES


def may_report(
    person: Person | None, conversation: Conversation, comment: Comment | None, reason: str
) -> Verdict:
    """May ``person`` ask the stewards to look at this? Anybody who sees it; an author appeals for what was hidden."""
    if not (verdict := may_read(person, conversation)):
        return verdict
    if reason == ReportReason.APPEAL:
        if comment is not None and person is not None and comment.by_id == person.pk and comment.hidden_at:
            return YES
        return no(pgettext_lazy("talk refusal", "Only the author of a hidden comment can ask to look again."))
    if comment is None:
        return YES
    return may_read_comment(person, comment)


def may_moderate(person: Person | None) -> Verdict:
    """May ``person`` see the queue of reports and decide?"""
    if person is not None and person.is_steward:
        return YES
    return no(
        pgettext_lazy("talk refusal", "Only stewards see the queue of reports."),
        pgettext_lazy("talk refusal", "To report something, use the report link beside it."),
    )


def may_decide(person: Person, report: Report) -> Verdict:
    """May this steward decide on the report? Not about her own words, nor about what she herself hosts."""
    if not (verdict := may_moderate(person)):
        return verdict
    own = (
        report.comment.by_id == person.pk
        if report.comment is not None
        else is_host(person, report.conversation)
    )
    if own:
        return no(pgettext_lazy("talk refusal", "Somebody else should decide about your own words."))
    return YES


def may_appreciate(person: Person | None, conversation: Conversation | None, *, to: Person | None) -> Verdict:
    """May ``person`` appreciate what a conversation is about, a person, or a unit? Not herself."""
    if person is None:
        return no(pgettext_lazy("talk refusal", "Only members can give an appreciation."), SIGN_IN)
    if not person.is_active:
        return no(WAITS)
    if to is not None:
        if to.pk == person.pk:
            return no(A_GIFT)
        if to.erased_at is not None or not to.is_active:
            return no(pgettext_lazy("talk refusal", "This person does not take part now."))
    if conversation is not None:
        if not (verdict := may_read(person, conversation)):
            return verdict
        if is_host(person, conversation):
            return no(A_GIFT)
    return YES


def may_take_back(person: Person, appreciation: Appreciation) -> Verdict:
    """May ``person`` take it back (who gave it), let it disappear or keep it private (who received it)?"""
    if person.pk == appreciation.by_id or receives(person, appreciation):
        return YES
    return no(pgettext_lazy("talk refusal", "Only who gave or received an appreciation can change it."))


def may_read_notices(person: Person, whose: Person) -> Verdict:
    """May ``person`` read, and mark as read, the notices of ``whose``? Only her own."""
    if person.pk == whose.pk:
        return YES
    return no(pgettext_lazy("talk refusal", "Notices are for the person herself."))
