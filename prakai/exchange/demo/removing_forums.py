"""Taking forums away with all that hangs on them: rows, pictures on their walls, and what the journal tells of it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from prakai.forums.models import (
    Answer,
    BeforeReview,
    Block,
    BlockRole,
    Circle,
    Core,
    Day,
    Forum,
    ForumSeries,
    Growth,
    Nugget,
    Participant,
    Pattern,
    Phase,
    Promise,
    Question,
    Review,
    Role,
    Round,
    SeatWish,
    Spark,
    Story,
    Wall,
)
from prakai.journal.models import Entry
from prakai.talk.actions.telling import take_notices_away

# What hangs on a forum and is told in the journal, and the ways from it to its forum.
FORUM_THINGS: dict[type[Model], tuple[str, ...]] = {
    Answer: ("voice__review__forum",),
    BeforeReview: ("forum",),
    Block: ("day__forum",),
    BlockRole: ("block__day__forum",),
    Circle: ("round__forum",),
    Core: ("forum",),
    Day: ("forum",),
    Growth: ("story__forum", "spark__forum"),
    Nugget: ("story__forum",),
    Participant: ("forum",),
    Pattern: ("review__forum",),
    Phase: ("review__forum",),
    Promise: ("review__forum",),
    Question: ("review__forum",),
    Review: ("forum",),
    Role: ("forum",),
    Round: ("forum",),
    SeatWish: ("participant__forum",),
    Spark: ("forum",),
    Story: ("forum",),
    Wall: ("forum",),
}


def remove_forums(forums: list[int], units: list[int]) -> None:
    """Remove these forums and the series of these units and of demo networks, and the lines of what was done there."""
    series = ForumSeries.objects.filter(Q(unit__in=units) | Q(network__is_demo=True))
    gone: list[tuple[type[Model], QuerySet[Any]]] = [
        (Forum, Forum.objects.filter(pk__in=forums)),
        (ForumSeries, series),
        *(
            (table, table._default_manager.filter(reduce(or_, (Q(**{f"{way}__in": forums}) for way in ways))))
            for table, ways in FORUM_THINGS.items()
        ),
    ]
    for table, things in gone:
        pks = list(things.values_list("pk", flat=True))
        Entry.objects.filter(thing_kind=table._meta.label_lower, thing_id__in=pks).delete()
    _drop_pictures(forums)
    pages = ("", "/seat", "/briefing")
    take_notices_away(f"/forums/{pk}{page}" for pk in forums for page in pages)
    asked = Growth.objects.filter(Q(story__forum__in=forums) | Q(spark__forum__in=forums))
    take_notices_away([one.get_absolute_url() for one in asked.select_related("story", "spark")])
    Forum.objects.filter(pk__in=forums).delete()
    series.delete()


def _drop_pictures(forums: list[int]) -> None:
    """Let the pictures that were thrown on these walls go with them, when the rows are gone for good."""
    store = Spark._meta.get_field("picture").storage
    names = list(Spark.objects.filter(forum__in=forums).exclude(picture="").values_list("picture", flat=True))
    for name in names:
        transaction.on_commit(lambda name=name: store.delete(name))  # type: ignore[misc]
