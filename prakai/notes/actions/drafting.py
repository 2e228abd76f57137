"""Drafts: keep what is typed, every few seconds, so that no word is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.notes import rules
from prakai.notes.models import Draft, Note
from prakai.notes.queries.drafts import note_sent_from
from prakai.people.models import Person

FIELDS = frozenset(
    {
        "title", "body", "highlight", "kind", "language", "licence", "audience", "series", "notebook", "tags",
        "coauthors", "teller", "teller_name",
    }
)  # fmt: skip
LONGEST = 1_000_000


class Elsewhere(ValidationError):
    """The window's draft was saved from somewhere else since; ``draft`` is that one. Nothing was overwritten."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            pgettext("note error", "The same text is open in another window, and holds other words there."),
            code="elsewhere",
        )
        self.draft = draft


class Spent(ValidationError):
    """What the window held was sent for good meanwhile, as ``note``: a late copy of it is no draft any more."""

    def __init__(self, note: Note) -> None:
        super().__init__(pgettext("note error", "These words are in the note already."), code="sent")
        self.note = note


@transaction.atomic
def save_draft(
    *,
    by: Person,
    window: str,
    fields: dict[str, Any],
    note: Note | None = None,
    base_version: int = 0,
    seen: datetime | None = None,
    at: datetime | None = None,
) -> Draft:
    """Keep what ``by`` has typed in a window and return the draft. Nobody else ever sees it.

    ``seen`` is the moment of the save that the typing knows of: when another one with other words came in between
    (a doubled tab), ``Elsewhere`` is raised; ``Spent`` when the window was sent for good.
    Only the first save of a window is a journal line: the typing itself is nobody's business.
    """
    rules.may_attach(by, note).or_refuse()
    kept = {
        name: value for name, value in fields.items() if name in FIELDS and isinstance(value, (str, list))
    }
    if sum(len(str(value)) for value in kept.values()) > LONGEST:
        raise ValidationError(pgettext("note error", "This is a whole book; please part it into notes."))
    if not window or len(window) > 40:
        raise ValidationError(
            pgettext("note error", "The page did not say which window it is; please reload it.")
        )
    known = Draft.objects.select_for_update().filter(person=by, window=window).first()
    if known is None and (note_taken := note_sent_from(by, window)) is not None:
        raise Spent(note_taken)
    if known is not None and seen is not None and known.saved_at != seen and known.fields != kept:
        raise Elsewhere(known)
    draft, is_new = Draft.objects.update_or_create(
        person=by,
        window=window,
        defaults={
            "note": note,
            "fields": kept,
            "base_version": base_version,
            "saved_at": at or timezone.now(),
        },
    )
    if is_new:
        record("draft.begun", draft, by=by, at=at)
    return draft


@transaction.atomic
def drop_draft(draft: Draft, *, by: Person, at: datetime | None = None) -> None:
    """Throw a draft away; only who typed it can."""
    rules.may_drop_draft(by, draft).or_refuse()
    record("draft.dropped", draft, by=by, at=at)
    draft.delete()
