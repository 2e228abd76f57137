"""Notices: what a person should hear of, written by a follower of the journal."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.networks.models import Membership
from prakai.people.models import Person
from prakai.talk.models.appreciations import Appreciation
from prakai.talk.models.comments import Comment
from prakai.talk.models.conversations import Conversation, open_to
from prakai.talk.models.reports import Report


class NoticeKind(models.TextChoices):
    """Why somebody hears of something."""

    COMMENT = "comment", pgettext_lazy("notice", "a comment on what you wrote")
    REPLY = "reply", pgettext_lazy("notice", "a reply to your comment")
    MENTION = "mention", pgettext_lazy("notice", "somebody mentioned you")
    APPRECIATION = "appreciation", pgettext_lazy("notice", "an appreciation")
    HELD = "held", pgettext_lazy("notice", "a comment waits for you")
    HIDDEN = "hidden", pgettext_lazy("notice", "your comment was hidden")
    DECIDED = "decided", pgettext_lazy("notice", "the stewards have looked at your report")
    SEATED = "seated", pgettext_lazy("notice", "a seat became free for you")
    MOVED = "moved", pgettext_lazy("notice", "another time or place")
    CANCELLED = "cancelled", pgettext_lazy("notice", "will not take place")
    REVIVED = "revived", pgettext_lazy("notice", "takes place after all")
    ROLE = "role", pgettext_lazy("notice", "you were given a role")
    GROWTH = "growth", pgettext_lazy("notice", "somebody asks for a note of yours")
    INVITED = "invited", pgettext_lazy("notice", "a network invites")
    ASKED = "asked", pgettext_lazy("notice", "somebody asks to join a network")
    BEGAN = "began", pgettext_lazy("notice", "belongs to a network now")
    DECLINED = "declined", pgettext_lazy("notice", "does not join a network for now")


GATHERINGS: Final = (
    NoticeKind.SEATED,
    NoticeKind.MOVED,
    NoticeKind.CANCELLED,
    NoticeKind.REVIVED,
    NoticeKind.ROLE,
    NoticeKind.GROWTH,
)
"""About something of a room above: the notice itself says what it is called and where it is."""


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Filters on notices."""

    def standing(self, person: Person) -> Self:
        """Notices of ``person`` about what she may still see: nothing hidden, withdrawn, or closed to her since."""
        said = Q(comment__withdrawn_at__isnull=True) & open_to(person, "conversation")
        shown = said & Q(comment__hidden_at__isnull=True, comment__is_held=False)
        waiting = said & Q(kind=NoticeKind.HELD, comment__hidden_at__isnull=True, comment__is_held=True)
        hidden = said & Q(kind=NoticeKind.HIDDEN, comment__hidden_at__isnull=False)
        talked = [NoticeKind.COMMENT, NoticeKind.REPLY, NoticeKind.MENTION]
        waits = Q(kind__in=[NoticeKind.INVITED, NoticeKind.ASKED])
        waits &= Q(membership__in=Membership.objects.answered_by(person))
        began = Q(kind=NoticeKind.BEGAN, membership__ended_at__isnull=True)
        given = Q(kind=NoticeKind.APPRECIATION, appreciation__withdrawn_at__isnull=True)
        given &= Q(conversation__isnull=True) | open_to(person, "conversation")
        return self.filter(
            (Q(kind__in=talked) & shown)
            | waiting
            | hidden
            | given
            | waits
            | began
            | Q(kind__in=[NoticeKind.DECIDED, NoticeKind.DECLINED, *GATHERINGS]),
            person=person,
        )


class Notice(models.Model):
    """One notice for one person about one journal entry: at most once each."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    entry_id = models.BigIntegerField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, null=True, blank=True)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True)
    appreciation = models.ForeignKey(Appreciation, on_delete=models.CASCADE, null=True, blank=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, blank=True)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True, blank=True)
    title = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"], name="notice_newest"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "entry_id"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
