"""How far the journal has come: by it everybody knows whether anything has happened since."""

from __future__ import annotations

from typing import Any

from django.db import connection

_NEWEST = "SELECT MAX(id) FROM journal_entry"
_LATEST = f"SELECT id, at FROM journal_entry WHERE id = ({_NEWEST})"  # noqa: S608  words of ours
_PROGRESS = f"SELECT ({_NEWEST}), (SELECT SUM(last_id) FROM journal_cursor)"  # noqa: S608  words of ours


def newest_id() -> int:
    """Return the id of the newest entry, 0 when there is none: one step in an index, without the ORM's own cost."""
    return _numbers(_NEWEST)[0]


def latest() -> tuple[Any, ...]:
    """Return what tells this state of the journal from every other: the newest entry and its moment; () without any.

    An id alone may come again, after a restore.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATEST)
        return tuple(cursor.fetchone() or ())


def progress() -> tuple[int, int]:
    """Return the newest id and the sum of all cursors: it changes with every entry and with what follows from it."""
    newest, followed = _numbers(_PROGRESS)
    return newest, followed


def _numbers(sql: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [int(number or 0) for number in cursor.fetchone()]
