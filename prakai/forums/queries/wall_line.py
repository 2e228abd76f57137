"""What an open wall hears: what turned on walls between two journal entries, with sparks as they stand now.

Of a spark that waits to be let in not even its number leaves; of one that was on the wall and was taken off, only that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from prakai.forums import spark_rules
from prakai.forums.models import Forum, Spark
from prakai.forums.queries.walls import WallSpark, sparks_of
from prakai.journal.models import Entry
from prakai.journal.newest import newest_id

SPARKS: Final = frozenset(
    f"spark.{past}"
    for past in (
        "thrown", "released", "hidden", "shown", "pinned", "unpinned", "grouped", "echoed", "withdrawn", "claimed",
    )
)  # fmt: skip
WALLS: Final = frozenset({"wall.opened", "wall.closed", "wall.frozen", "wall.thawed"})
CANCELLED: Final = "forum.cancelled"


@dataclass(frozen=True, slots=True)
class Turn:
    """That the wall of a forum changed by a journal entry: one of its sparks, or (``None``) the wall itself."""

    entry_id: int
    forum_id: int
    spark_id: int | None


def line_begins() -> int:
    """Return the entry after which a page has to hear what is new; ask it before reading the sparks of the page."""
    return newest_id()


def turns_between(after: int, upto: int) -> list[Turn]:
    """Return what turned on any wall after the entry ``after``, up to ``upto``, in order."""
    rows = Entry.objects.filter(pk__gt=after, pk__lte=upto, verb__in=[*SPARKS, *WALLS, CANCELLED])
    found = []
    for pk, verb, thing_id, facts in rows.order_by("pk").values_list("pk", "verb", "thing_id", "facts"):
        forum_id = thing_id if verb == CANCELLED else facts.get("forum")
        if isinstance(forum_id, int):
            found.append(Turn(pk, forum_id, thing_id if verb in SPARKS else None))
    return found


def heard_of(turns: Iterable[Turn]) -> dict[int, WallSpark | str]:
    """Return, for each spark among ``turns``, how it stands on the wall, or its public id when it was taken off.

    One that was never on the wall is left out.
    """
    wanted = {turn.spark_id for turn in turns if turn.spark_id is not None}
    if not wanted:
        return {}
    gone = Spark.objects.filter(pk__in=wanted, held_at__isnull=True).exclude(
        hidden_at__isnull=True, withdrawn_at__isnull=True
    )
    shown = sparks_of(Spark.objects.shown().filter(pk__in=wanted))
    return {**dict(gone.values_list("pk", "public_id")), **{spark.pk: spark for spark in shown}}


def walls_heard(codes: Collection[str], forums: Collection[int]) -> list[Forum]:
    """Return the forums with these codes or numbers whose walls everybody with the code may see now."""
    rows = Forum.objects.select_related("wall").filter(
        Q(code__in=codes) | Q(pk__in=forums), wall__isnull=False
    )
    return [forum for forum in rows if spark_rules.may_see_wall(None, forum)]


def state_of(forum: Forum) -> str:
    """Return whether the wall is ``open``, ``frozen`` or ``closed``."""
    wall = spark_rules.wall_of(forum)
    if wall is None or not wall.is_open or forum.cancelled_at is not None:
        return "closed"
    return "frozen" if wall.frozen_at is not None else "open"
