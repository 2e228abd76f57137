"""Paging by key: a page costs the same at the first and at the ten-thousandth row."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page, newest first, with the cursor of the next older page (``None`` at the end)."""

    rows: list[Row]
    older: str | None
    is_first: bool


def page_of(
    rows: QuerySet[Row], *, by: str, after: str | None = None, size: int = 20, rising: bool = False
) -> Page[Row]:
    """Return one page of ``rows`` in falling order of the column ``by`` (then of the primary key), or in ``rising``.

    ``after`` is the cursor of an earlier page's ``older``; a cursor that cannot be read starts at the top.
    """
    ordered = rows.order_by(by, "pk") if rising else rows.order_by(f"-{by}", "-pk")
    beyond = "gt" if rising else "lt"
    mark = _read(after)
    if mark is not None:
        value, pk = mark
        # The first bound is what an index can begin at; the second only parts rows of the same value.
        ordered = ordered.filter(**{f"{by}__{beyond}e": value})
        ordered = ordered.filter(Q(**{f"{by}__{beyond}": value}) | Q(**{f"pk__{beyond}": pk}))
    found = list(ordered[: size + 1])
    more = len(found) > size
    found = found[:size]
    older = _write(_value(found[-1], by), found[-1].pk) if more and found else None
    return Page(found, older, mark is None)


def _value(row: Model, path: str) -> Any:
    value: Any = row
    for name in path.split("__"):
        value = getattr(value, name)
    return value


def _write(value: Any, pk: int) -> str:
    shown = {"t": value.isoformat()} if isinstance(value, datetime) else {"v": value}
    return base64.urlsafe_b64encode(json.dumps({**shown, "k": pk}).encode()).decode().rstrip("=")


def _read(cursor: str | None) -> tuple[Any, int] | None:
    if not cursor or len(cursor) > 400:
        return None
    try:
        mark = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        value = datetime.fromisoformat(mark["t"]) if "t" in mark else mark["v"]
        if not isinstance(value, (datetime, int, float, str)):
            return None
        return value, int(mark["k"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        return None
