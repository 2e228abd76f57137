"""What pages of talk read, in a constant number of SQL queries."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from prakai.kernel.paging import Page, page_of
from prakai.people.models import Person
from prakai.talk.models import Appreciation, Comment, Conversation, Notice, Report


@dataclass(slots=True)
class Thread:
    """A comment with its replies, and what the reader may do with them."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)


@dataclass(slots=True)
class Talk:
    """All that a page shows of one conversation."""

    conversation: Conversation
    threads: list[Thread]
    appreciations: list[Appreciation]
    is_closed: bool
    reader_hosts: bool
    shown_comments: int


def conversation_page(conversation: Conversation, reader: Person | None) -> Talk:
    """Return the conversation as ``reader`` may see it, oldest first: at most six queries, however long."""
    rows = list(
        Comment.objects.filter(conversation=conversation)
        .visible_to(reader)
        .select_related("by")
        .order_by("made_at", "pk")
    )
    kept: dict[int, Thread] = {c.pk: Thread(c) for c in rows if c.answers_id is None}
    for comment in rows:
        if comment.answers_id in kept:
            kept[comment.answers_id].replies.append(comment)
    missing = {c.answers_id for c in rows if c.answers_id is not None and c.answers_id not in kept}
    if missing:
        for gone in Comment.objects.filter(pk__in=missing):
            gone.body = ""
            kept[gone.pk] = Thread(gone, [c for c in rows if c.answers_id == gone.pk])
    return Talk(
        conversation=conversation,
        threads=sorted(kept.values(), key=lambda thread: (thread.comment.made_at, thread.comment.pk)),
        appreciations=list(
            Appreciation.objects.filter(conversation=conversation)
            .visible_to(reader)
            .select_related("by")
            .order_by("given_at", "pk")
        ),
        is_closed=conversation.closings.filter(reopened_at__isnull=True).exists(),
        reader_hosts=reader is not None and conversation.hosts.filter(pk=reader.pk).exists(),
        shown_comments=sum(1 for c in rows if not (c.is_held or c.hidden_at or c.withdrawn_at)),
    )


def notices_of(person: Person, *, after: str | None = None, size: int = 20) -> Page[Notice]:
    """Return a page of the person's notices, newest first, with what they point at."""
    rows = Notice.objects.filter(person=person).select_related(
        "conversation", "comment__by", "comment__conversation", "appreciation__by", "appreciation__unit"
    )
    return page_of(rows, by="at", after=after, size=size)


def unread_notices(person: Person) -> int:
    """Return how many notices the person has not yet read."""
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def held_comments(person: Person) -> list[Comment]:
    """Return comments that wait for this person: in conversations she hosts, or all for a steward; oldest first."""
    rows = Comment.objects.filter(is_held=True, hidden_at__isnull=True, withdrawn_at__isnull=True)
    if not person.is_steward:
        rows = rows.filter(conversation__hosts=person)
    return list(rows.select_related("conversation", "by").order_by("made_at")[:100])


def open_reports(*, after: str | None = None, size: int = 20) -> Page[Report]:
    """Return a page of reports that nobody has decided on yet, newest first."""
    rows = Report.objects.filter(decision__isnull=True).select_related("conversation", "comment__by", "by")
    return page_of(rows, by="at", after=after, size=size)


def decided_reports(*, after: str | None = None, size: int = 20) -> Page[Report]:
    """Return a page of reports that were decided, newest first."""
    rows = Report.objects.filter(decision__isnull=False).select_related(
        "conversation", "comment__by", "by", "decision__by"
    )
    return page_of(rows, by="at", after=after, size=size)


def appreciations_of_unit(unit_id: int, reader: Person | None, *, most: int = 6) -> list[Appreciation]:
    """Return some appreciations of a unit that ``reader`` may see, newest first."""
    rows = (
        Appreciation.objects.filter(unit_id=unit_id).visible_to(reader).select_related("by", "conversation")
    )
    return list(rows.order_by("-given_at")[:most])


def appreciations_of_person(person: Person, reader: Person | None, *, most: int = 6) -> list[Appreciation]:
    """Return some appreciations of a person that ``reader`` may see, newest first."""
    rows = (
        Appreciation.objects.filter(Q(person=person)).visible_to(reader).select_related("by", "conversation")
    )
    return list(rows.order_by("-given_at")[:most])


def latest_comments(reader: Person | None, *, most: int = 10) -> list[Comment]:
    """Return the newest shown comments that ``reader`` may see, for home page and feeds."""
    rows = Comment.objects.shown().filter(conversation__in=Conversation.objects.visible_to(reader))
    return list(rows.select_related("by", "conversation").order_by("-made_at")[:most])


def things_of(person: Person) -> dict[str, list[dict[str, object]]]:
    """Return all that this room keeps of a person, for her own copy of her data."""
    comments = Comment.objects.filter(by=person).order_by("made_at")
    given = Appreciation.objects.filter(by=person).order_by("given_at")
    received = Appreciation.objects.filter(person=person).select_related("by").order_by("given_at")
    return {
        "comments": [
            {"address": c.get_absolute_url(), "made_at": c.made_at.isoformat(), "body": c.body}
            for c in comments.select_related("conversation")
        ],
        "appreciations_given": [
            {"given_at": a.given_at.isoformat(), "saw": a.saw, "effect": a.effect} for a in given
        ],
        "appreciations_received": [
            {"given_at": a.given_at.isoformat(), "by": str(a.by), "saw": a.saw, "effect": a.effect}
            for a in received
        ],
        "notices": [
            {"at": n.at.isoformat(), "kind": n.kind, "read_at": n.read_at.isoformat() if n.read_at else None}
            for n in Notice.objects.filter(person=person).order_by("at")
        ],
    }


def with_replies() -> Prefetch[str]:
    """Return the prefetch of shown replies, for lists of comments."""
    return Prefetch("replies", queryset=Comment.objects.shown().select_related("by").order_by("made_at"))
