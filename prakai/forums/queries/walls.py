"""What the pages of the wall read: a constant number of queries, however many sparks there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from prakai.forums import spark_rules
from prakai.forums.codes import code_in
from prakai.forums.models import Echo, Forum, Spark, SparkGroup, SparkHiding
from prakai.notes.models import Note
from prakai.people.models import Person

QUOTED = 90
MOST_WAITING = 500


@dataclass(frozen=True, slots=True)
class WallSpark:
    """A spark as it is shown: ``signed`` is empty when nobody signed it; nothing here tells who else it could be.

    ``note`` is what it grew into, where a page asks for that.
    """

    pk: int
    public_id: str
    text: str
    signed: str
    moment: datetime
    echoes: int
    has_picture: bool
    is_mine: bool
    is_pinned: bool
    is_waiting: bool
    is_hidden: bool
    because: str
    group: str
    builds_on: str
    builds_on_id: str
    note: Note | None = None


def forum_behind(typed: str, reader: Person | None) -> Forum | None:
    """Return the forum whose code was typed, if ``reader`` may see its wall now; with its wall and unit."""
    code = code_in(typed)
    if not code:
        return None
    forum = Forum.objects.select_related("wall", "unit").filter(code=code).first()
    return forum if forum is not None and spark_rules.may_see_wall(reader, forum) else None


def sparks_on_wall(
    forum: Forum, *, most: int, before: int | None = None, token: str = "", reader: Person | None = None
) -> list[WallSpark]:
    """Return the newest ``most`` sparks on the wall, newest first; with ``before``, those thrown before that one.

    Those of the phone that keeps ``token``, and those of ``reader``, are marked as theirs.
    """
    rows = _told(Spark.objects.shown().filter(forum=forum)).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_as_shown(row, token, reader) for row in rows[:most]]


def pinned_sparks(forum: Forum) -> list[WallSpark]:
    """Return what is pinned at the head of the wall, pinned first first."""
    rows = _told(Spark.objects.shown().filter(forum=forum, pinned_at__isnull=False))
    return [_as_shown(row) for row in rows.order_by("pinned_at", "pk")]


def sparks_one_by_one(forum: Forum) -> list[WallSpark]:
    """Return everything that is on the wall in the order in which it came; for what is taken along."""
    return [_as_shown(row) for row in _told(Spark.objects.shown().filter(forum=forum)).order_by("pk")]


def sparks_of(rows: QuerySet[Spark]) -> list[WallSpark]:
    """Return ``rows`` as they are shown; for who chose them already."""
    return [_as_shown(row) for row in _told(rows)]


def own_sparks_off_wall(forum: Forum, *, token: str, reader: Person | None = None) -> list[WallSpark]:
    """Return what this phone, or ``reader``, threw and is not on the wall: it waits, or was hidden."""
    if not token and reader is None:
        return []
    rows = _told(_off_wall(forum)).order_by("-pk")[:MOST_WAITING]
    found = [_as_shown(row, token, reader) for row in rows]
    return [one for one in found if one.is_mine]


def waiting_sparks(forum: Forum) -> list[WallSpark]:
    """Return what waits to be let in, oldest first."""
    rows = _told(_off_wall(forum).filter(hidden_at__isnull=True)).order_by("pk")
    return [_as_shown(row) for row in rows[:MOST_WAITING]]


def hidden_sparks(forum: Forum) -> list[WallSpark]:
    """Return what was taken off the wall, with the reasons, newest first."""
    rows = _told(_off_wall(forum).filter(hidden_at__isnull=False)).order_by("-hidden_at", "-pk")
    return [_as_shown(row) for row in rows[:MOST_WAITING]]


def group_titles(forum: Forum) -> list[str]:
    """Return under which words sparks were put together, in the order in which that was done."""
    return list(SparkGroup.objects.filter(forum=forum).values_list("title", flat=True))


def _off_wall(forum: Forum) -> QuerySet[Spark]:
    rows = Spark.objects.filter(forum=forum, withdrawn_at__isnull=True)
    return rows.exclude(held_at__isnull=True, hidden_at__isnull=True)


def _told(rows: QuerySet[Spark]) -> QuerySet[Spark]:
    echoes = Echo.objects.filter(spark=OuterRef("pk")).order_by().values("spark")
    reason = SparkHiding.objects.filter(spark=OuterRef("pk"), undone_at__isnull=True).values("because")
    return rows.select_related("builds_on", "group").annotate(
        echo_count=Coalesce(
            Subquery(echoes.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0
        ),
        reason=Subquery(reason[:1]),
    )


def _as_shown(spark: Spark, token: str = "", reader: Person | None = None) -> WallSpark:
    first = spark.builds_on
    if first is not None and not spark_rules.is_shown(first):
        first = None
    return WallSpark(
        pk=spark.pk,
        public_id=spark.public_id,
        text=spark.words,
        signed=spark.name,
        moment=spark.at,
        echoes=spark.echo_count,  # type: ignore[attr-defined]
        has_picture=bool(spark.picture),
        is_mine=spark_rules.is_from_phone(spark, token) or spark_rules.is_by(reader, spark),
        is_pinned=spark.pinned_at is not None,
        is_waiting=spark.held_at is not None,
        is_hidden=spark.hidden_at is not None,
        because=spark.reason or "",  # type: ignore[attr-defined]
        group=spark.group.title if spark.group is not None else "",
        builds_on=first.words if first is not None else "",
        builds_on_id=first.public_id if first is not None else "",
    )
