"""Sparks for tests, in one line."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from prakai.forums.actions import throw_spark
from prakai.forums.models import Forum, Spark
from prakai.people.models import Person


def make_spark(
    forum: Forum, words: str = "ยิ้มก่อนถาม คนไข้เล่าเอง", by: Person | None = None, **given: Any
) -> Spark:
    """A spark on the wall of ``forum``, which has to be open."""
    return throw_spark(forum, by=by, **{"client_id": str(uuid4()), "words": words, **given})
