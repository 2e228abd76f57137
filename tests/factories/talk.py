"""Conversations, comments and appreciations for tests: real rows, made in one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Any

from prakai.people.models import Audience, Person
from prakai.talk import actions
from prakai.talk.models import Appreciation, Comment, Conversation
from prakai.units.models import Unit

_running = count(1)


def make_conversation(
    title: str = "ป้ายสีที่หน้าห้องยา",
    *,
    audience: str = Audience.PUBLIC,
    unit: Unit | None = None,
    hosts: Iterable[Person] = (),
    is_shown: bool = True,
    **fields: Any,
) -> Conversation:
    """Return a saved conversation, shown to everybody unless told otherwise; its owner's page is made up."""
    conversation = Conversation.objects.create(
        title=title,
        address=f"/made-up/{next(_running)}",
        audience=audience,
        unit=unit,
        is_shown=is_shown,
        **fields,
    )
    conversation.hosts.set(hosts)
    return conversation


def make_comment(
    conversation: Conversation,
    by: Person | None,
    body: str = "ขอบคุณที่เล่าให้ฟัง",
    *,
    answers: Comment | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> Comment:
    """Return a comment made by the action itself."""
    return actions.make_comment(conversation, body=body, by=by, answers=answers, at=at, **fields)


def put_comment(conversation: Conversation, by: Person | None = None, **fields: Any) -> Comment:
    """Return a comment as a bare row, in any state, without rule, mention or journal."""
    return Comment.objects.create(conversation=conversation, by=by, **{"body": "<p>คำ</p>", **fields})


def make_appreciation(
    by: Person, *, saw: str = "เห็นพยาบาลเดินไปหาคนไข้", effect: str = "คนแก่ไม่ต้องเดิน", **to: Any
) -> Appreciation:
    """Return an appreciation given by the action itself: ``conversation=``, ``person=`` or ``unit=``."""
    return actions.appreciate(by=by, saw=saw, effect=effect, **to)
