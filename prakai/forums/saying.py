"""What a forum says of itself, column by column, with its longest form; and a mark of all of it."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from prakai.forums.models import Forum

LINES: Final = {"title": 300, "place": 300, "team_rule": 300}
TEXTS: Final = {"purpose": 1000, "about": 8000}
KEPT: Final = (
    "host", "series", "language", "audience", "mode", "online_url", "seats", "team_least", "team_most", "walk_ins",
    "registration_until",
)  # fmt: skip


def words_mark(forum: Forum) -> str:
    """Return a short mark of what a forum says of itself: another as soon as one word of it is another."""
    told = [str(getattr(forum, f"{name}_id", getattr(forum, name))) for name in (*LINES, *TEXTS, *KEPT)]
    return sha256("\0".join(told).encode()).hexdigest()[:16]
