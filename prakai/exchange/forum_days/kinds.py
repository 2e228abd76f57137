"""What belongs to a forum's day: each table, the way from it to its forum, and by what its rows are known elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Field, Model, QuerySet

from prakai.forums import models as tables
from prakai.forums.models import Forum

Row = Any
"""A row of one of the tables below; each has other columns."""

STAYS = frozenset({"is_demo", "slug", "folded", "order_key"})
"""Columns that each place works out for itself."""

QUIET = frozenset({"version", "changed_at"})
"""Columns that only count changes: the later one stands, and nobody is asked."""

MOMENTS = frozenset({
    "at", "by", "announced_at", "arrived_at", "cancelled_at", "closed_at", "hidden_at", "revealed_at", "revealed_by",
    "withdrawn_at",
})  # fmt: skip
"""Columns that say when and by whom: where both sides did the same thing, ours stands, and nobody is asked."""

PHONES = frozenset({"token_hash"})
"""What proves a phone to the place that it knows, and to no other."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One table on its way.

    ``own``: the column that names a row everywhere; without it a row is named by the place where it was made.
    ``same``: columns by which two places may have made the same row; while ``open`` (a moment) is empty, if given.
    ``sure``: without a value in this column no two rows are the same.
    ``once``: columns that are written with a new row, and never compared. ``left``: columns that do not travel.
    ``goes``: its rows may be removed. ``is_private``: what differs is told without its words.
    """

    key: str
    model: type[Model]
    way: str
    own: str = ""
    same: tuple[str, ...] = ()
    open: str = ""
    sure: str = ""
    once: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    goes: bool = False
    is_private: bool = False

    def rows(self, forum: Forum) -> QuerySet[Row]:
        """The rows of this kind that belong to ``forum``, the oldest first."""
        rows: QuerySet[Row] = self.model._default_manager.filter(**{self.way: forum.pk})
        return rows.order_by("pk").distinct()


KINDS: tuple[Kind, ...] = (
    # A series belongs to other forums, too: a file can name one, and never change it.
    Kind(
        "series", tables.ForumSeries, "forums", same=("unit", "network", "name"),
        once=frozenset({"unit", "network", "name", "by", "at"}),
    ),
    Kind(
        "forum", tables.Forum, "pk", own="public_id",
        # When it begins and ends is worked out of its blocks, when these have been merged.
        once=frozenset({"code", "starts_at", "ends_at"}), left=frozenset({"cloned_from"}),
    ),
    Kind("announcements", tables.Announcement, "forum", same=("forum",)),
    Kind("cancellations", tables.Cancellation, "forum", same=("forum",), open="undone_at"),
    Kind("closings", tables.Closing, "forum", same=("forum",), open="reopened_at"),
    Kind("days", tables.Day, "forum", same=("forum", "on"), goes=True),
    Kind("blocks", tables.Block, "day__forum", goes=True),
    Kind("block_roles", tables.BlockRole, "block__day__forum", goes=True),
    Kind("before", tables.BeforeReview, "forum", same=("forum",)),
    Kind("roles", tables.Role, "forum", same=("forum", "person", "kind"), open="ended_at"),
    # One account has one seat: she may have registered at home while she came in at the door of the hall.
    Kind(
        "participants", tables.Participant, "forum", own="public_id", same=("forum", "person"),
        open="left_at", sure="person",
    ),
    Kind("leavings", tables.Leaving, "participant__forum"),
    Kind("arrivals", tables.Arrival, "participant__forum", same=("participant",), open="undone_at"),
    Kind("rounds", tables.Round, "forum", same=("forum", "number"), goes=True),
    Kind("circles", tables.Circle, "round__forum", same=("round", "number"), goes=True),
    Kind("placements", tables.Placement, "round__forum", same=("round", "participant"), goes=True),
    Kind(
        "wishes", tables.SeatWish, "participant__forum", same=("participant", "kind", "other"),
        open="ended_at", is_private=True,
    ),
    Kind("walls", tables.Wall, "forum", same=("forum",)),
    Kind("spark_groups", tables.SparkGroup, "forum", goes=True),
    Kind(
        "sparks", tables.Spark, "forum", own="public_id", same=("forum", "client_id"),
        once=frozenset({"picture"}), left=PHONES,
    ),
    Kind("hidings", tables.SparkHiding, "spark__forum", same=("spark",), open="undone_at"),
    Kind("echoes", tables.Echo, "spark__forum", same=("spark", "phone"), once=frozenset({"phone"})),
    Kind("stories", tables.Story, "forum", own="public_id", same=("forum", "client_id")),
    Kind("withdrawals", tables.StoryWithdrawal, "story__forum", same=("story",), open="undone_at"),
    Kind("cores", tables.Core, "forum", goes=True),
    Kind("nuggets", tables.Nugget, "story__forum", same=("story", "part", "start"), open="gone_at", goes=True),
    Kind("reviews", tables.Review, "forum", same=("forum",), once=frozenset({"promises_told"})),
    Kind("phases", tables.Phase, "review__forum"),
    Kind("questions", tables.Question, "review__forum", goes=True),
    # Two places may count different people with one number: a number that is taken here becomes the next free one.
    Kind(
        "voices", tables.Voice, "review__forum", same=("review", "person"), sure="person",
        once=frozenset({"number", "counted_at"}), left=PHONES, goes=True, is_private=True,
    ),
    Kind("ready", tables.Ready, "phase__review__forum", same=("phase", "voice"), goes=True),
    Kind("slips", tables.Slip, "review__forum", same=("review", "code")),
    Kind("patterns", tables.Pattern, "review__forum", goes=True),
    Kind(
        "answers", tables.Answer, "voice__review__forum", same=("voice", "client_id"),
        goes=True, is_private=True,
    ),
    Kind(
        "promises", tables.Promise, "review__forum", own="public_id", same=("voice", "client_id"),
        goes=True, is_private=True,
    ),
    Kind(
        "news", tables.PromiseNews, "promise__review__forum", same=("promise", "after"),
        goes=True, is_private=True,
    ),
    Kind("settlings", tables.Settling, "review__forum", same=("review", "kind", "theme"), open="undone_at"),
    Kind("promise_sums", tables.PromiseSum, "review__forum"),
    Kind("askings", tables.PromiseAsking, "promise__review__forum", same=("promise", "after"), goes=True),
)  # fmt: skip
"""What is named by another row stands behind it."""

STAYS_HOME = (tables.Growth, tables.Passage, tables.Parcel, tables.Difference, tables.Turn)
"""Tables of forums that do not travel: a growth needs a note, and notes are written where their people are; a turn is
the clock of a moment."""

BY_KEY = {kind.key: kind for kind in KINDS}
BY_MODEL = {kind.model: kind for kind in KINDS}


@cache
def columns_of(kind: Kind) -> tuple[Field[Any, Any], ...]:
    """Return the columns of ``kind`` that travel."""
    return tuple(
        column
        for column in kind.model._meta.concrete_fields
        if not column.primary_key and column.name not in STAYS | kind.left
    )
