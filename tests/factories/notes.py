"""Notebooks and notes for tests: real rows, made in one line by the actions themselves."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from prakai.notes import actions
from prakai.notes.actions.bringing import Brought
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note, Notebook
from prakai.notes.models.origins import Rights
from prakai.people.models import Audience, Person
from prakai.units.models import Unit

TITLE = "ป้ายสีที่หน้าห้องยา"
BODY = "<p>เราย้ายเก้าอี้มาไว้หน้าห้องยา คนไข้ก็เลิกถามว่าอีกนานไหม</p>"
_running = count(1)


def make_notebook(
    owner: Person, title: str = "สมุดของคนทำงาน", *, unit: Unit | None = None, **fields: Any
) -> Notebook:
    """Return a notebook of ``owner``, or of ``unit`` (then ``owner`` only opens it)."""
    return actions.open_notebook(title=title, by=owner, unit=unit, **fields)


def make_note(
    author: Person,
    title: str = TITLE,
    body: str = BODY,
    *,
    notebook: Notebook | None = None,
    audience: str = Audience.PUBLIC,
    publish: bool = True,
    withdraw: bool = False,
    at: datetime | None = None,
    **writing: Any,
) -> Note:
    """Return a note by ``author``, published for everyone unless told otherwise; ``writing`` fills its form."""
    note = actions.write_note(
        notebook=notebook or actions.first_notebook(by=author),
        by=author,
        writing=Writing(title=title, body=body, audience=audience, **writing),
        at=at,
    )
    if publish or withdraw:
        actions.publish_note(note, by=author, at=at)
    if withdraw:
        actions.withdraw_note(note, by=author, at=at)
    return note


def make_brought(title: str = TITLE, body: str = BODY, *, number: int | None = None, **facts: Any) -> Brought:
    """Return a note as a source tells it, unsaved: ``bring`` brings it in."""
    key = facts.pop("key", None) or (f"gotoknow:{number}" if number else f"made-up:{next(_running)}")
    return Brought(
        key=key, site=facts.pop("site", "gotoknow"), title=title, body_html=body, number=number, **facts
    )


def bring(
    brought: Brought,
    by: Person,
    *,
    rights: Rights = Rights.HELD,
    notebook: Notebook | None = None,
    **how: Any,
) -> Note:
    """Return the note that ``brought`` becomes."""
    notebook = notebook or actions.first_notebook(by=by)
    return actions.bring_note(brought, notebook=notebook, rights=rights, by=by, **how)[0]
