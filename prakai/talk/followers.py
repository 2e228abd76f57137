"""What talk does when a room speaks: notices for those whom it concerns, and forgetting an erased person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.people.models import Person
from prakai.talk.models import Appreciation, Comment, Notice, NoticeKind


@follow("talk.notices", "comment.made", "comment.released", "comment.held", "appreciation.given")
def write_notices(entry: Entry) -> None:
    """Write a notice for each person concerned, once an entry; never to the one who acted."""
    if entry.verb == "appreciation.given":
        _about_appreciation(entry)
    else:
        _about_comment(entry)


def _about_comment(entry: Entry) -> None:
    comment = Comment.objects.select_related("conversation", "answers").filter(pk=entry.thing_id).first()
    if comment is None:
        return
    hosts = list(comment.conversation.hosts.values_list("pk", flat=True))
    if comment.is_held:
        _notify(entry, NoticeKind.HELD, hosts, comment=comment)
        return
    if comment.answers is not None and comment.answers.by_id is not None:
        _notify(entry, NoticeKind.REPLY, [comment.answers.by_id], comment=comment)
    called = list(comment.mentions.filter(person__isnull=False).values_list("person_id", flat=True))
    _notify(entry, NoticeKind.MENTION, called, comment=comment)
    _notify(entry, NoticeKind.COMMENT, hosts, comment=comment)


def _about_appreciation(entry: Entry) -> None:
    row = Appreciation.objects.select_related("conversation").filter(pk=entry.thing_id).first()
    if row is None or row.withdrawn_at is not None:
        return
    receivers = [row.person_id] if row.person_id is not None else []
    if row.conversation is not None:
        receivers += list(row.conversation.hosts.values_list("pk", flat=True))
    if row.unit_id is not None:
        heads = Person.objects.filter(appointments__unit_id=row.unit_id, appointments__is_head=True)
        receivers += list(heads.filter(appointments__until_on__isnull=True).values_list("pk", flat=True))
    _notify(entry, NoticeKind.APPRECIATION, receivers, appreciation=row)


def _notify(
    entry: Entry,
    kind: NoticeKind,
    receivers: Iterable[int],
    *,
    comment: Comment | None = None,
    appreciation: Appreciation | None = None,
) -> None:
    conversation_id = (
        comment.conversation_id if comment else (appreciation.conversation_id if appreciation else None)
    )
    for person_id in dict.fromkeys(receivers):
        if person_id == entry.by_id:
            continue
        Notice.objects.get_or_create(
            person_id=person_id,
            entry_id=entry.pk,
            defaults={
                "kind": kind,
                "comment": comment,
                "appreciation": appreciation,
                "conversation_id": conversation_id,
                "at": entry.at,
            },
        )


@follow("talk.erasure", "person.erased")
def forget_person(entry: Entry) -> None:
    """Keep or empty the words of a person who left, as she chose; notices of hers go in any case."""
    if not entry.facts.get("keep_content", True):
        Comment.objects.filter(by_id=entry.thing_id).update(body="", withdrawn_at=entry.at)
        Appreciation.objects.filter(Q(by_id=entry.thing_id)).update(withdrawn_at=entry.at)
    Notice.objects.filter(person_id=entry.thing_id).delete()
