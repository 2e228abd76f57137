"""The wall of sparks: thrown, echoed, pinned, put together."""

from __future__ import annotations

from collections import defaultdict

from prakai.exchange.demo.forum_days.day import ForumDay
from prakai.forums import actions
from prakai.forums.models import Spark

OPENS, CLOSES = 180, 255


def fill_wall(day: ForumDay) -> None:
    """Open the wall, let everybody throw her spark and say "same here"; close it when that day is over."""
    facts = day.told("wall")
    if not facts:
        return
    actions.open_wall(day.forum, by=day.by, question=facts["question"], at=day.at(OPENS))
    sparks: list[Spark] = []
    known: dict[str, Spark] = {}
    groups: dict[str, list[Spark]] = defaultdict(list)
    for place, told in enumerate(facts["sparks"]):
        by = day.people[told["by"]] if "by" in told else None
        spark = actions.throw_spark(
            day.forum,
            by=by,
            client_id=f"demo-{day.key}-{place:03d}",
            words=told["words"],
            name=by.display_name if by else told.get("name", ""),
            builds_on=known.get(told.get("builds_on", "")),
            at=day.at(OPENS + 2 + place / 2),
        )
        sparks.append(spark)
        if "key" in told:
            known[told["key"]] = spark
        groups[told.get("group", "")].append(spark)
    day.fix_ids(sparks)
    for place, (spark, told) in enumerate(zip(sparks, facts["sparks"], strict=True)):
        for phone in range(told.get("echoes", 0)):
            moment = day.at(OPENS + 3 + place / 2 + phone / 4)
            actions.echo_spark(spark, by=None, token=f"demo phone {phone}", at=moment)
        if told.get("pin"):
            actions.pin_spark(spark, by=day.by, at=day.at(OPENS + 18))
    for title, chosen in groups.items():
        if title:
            actions.group_sparks(day.forum, chosen, by=day.by, title=title, at=day.at(OPENS + 20))
    if day.forum.ends_at is not None and day.forum.ends_at < day.now and day.told("review"):
        actions.close_wall(day.forum, by=day.by, at=day.at(CLOSES))
