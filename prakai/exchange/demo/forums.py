"""Forums of the demo network: founded, announced and closed through the same actions that people use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

from django.utils import timezone

from prakai.exchange.demo import reading
from prakai.exchange.demo.forum_days import ForumDay, fill_day
from prakai.forums import actions
from prakai.forums.codes import ALPHABET, LENGTH
from prakai.forums.models import Block, Forum, ForumSeries
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.units.models import Unit

LAST_DAY_TO_BEGIN = 3  # Thursday: the second day is then no Saturday
WORDS = (
    "title",
    "purpose",
    "about",
    "place",
    "seats",
    "team_least",
    "team_most",
    "team_rule",
    "audience",
    "series",
)


class Cast(Protocol):
    """Who and what has been made so far (``loading.Cast``)."""

    now: datetime
    units: dict[str, Unit]
    networks: dict[str, Network]
    people: dict[str, Person]


def add_forums(cast: Cast, fixed_id: Any) -> dict[str, Forum]:
    """Add the forums and return them by their keys. ``fixed_id(kind, key)`` gives ids that are the same each time."""
    return {facts["key"]: _add(cast, facts, fixed_id) for facts in reading.forums()}


def _add(cast: Cast, facts: Mapping[str, Any], fixed_id: Any) -> Forum:
    by, at = cast.people[facts["by"]], cast.now - timedelta(days=int(facts["before"]))
    forum = actions.found_forum(
        cast.units[facts["unit"]] if "unit" in facts else cast.networks[facts["network"]],
        by=by,
        at=at,
        is_demo=True,
        host=cast.units[facts["host"]],
        agenda=facts["agenda"],
        first_on=_first_day(cast, int(facts["days"])),
        **{name: facts[name] for name in WORDS if name in facts},
    )
    Forum.objects.filter(pk=forum.pk).update(
        public_id=fixed_id("forum", facts["key"]), code=fixed_code(facts["key"])
    )
    ForumSeries.objects.filter(forums=forum).update(is_demo=True)
    for role in facts["roles"]:
        actions.give_role(forum, cast.people[role["person"]], role["kind"], by=by, at=at)
    for told in facts["blocks"]:
        block = Block.objects.filter(day__forum=forum, kind=told["kind"]).order_by("day", "position")[0]
        actions.give_block_role(block, told["role"], by=by, person=cast.people[told["person"]], at=at)
        if "room" in told:
            actions.change_block(block, by=by, at=at, room=told["room"])
    if "before_review" in facts:
        actions.write_before_review(forum, by=by, at=at, **facts["before_review"])
    actions.announce_forum(forum, by=by, at=at)
    forum.refresh_from_db()
    fill_day(ForumDay(facts["key"], forum, by, cast.people, cast.now, fixed_id))
    if facts.get("closed"):
        assert forum.ends_at is not None
        actions.close_forum(forum, by=by, at=forum.ends_at)
    return forum


def _first_day(cast: Cast, days: int) -> date:
    """Return the day so many days away, or the nearest one further away from which two working days follow."""
    day = timezone.localdate(cast.now) + timedelta(days=days)
    while days and day.weekday() > LAST_DAY_TO_BEGIN:
        day += timedelta(days=1 if days > 0 else -1)
    return day


def fixed_code(key: str) -> str:
    """Return the join code of a demo forum: the same each time, for those who show how it is done."""
    digest = sha256(f"demo forum code {key}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])
