"""Two versions of one text, side by side, with what differs by words; and where a room's "no" belongs in a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from prakai.kernel.markup import body_from, plain_of
from prakai.notes.models import Draft, Note
from prakai.web.notes.diffs import Run, word_diff


@dataclass(frozen=True, slots=True)
class Version:
    """One of two versions, as ``parts/versions.html`` shows it."""

    label: str
    moment: datetime
    body: SafeString
    value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both versions, and the way from the other one to mine."""

    versions: list[Version]
    runs: list[Run]
    title_runs: list[Run]


def with_version(note: Note, typed: Mapping[str, str], *, now: datetime | None = None) -> Conflict:
    """Return the typed text beside the note as it is saved now."""
    label = pgettext("conflict", "Saved in the meantime")
    moment = note.edited_at or note.written_at
    return _both(label, moment, note.title, note.body, "saved", typed, now)


def with_draft(draft: Draft, typed: Mapping[str, str], *, now: datetime | None = None) -> Conflict:
    """Return the typed text beside what another window holds."""
    label = pgettext("conflict", "Typed in the other window")
    title, body = str(draft.fields.get("title", "")), body_from(str(draft.fields.get("body", "")))
    return _both(label, draft.saved_at, title, body, draft.window, typed, now)


def _both(
    label: str,
    moment: datetime,
    title: str,
    body: str,
    value: str,
    typed: Mapping[str, str],
    now: datetime | None,
) -> Conflict:
    mine = body_from(typed.get("body", ""))
    my_title = typed.get("title", "")
    versions = [
        Version(pgettext("conflict", "Typed here"), now or timezone.now(), mark_safe(mine), "mine"),  # noqa: S308
        Version(label, moment, mark_safe(body), value),  # noqa: S308  both cleaned by the kernel
    ]
    return Conflict(versions, word_diff(plain_of(body), plain_of(mine)), word_diff(title, my_title))


def problems_of(trouble: ValidationError) -> dict[str, list[str]]:
    """Return the messages of a room's "no" by field; those of no field under ``__all__``."""
    if hasattr(trouble, "error_dict"):
        return trouble.message_dict
    return {NON_FIELD_ERRORS: trouble.messages}
