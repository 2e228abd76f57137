"""A conversation as its page shows it, and the newest comments of all."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from prakai.kernel.verdicts import Verdict
from prakai.people.models import Appointment, Audience, Person
from prakai.talk import rules
from prakai.talk.mentions import linked
from prakai.talk.models import Appreciation, Closing, Comment, Conversation, Hiding, Mention
from prakai.talk.models.conversations import open_to
from prakai.talk.queries.appreciations import Given, given_as
from prakai.talk.queries.standing import standing_of, unit_of
from prakai.units.models import Unit


@dataclass(slots=True)
class Said:
    """A comment as a page shows it to one reader: only what she may see, and what she may do with it.

    ``state`` is ``shown``, ``held``, ``hidden`` or ``withdrawn``; ``is_place`` says that only the place is left of it,
    for the sake of its replies. ``because`` is why it was hidden, for its author and those who look after the talk.
    """

    comment: Comment
    state: str = "shown"
    is_place: bool = False
    is_own: bool = False
    because: str = ""
    by_stewards: bool = False
    may_reply: bool = False
    may_change: bool = False
    may_reword: bool = False
    may_release: bool = False
    may_hide: bool = False
    may_show: bool = False
    may_report: bool = False
    may_appeal: bool = False

    @property
    def anchor(self) -> str:
        """The place in the page, ``c45``."""
        return self.comment.anchor

    @property
    def moment(self) -> datetime:
        """When it was said."""
        return self.comment.made_at

    @property
    def person(self) -> Person | None:
        """Who said it; nobody for a place, for a visitor, and for who has left."""
        if self.is_place or self.comment.by is None or self.comment.by.erased_at is not None:
            return None
        return self.comment.by

    @property
    def signed(self) -> str:
        """The name as words, where there is no person to lead to."""
        if self.is_place or self.person is not None:
            return ""
        return self.comment.by_name or (self.comment.by.display_name if self.comment.by is not None else "")

    @property
    def is_by_visitor(self) -> bool:
        """Whether it was written without signing in; the name is then only what somebody typed."""
        return self.comment.is_by_visitor and not self.is_place

    @property
    def unit(self) -> Unit | None:
        """The unit where the person has a confirmed appointment today."""
        if self.person is None:
            return None
        return unit_of(self.person)

    @property
    def builds_on(self) -> bool:
        """Whether it adds to the story (ต่อยอด)."""
        return self.comment.builds_on and not self.is_place

    @property
    def held(self) -> bool:
        """Whether it waits for the host."""
        return self.state == "held"

    @property
    def body(self) -> SafeString:
        """The words as safe markup, those mentioned as links."""
        if self.is_place:
            return mark_safe("")
        words = self.comment.body
        if "@" in words:
            words = linked(words, self.comment.mentions.all())
        # Clean since it was stored: nothing but the tags of a comment, and links that we made.
        return mark_safe(words)  # noqa: S308

    def get_absolute_url(self) -> str:
        """The permalink."""
        return self.comment.get_absolute_url()


@dataclass(slots=True)
class Thread:
    """A comment with its replies."""

    said: Said
    replies: list[Said] = field(default_factory=list)

    @property
    def comment(self) -> Comment:
        """The row of the comment."""
        return self.said.comment


@dataclass(slots=True)
class Talk:
    """All that a page shows of one conversation to one reader, and what she may do in it."""

    conversation: Conversation
    reader: Person | None
    threads: list[Thread]
    appreciations: list[Given]
    closing: Closing | None
    reader_hosts: bool
    shown_comments: int
    may_comment: Verdict
    may_appreciate: Verdict
    may_guard: bool

    @property
    def is_closed(self) -> bool:
        """Whether a host has closed it to new comments."""
        return self.closing is not None

    @property
    def new_key(self) -> str:
        """A fresh key for one form, by which a double tap is one comment."""
        return secrets.token_urlsafe(12)


def conversation_page(conversation: Conversation, reader: Person | None) -> Talk:
    """Return the conversation as ``reader`` may see it, oldest first: at most ten queries, however long.

    A comment that its author withdrew leaves its place if it has replies; she herself still finds it, to bring it back.
    """
    standing = Closing.objects.filter(reopened_at__isnull=True).select_related("by")
    prefetch_related_objects([conversation], "hosts", Prefetch("closings", queryset=standing))
    in_order = Comment.objects.filter(conversation=conversation).order_by("made_at", "pk")
    rows = _with_company(in_order.visible_to(reader), conversation)
    said = {row.pk: _said(row, reader) for row in rows}
    left = {row.answers_id for row in rows if row.answers_id is not None} - set(said)
    for row in in_order.filter(pk__in=left).select_related(None) if left else ():
        row.conversation = conversation
        said[row.pk] = Said(row, state=_state(row), is_place=True)
    threads = {pk: Thread(one) for pk, one in said.items() if one.comment.answers_id is None}
    may_comment = rules.may_comment(reader, conversation)
    for row in rows:
        if row.answers_id is not None:
            threads[row.answers_id].replies.append(said[row.pk])
    for thread in threads.values():
        thread.said.may_reply = bool(may_comment) and thread.said.state == "shown"
    given = Appreciation.objects.filter(conversation=conversation).visible_to(reader)
    talk = Talk(
        conversation=conversation,
        reader=reader,
        threads=sorted(threads.values(), key=lambda thread: (thread.said.moment, thread.comment.pk)),
        appreciations=given_as(given.order_by("given_at", "pk"), reader, conversation=conversation),
        closing=next(iter(conversation.closings.all()), None),
        reader_hosts=rules.is_host(reader, conversation),
        shown_comments=sum(1 for row in rows if row.is_shown),
        may_comment=may_comment,
        may_appreciate=rules.may_appreciate(reader, conversation, to=None),
        may_guard=reader is not None and bool(rules.may_guard(reader, conversation)),
    )
    for known in ("hosts", "closings"):
        # Read for this page alone: an action on the same object must ask again.
        conversation._prefetched_objects_cache.pop(known, None)  # type: ignore[attr-defined]
    return talk


def said_as(comment: Comment, reader: Person | None) -> Said:
    """Return one comment as ``reader`` sees it; she must be allowed to see it."""
    [row] = _with_company(Comment.objects.filter(pk=comment.pk), comment.conversation)
    one = _said(row, reader)
    one.may_reply = bool(rules.may_reply(reader, row))
    return one


def _with_company(rows: QuerySet[Comment], conversation: Conversation) -> list[Comment]:
    """The rows with who made them and, only where there is some, whom they mention and why they are hidden."""
    found = list(rows.select_related("by").prefetch_related(standing_of("by")))
    for row in found:
        row.conversation = conversation
    calling = [row for row in found if "@" in row.body]
    prefetch_related_objects(
        calling, Prefetch("mentions", queryset=Mention.objects.select_related("person", "unit"))
    )
    hidden = [row for row in found if row.hidden_at is not None]
    prefetch_related_objects(
        hidden, Prefetch("hidings", queryset=Hiding.objects.filter(undone_at__isnull=True))
    )
    return found


def _state(comment: Comment) -> str:
    if comment.withdrawn_at is not None:
        return "withdrawn"
    if comment.hidden_at is not None:
        return "hidden"
    return "held" if comment.is_held else "shown"


def _said(comment: Comment, reader: Person | None) -> Said:
    one = Said(comment, state=_state(comment))
    one.may_report = one.state == "shown" and (reader is None or comment.by_id != reader.pk)
    if reader is None:
        return one
    hiding = next(iter(comment.hidings.all()), None) if one.state == "hidden" else None
    one.is_own = comment.by_id == reader.pk
    one.because = hiding.because if hiding is not None else ""
    one.by_stewards = hiding is not None and hiding.by_stewards
    one.may_change = bool(rules.may_change_comment(reader, comment))
    one.may_reword = bool(rules.may_reword(reader, comment))
    one.may_appeal = one.is_own and one.state == "hidden"
    if not one.is_own and rules.may_guard(reader, comment.conversation):
        one.may_hide = one.state in ("shown", "held")
        one.may_release = one.state == "held"
        one.may_show = one.state == "hidden" and bool(rules.may_show(reader, comment, hiding))
    return one


def who_may_read(conversation: Conversation) -> Q:
    """Return the filter of persons who may read the conversation: ``rules.may_read`` for all of them at once."""
    hosts = Q(pk__in=conversation.hosts.through.objects.filter(conversation=conversation).values("person"))
    if not conversation.is_shown:
        return hosts
    if conversation.audience == Audience.PUBLIC:
        return Q()
    if conversation.audience == Audience.MEMBERS:
        return hosts | Q(is_active=True)
    if conversation.unit is None or not conversation.unit.path:
        return hosts
    held = Appointment.objects.holding(timezone.localdate()).confirmed()
    there = held.filter(unit__path__startswith=conversation.unit.path)
    return hosts | Q(is_active=True, pk__in=there.values("person"))


def latest_comments(reader: Person | None, *, most: int = 10) -> list[Comment]:
    """Return the newest shown comments that ``reader`` may see, for home page and feeds."""
    rows = Comment.objects.shown().filter(open_to(reader, "conversation"))
    return list(rows.select_related("by", "conversation").order_by("-made_at", "-pk")[:most])
