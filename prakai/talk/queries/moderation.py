"""What waits for hosts and stewards, and what they have decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from prakai.journal.models import Entry
from prakai.kernel.markup import excerpt, plain_of
from prakai.kernel.paging import Page, page_of
from prakai.kernel.verdicts import Verdict
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.models import Comment, Conversation, DecisionKind, Report, ReportReason
from prakai.talk.models.conversations import hosted_by

LOGGED = (
    "comment.hidden",
    "comment.hidden_by_stewards",
    "comment.shown",
    "comment.released",
    "report.decided",
    "conversation.closed",
    "conversation.reopened",
    "conversation.guarded",
)


@dataclass(slots=True)
class Case:
    """Reports that wait about one thing, with its words, and what the reader may decide."""

    conversation: Conversation
    comment: Comment | None
    reports: list[Report] = field(default_factory=list)
    may_decide: Verdict = field(default_factory=lambda: Verdict(False))

    @property
    def report(self) -> Report:
        """The report that a decision is written for; the others about the same go with it."""
        return self.reports[0]

    @property
    def is_appeal(self) -> bool:
        """Whether the author of a hidden comment asks to look again."""
        return any(report.reason == ReportReason.APPEAL for report in self.reports)

    @property
    def words(self) -> str:
        """The reported words, plain; empty for a thing that has its own page."""
        return plain_of(self.comment.body) if self.comment is not None else ""

    @property
    def address(self) -> str:
        """Where the thing stands."""
        return self.comment.get_absolute_url() if self.comment is not None else self.conversation.address

    @property
    def kinds(self) -> list[str]:
        """What can be decided about it now."""
        if self.comment is None:
            return [DecisionKind.KEPT, DecisionKind.SETTLED]
        if self.comment.hidden_at is not None:
            return [DecisionKind.KEPT, DecisionKind.SHOWN]
        return [DecisionKind.KEPT, DecisionKind.HIDDEN, DecisionKind.SETTLED]


def held_comments(person: Person) -> list[Comment]:
    """Return comments that wait for this person: in conversations she hosts, or may see as a steward; oldest first."""
    rows = Comment.objects.filter(is_held=True, hidden_at__isnull=True, withdrawn_at__isnull=True)
    if person.is_steward:
        # A steward's own words wait for somebody else, unless she is the host.
        rows = rows.visible_to(person).exclude(Q(by=person) & ~Q(conversation__in=hosted_by(person)))
    else:
        rows = rows.filter(conversation__in=hosted_by(person))
    return list(rows.select_related("conversation", "by").order_by("made_at", "pk")[:100])


def open_reports(*, after: str | None = None, size: int = 20) -> Page[Report]:
    """Return a page of reports that nobody has decided on yet, newest first; two queries."""
    rows = Report.objects.filter(decision__isnull=True).select_related("conversation", "comment__by", "by")
    return page_of(rows.prefetch_related("conversation__hosts"), by="at", after=after, size=size)


def open_cases(reports: list[Report], reader: Person) -> list[Case]:
    """Return reports (of ``open_reports``) gathered by what they are about, in the same order."""
    cases: dict[tuple[int, int | None], Case] = {}
    for report in reports:
        key = (report.conversation_id, report.comment_id)
        if report.comment is not None:
            report.comment.conversation = report.conversation
        case = cases.setdefault(key, Case(report.conversation, report.comment))
        case.reports.append(report)
        case.may_decide = rules.may_decide(reader, report)
    return list(cases.values())


def case_of(report: Report, reader: Person) -> Case:
    """Return the case of one report, with all that wait about the same thing."""
    rows = Report.objects.filter(
        conversation=report.conversation_id, comment=report.comment_id, decision__isnull=True
    )
    found = list(rows.select_related("conversation", "comment__by", "by").order_by("-at", "-pk"))
    return open_cases(found or [report], reader)[0]


def decided_reports(*, after: str | None = None, size: int = 20) -> Page[Report]:
    """Return a page of reports that were decided, newest first."""
    rows = Report.objects.filter(decision__isnull=False).select_related(
        "conversation", "comment__by", "comment__conversation", "by", "decision__by"
    )
    return page_of(rows, by="at", after=after, size=size)


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the log of moderation: the journal's entry, and the words and the page that it is about."""

    entry: Entry
    words: str = ""
    title: str = ""
    address: str = ""


def moderation_log(*, before: int | None = None, size: int = 40) -> tuple[list[Logged], int | None]:
    """Return lines of the log, newest first, and the id before which the older ones lie (``None`` at the end)."""
    rows = Entry.objects.filter(verb__in=LOGGED)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    shown = found[:size]
    comments = Comment.objects.select_related("conversation").in_bulk(_ids(shown, Comment))
    reports = Report.objects.select_related("conversation", "comment__conversation").in_bulk(
        _ids(shown, Report)
    )
    conversations = Conversation.objects.in_bulk(_ids(shown, Conversation))
    lines = []
    for entry in shown:
        thing: Comment | Report | Conversation | None
        if entry.thing_kind == Comment._meta.label_lower:
            thing = comments.get(entry.thing_id)
        elif entry.thing_kind == Report._meta.label_lower:
            thing = reports.get(entry.thing_id)
        else:
            thing = conversations.get(entry.thing_id)
        lines.append(_logged(entry, thing))
    return lines, shown[-1].pk if len(found) > size else None


def _ids(entries: list[Entry], kind: type[Comment] | type[Report] | type[Conversation]) -> list[int]:
    return [entry.thing_id for entry in entries if entry.thing_kind == kind._meta.label_lower]


def _logged(entry: Entry, thing: Comment | Report | Conversation | None) -> Logged:
    if thing is None:
        return Logged(entry)
    comment = thing.comment if isinstance(thing, Report) else thing if isinstance(thing, Comment) else None
    conversation = thing if isinstance(thing, Conversation) else thing.conversation
    return Logged(
        entry,
        excerpt(plain_of(comment.body), 120) if comment is not None else "",
        conversation.title,
        comment.get_absolute_url() if comment is not None else conversation.address,
    )
