"""What this room keeps of a person, for her own copy of her data."""

from __future__ import annotations

from prakai.people.models import Person
from prakai.talk.models import Appreciation, Comment, Mention, Notice, Report


def things_of(person: Person) -> dict[str, list[dict[str, object]]]:
    """Return all that this room keeps of a person, for her own copy of her data."""
    comments = Comment.objects.filter(by=person).select_related("conversation").order_by("made_at", "pk")
    given = Appreciation.objects.filter(by=person).order_by("given_at", "pk")
    received = Appreciation.objects.filter(person=person, withdrawn_at__isnull=True)
    called = Mention.objects.filter(person=person).select_related("comment__conversation").order_by("pk")
    reports = Report.objects.filter(by=person).select_related("conversation").order_by("at", "pk")
    return {
        "comments": [
            {
                "address": row.get_absolute_url(),
                "made_at": row.made_at.isoformat(),
                "body": row.body,
                "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
            }
            for row in comments
        ],
        "appreciations_given": [
            {
                "given_at": row.given_at.isoformat(),
                "saw": row.saw,
                "effect": row.effect,
                "wants_to_learn": row.wants_to_learn,
            }
            for row in given
        ],
        "appreciations_received": [
            {
                "given_at": row.given_at.isoformat(),
                "by": str(row.by) if row.by is not None else "",
                "saw": row.saw,
                "effect": row.effect,
            }
            for row in received.select_related("by").order_by("given_at", "pk")
        ],
        "mentions": [
            {"address": row.comment.get_absolute_url(), "words": row.words}
            for row in called
            if row.comment.is_shown
        ],
        "reports": [
            {
                "at": row.at.isoformat(),
                "about": row.conversation.address,
                "reason": row.reason,
                "words": row.words,
            }
            for row in reports
        ],
        "notices": [
            {
                "at": row.at.isoformat(),
                "kind": row.kind,
                "read_at": row.read_at.isoformat() if row.read_at else None,
            }
            for row in Notice.objects.filter(person=person).order_by("at", "pk")
        ],
    }
