"""What the writing form starts from: a note that stands, a draft, another note that it builds on, or nothing."""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext

from prakai.kernel.markup import looks_like_html
from prakai.notes.actions.drafting import FIELDS
from prakai.notes.actions.writing import Writing, writing_of
from prakai.notes.alts import alts_in
from prakai.notes.models import Attachment, Draft, Note, Notebook
from prakai.notes.queries.media import pictures_in
from prakai.people.models import Person
from prakai.web.notes.named import name_for
from prakai.web.notes.rows import people_of, title_of

_SIMPLE = re.compile(r"(?:\s*<p>(?:[^<]|<br\s*/?>)*</p>\s*)*")
_BREAK = re.compile(r"<br\s*/?>\n?")
_BETWEEN = re.compile(r"</p>\s*<p>")


def new_window() -> str:
    """Return a fresh key for a window, not to be guessed."""
    return secrets.token_urlsafe(12)


def body_to_type(body: str) -> str:
    """Return the text to put into a bare text field: plain where the markup is only paragraphs, else the markup."""
    if not _SIMPLE.fullmatch(body):
        return body
    inside = _BETWEEN.sub("\n\n", _BREAK.sub("\n", body)).strip()
    plain = html.unescape(inside.removeprefix("<p>").removesuffix("</p>"))
    return body if looks_like_html(plain) else plain


def from_note(note: Note, by: Person) -> dict[str, Any]:
    """Return what the form shows of a note that stands."""
    writing: Writing = writing_of(note)
    return {
        "title": writing.title,
        "body": body_to_type(note.body),
        "highlight": writing.highlight,
        "kind": writing.kind,
        "language": writing.language,
        "licence": writing.licence,
        "audience": writing.audience,
        "series": writing.series,
        "notebook": note.notebook_id,
        "tags": ", ".join(writing.tags or ()),
        "coauthors": ", ".join(name_for(person, by) for person in writing.coauthors or ()),
        "teller": name_for(writing.teller, by) if writing.teller is not None else writing.teller_name,
        "base_version": note.version,
    }


def from_notebook(notebook: Notebook | None, kind: str, language: str) -> dict[str, Any]:
    """Return what a new note starts from."""
    start: dict[str, Any] = {"kind": kind, "language": language, "base_version": 0}
    if notebook is not None:
        start |= {"notebook": notebook.pk, "licence": notebook.licence, "audience": notebook.audience}
    else:
        start |= {"licence": "cc-by", "audience": "public"}
    return start


def from_draft(draft: Draft) -> dict[str, Any]:
    """Return what somebody had typed."""
    fields = {name: value for name, value in draft.fields.items() if isinstance(value, str)}
    return {**fields, "base_version": draft.base_version}


def building_on(note: Note) -> str:
    """Return the first line of a note that builds on another: who told what, with the way there."""
    teller = ", ".join(str(person) for person in people_of(note))
    line = pgettext("writing", "This builds on “%(title)s” by %(name)s.")
    title = html.escape(title_of(note))
    link = f'<a href="{html.escape(note.get_absolute_url())}">{title}</a>'
    return f"<p>{html.escape(line) % {'title': link, 'name': html.escape(teller)}}</p>\n<p></p>"


def alts_of(sent: Mapping[str, Any]) -> dict[str, str]:
    """Return what a sent form says that pictures show, by public id."""
    return {name.removeprefix("alt-"): str(sent[name]) for name in sent if name.startswith("alt-")}


def pictures_of(note: Note | None, sent: Mapping[str, Any]) -> list[tuple[Attachment, str]]:
    """Return the pictures in a note's text, each with what it shows: as just sent, else as it is kept."""
    if note is None:
        return []
    alts = {**alts_in(note.body), **alts_of(sent)}
    return [(row, alts.get(row.public_id, row.alt)) for row in pictures_in(note)]


def fields_of(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a sent form what a draft keeps."""
    return {name: typed[name] for name in sorted(FIELDS) if isinstance(typed.get(name), str)}
