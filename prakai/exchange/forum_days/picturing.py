"""Pictures that come along: only what is one, written anew like every picture from elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from prakai.exchange.forum_days.kinds import Row
from prakai.exchange.forum_days.reading import Opened
from prakai.exchange.forum_days.writing import update
from prakai.exchange.importing.hostile import Refusal, sendable
from prakai.kernel.pictures import clean_picture


def keep_pictures(
    opened: Opened, rows: Iterable[tuple[Row, str | None]], kept: list[tuple[Any, str]]
) -> None:
    """Put the pictures of new rows into the store, one at a time, and tell ``kept`` where they are."""
    pictured = []
    for row, name in rows:
        content = opened.picture(name) if name else None
        if content is None:
            continue
        try:
            clean = clean_picture(io.BytesIO(content))
        except ValidationError:
            raise Refusal("bad-rows", f"The picture {sendable(str(name))} is no picture.") from None
        row.picture.save(f"{row.public_id}{clean.ending}", ContentFile(clean.bytes), save=False)
        kept.append((row.picture.storage, row.picture.name))
        pictured.append(row)
    update(pictured, ["picture"])
