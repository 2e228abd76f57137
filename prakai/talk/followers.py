"""What talk does when a room speaks: notices for those whom it concerns, and forgetting an erased person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.networks.queries import TOLD, hearing_of
from prakai.people.models import Appointment, Person
from prakai.talk.actions.telling import tell
from prakai.talk.models import Appreciation, Comment, Mention, Notice, NoticeKind, Report
from prakai.talk.queries import who_may_read


@follow(
    "talk.notices",
    "comment.made",
    "comment.released",
    "comment.held",
    "comment.reworded",
    "comment.hidden",
    "appreciation.given",
    "report.decided",
)
def write_notices(entry: Entry) -> None:
    """Write a notice for each person concerned, once an entry; never to the one who acted."""
    if entry.verb == "appreciation.given":
        _about_appreciation(entry)
    elif entry.verb == "report.decided":
        _about_decision(entry)
    else:
        _about_comment(entry)


def _about_comment(entry: Entry) -> None:
    comment = Comment.objects.select_related("conversation", "answers").filter(pk=entry.thing_id).first()
    if comment is None:
        return
    if entry.verb == "comment.hidden":
        _notify(entry, NoticeKind.HIDDEN, [comment.by_id], comment=comment)
    elif entry.verb == "comment.held":
        if comment.is_held:
            _notify(entry, NoticeKind.HELD, _hosts(comment), comment=comment)
    elif comment.is_shown:
        _about_shown(entry, comment)


def _about_shown(entry: Entry, comment: Comment) -> None:
    """A comment stands for all to read: those it answers and calls hear of it, each once, then the hosts.

    Other words call only those who were not called before; hosts have heard of what they were asked to let in.
    """
    if entry.verb != "comment.reworded" and comment.answers is not None:
        _notify(entry, NoticeKind.REPLY, [comment.answers.by_id], comment=comment)
    called = _called(entry, comment)
    heard = Notice.objects.filter(comment=comment, kind__in=[NoticeKind.REPLY, NoticeKind.MENTION])
    called -= set(heard.values_list("person_id", flat=True))
    _notify(entry, NoticeKind.MENTION, sorted(called), comment=comment)
    if entry.verb == "comment.made":
        _notify(entry, NoticeKind.COMMENT, _hosts(comment), comment=comment)


def _hosts(comment: Comment) -> list[int]:
    return list(comment.conversation.hosts.order_by("pk").values_list("pk", flat=True))


def _called(entry: Entry, comment: Comment) -> set[int]:
    """Those mentioned by name, and those who lead a unit that is mentioned."""
    people = set(comment.mentions.filter(person__isnull=False).values_list("person_id", flat=True))
    units = comment.mentions.filter(unit__isnull=False).values("unit")
    leads = Appointment.objects.holding(_day(entry)).confirmed().filter(unit__in=units, is_head=True)
    return {pk for pk in people if pk is not None} | set(leads.values_list("person_id", flat=True))


def _day(entry: Entry) -> date:
    return timezone.localtime(entry.at).date()


def _about_appreciation(entry: Entry) -> None:
    row = Appreciation.objects.select_related("conversation").filter(pk=entry.thing_id).first()
    if row is None or row.withdrawn_at is not None:
        return
    receivers = [row.person_id]
    if row.conversation is not None:
        receivers += list(row.conversation.hosts.order_by("pk").values_list("pk", flat=True))
    if row.unit_id is not None:
        leads = Appointment.objects.holding(_day(entry)).confirmed()
        receivers += list(leads.filter(unit=row.unit_id, is_head=True).values_list("person_id", flat=True))
    _notify(entry, NoticeKind.APPRECIATION, receivers, appreciation=row)


def _about_decision(entry: Entry) -> None:
    report = Report.objects.select_related("conversation", "comment").filter(pk=entry.thing_id).first()
    if report is not None:
        _notify(entry, NoticeKind.DECIDED, [report.by_id], report=report)


def _notify(
    entry: Entry,
    kind: NoticeKind,
    receivers: Iterable[int | None],
    *,
    comment: Comment | None = None,
    appreciation: Appreciation | None = None,
    report: Report | None = None,
) -> None:
    """Write the notice for each of the receivers who takes part and may read it, except who acted or wrote it."""
    about = comment or appreciation or report
    conversation = about.conversation if about is not None else None
    wanted = list(dict.fromkeys(pk for pk in receivers if pk is not None))
    apart = {entry.by_id}
    if comment is not None and kind != NoticeKind.HIDDEN:
        apart.add(comment.by_id)
    people = Person.objects.get_queryset().present().filter(pk__in=wanted)
    if conversation is not None and kind not in (NoticeKind.HIDDEN, NoticeKind.DECIDED):
        people = people.filter(who_may_read(conversation))
    hearing = set(people.values_list("pk", flat=True)) - apart
    for person_id in wanted:
        if person_id in hearing:
            Notice.objects.get_or_create(
                person_id=person_id,
                entry_id=entry.pk,
                defaults={
                    "kind": kind,
                    "comment": comment,
                    "appreciation": appreciation,
                    "report": report,
                    "conversation": conversation,
                    "at": entry.at,
                },
            )


@follow("talk.networks", *TOLD)
def tell_of_memberships(entry: Entry) -> None:
    """Tell those who can answer that a network invites or somebody asks to join, and who did what was answered."""
    hearing = hearing_of(entry)
    if hearing is not None:
        one = hearing.membership
        kind = NoticeKind(entry.verb.removeprefix("membership."))
        place = one.network if kind == NoticeKind.BEGAN else one
        tell(
            entry,
            kind,
            hearing.people,
            title=one.network.name_th,
            address=place.get_absolute_url(),
            membership=one,
        )


@follow("talk.erasure", "person.erased")
def forget_person(entry: Entry) -> None:
    """Keep the words of a person who left, under her name or under none, or empty them, as she chose.

    Her notices and the calls of her name go in any case. When the words go, so do those that others said of her in
    appreciation; her reports stay without her.
    """
    if not entry.facts.get("emptied"):
        name = str(entry.facts.get("name_th", ""))
        Comment.objects.filter(by_id=entry.thing_id).update(by_name=name[:120])
    else:
        Comment.objects.filter(by_id=entry.thing_id).update(body="", withdrawn_at=entry.at)
        mine = Appreciation.objects.filter(Q(by_id=entry.thing_id) | Q(person_id=entry.thing_id))
        mine.filter(by_id=entry.thing_id).update(saw="", effect="")
        mine.update(withdrawn_at=entry.at)
    Mention.objects.filter(person_id=entry.thing_id).delete()
    Notice.objects.filter(person_id=entry.thing_id).delete()
    Report.objects.filter(by_id=entry.thing_id).update(by=None)
