"""What a person should hear of, with the words themselves."""

from __future__ import annotations

from dataclasses import dataclass

from prakai.kernel.markup import excerpt, plain_of
from prakai.kernel.paging import Page, page_of
from prakai.people.models import Person
from prakai.talk.models import Notice, NoticeKind
from prakai.units.models import Unit


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as the desk shows it: who, about what, in which words, and where to go."""

    notice: Notice

    @property
    def kind(self) -> str:
        """One of ``NoticeKind``."""
        return self.notice.kind

    @property
    def is_new(self) -> bool:
        """Whether it has not been read."""
        return self.notice.read_at is None

    @property
    def person(self) -> Person | None:
        """Who said or gave it; nobody for a visitor and for who has left."""
        row = self.notice.comment or self.notice.appreciation
        by = row.by if row is not None else None
        return None if by is None or by.erased_at is not None else by

    @property
    def signed(self) -> str:
        """The name that a visitor gave."""
        return self.notice.comment.by_name if self.notice.comment is not None else ""

    @property
    def is_by_visitor(self) -> bool:
        """Whether that name is only what somebody typed without signing in."""
        return self.notice.comment is not None and self.notice.comment.is_by_visitor

    @property
    def words(self) -> str:
        """The words themselves, on one line; for a decision its reason; for a network why somebody does not join."""
        if self.notice.comment is not None:
            return excerpt(plain_of(self.notice.comment.body))
        if self.notice.appreciation is not None:
            return excerpt(f"{self.notice.appreciation.saw} {self.notice.appreciation.effect}")
        if self.notice.report is not None and hasattr(self.notice.report, "decision"):
            return excerpt(self.notice.report.decision.because)
        if self.kind == NoticeKind.DECLINED and self.notice.membership is not None:
            return excerpt(self.notice.membership.because)
        return ""

    @property
    def member(self) -> Unit | Person | None:
        """The unit or the person that is to belong to a network; nobody for the reader herself, and who is away."""
        one = self.notice.membership
        if one is None or one.unit is not None:
            return one.unit if one is not None else None
        is_told = one.person_id != self.notice.person_id and one.person is not None and one.person.is_active
        return one.person if is_told else None

    @property
    def is_own(self) -> bool:
        """Whether it is about the reader herself belonging to a network."""
        return (
            self.notice.membership is not None and self.notice.membership.person_id == self.notice.person_id
        )

    @property
    def title(self) -> str:
        """What the talk is about; the network, when it is about belonging to one."""
        if self.notice.membership is not None:
            return self.notice.membership.network.name
        return self.notice.conversation.title if self.notice.conversation is not None else self.notice.title

    @property
    def address(self) -> str:
        """Where the words stand; the page of the thing for a decision."""
        comment, given = self.notice.comment, self.notice.appreciation
        if comment is not None and self.kind != NoticeKind.HELD:
            return comment.get_absolute_url()
        if given is not None and given.conversation is None:
            one = given.person or given.unit
            return one.get_absolute_url() if one is not None else ""
        if self.notice.conversation is None:
            return self.notice.address
        return self.notice.conversation.address + (f"#a{given.pk}" if given is not None else "")


def notices_of(person: Person, *, after: str | None = None, size: int = 20) -> Page[Notice]:
    """Return a page of the person's notices, newest first, with what they point at; one query.

    What was hidden, withdrawn or closed to her since is not among them. ``Told(notice)`` shows one.
    """
    rows = Notice.objects.standing(person).select_related(
        "conversation",
        "comment__by",
        "comment__conversation",
        "appreciation__by",
        "appreciation__unit",
        "appreciation__person",
        "appreciation__conversation",
        "report__decision",
        "membership__network",
        "membership__unit",
        "membership__person",
    )
    return page_of(rows, by="at", after=after, size=size)


def unread_notices(person: Person) -> int:
    """Return how many of these the person has not yet read."""
    return Notice.objects.standing(person).filter(read_at__isnull=True).count()
