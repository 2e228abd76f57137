"""Who comes, as lists: for those who prepare the day, for readers, for the door and for paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import npgettext

from prakai.forums.models import Forum, Participant
from prakai.people.models import Person
from prakai.thai.folding import fold
from prakai.thai.names import bare_name
from prakai.thai.order import order_key

MOST_AT_DOOR = 40
LATEST = 8


@dataclass(frozen=True, slots=True)
class Team:
    """Those who come from one unit, and what there is to say of their number; never a reason to refuse anybody."""

    name: str
    people: list[Participant]
    remark: str = ""


@dataclass(slots=True)
class PeoplePage:
    """The whole list of a forum, by unit in Thai order, with its sums."""

    teams: list[Team] = field(default_factory=list)
    left: list[Participant] = field(default_factory=list)
    seated: int = 0
    waiting: int = 0
    arrived: int = 0
    units: int = 0
    found: int = 0


@dataclass(slots=True)
class DoorPage:
    """What the door shows: who was looked for or is still expected, who came last, and the sums."""

    rows: list[Participant] = field(default_factory=list)
    more: int = 0
    latest: list[Participant] = field(default_factory=list)
    seated: int = 0
    waiting: int = 0
    arrived: int = 0


@dataclass(frozen=True, slots=True)
class SeatPage:
    """A participant's own view: her place in the queue (0 with a seat), and how many come from her unit."""

    place: int
    team: int
    remark: str


def people_page(forum: Forum, words: str = "") -> PeoplePage:
    """Return all who registered, for those who prepare the day; only those called ``words`` when given. One query."""
    rows = list(Participant.objects.filter(forum=forum).select_related("unit").in_order())
    coming = [row for row in rows if row.left_at is None]
    page = PeoplePage(
        seated=sum(row.seated_at is not None for row in coming),
        waiting=sum(row.waits for row in coming),
        arrived=sum(row.arrived_at is not None for row in coming),
        units=len({team_name(row) for row in coming} - {""}),
    )
    _number(coming)
    page.teams = teams_of(coming, forum)
    if words.strip():
        kept = [Team(t.name, [p for p in t.people if is_called(p, words)], t.remark) for t in page.teams]
        page.teams = [team for team in kept if team.people]
    page.left = [row for row in rows if row.left_at is not None and is_called(row, words)]
    page.found = sum(len(team.people) for team in page.teams)
    return page


def listed_people(forum: Forum, reader: Person | None) -> list[Team]:
    """Return those who have a seat and agreed that readers of the forum see it, by unit. One query."""
    rows = Participant.objects.visible_to(reader).seated().filter(forum=forum, is_listed=True)
    return teams_of(rows.select_related("unit").in_order())


def seated_people(forum: Forum) -> list[Participant]:
    """Return all who have a seat, in Thai order of their names, for cards and signatures. One query."""
    return list(Participant.objects.seated().filter(forum=forum).select_related("unit").in_order())


def door_page(forum: Forum, words: str = "") -> DoorPage:
    """Return who is called ``words``, with those who left and wait, too; without words who is expected. One query."""
    rows = list(Participant.objects.filter(forum=forum).select_related("unit").in_order())
    coming = [row for row in rows if row.left_at is None]
    here = [row for row in coming if row.arrived_at is not None]
    if words.strip():
        found = [row for row in rows if is_called(row, words)]
    else:
        found = [row for row in coming if row.arrived_at is None]
    return DoorPage(
        rows=found[:MOST_AT_DOOR],
        more=max(0, len(found) - MOST_AT_DOOR),
        latest=sorted(here, key=lambda row: (row.arrived_at, row.pk), reverse=True)[:LATEST],
        seated=sum(row.seated_at is not None for row in coming),
        waiting=sum(row.waits for row in coming),
        arrived=len(here),
    )


def seat_page(participant: Participant) -> SeatPage:
    """Return what a participant is told of her own seat. At most two queries."""
    forum = participant.forum
    place = 0
    if participant.waits:
        ahead = Participant.objects.waiting().filter(forum=forum).values_list("pk", flat=True)
        place = list(ahead).index(participant.pk) + 1
    coming = Participant.objects.coming().filter(forum=forum).select_related("unit")
    wanted = team_name(participant)
    count = sum(team_name(row) == wanted for row in coming) if wanted else 0
    return SeatPage(place, count, team_remark(forum, count) if wanted else "")


def free_seats(forum: Forum) -> int | None:
    """Return how many seats are free, ``None`` when there is no limit. One query."""
    if forum.seats is None:
        return None
    return max(0, forum.seats - Participant.objects.seated().filter(forum=forum).count())


def is_called(participant: Participant, words: str) -> bool:
    """Return whether each of ``words`` stands in her name, nickname or unit; titles do not count. No words: all."""
    told = participant.folded + "\n" + fold(participant.unit_name)
    return all(part in told for part in fold(bare_name(words[:200])).split())


def team_name(participant: Participant) -> str:
    """Return the team she comes with: as written, else her unit."""
    return participant.team or participant.unit_name


def teams_of(rows: Iterable[Participant], forum: Forum | None = None) -> list[Team]:
    """Return ``rows`` by unit in Thai order, who belongs to none last; with what ``forum`` wishes of teams."""
    named = sorted(
        rows, key=lambda row: (not team_name(row), order_key(team_name(row)), row.order_key, row.pk)
    )
    teams = []
    for name, people in groupby(named, key=team_name):
        members = list(people)
        remark = team_remark(forum, len(members)) if forum is not None and name else ""
        teams.append(Team(name, members, remark))
    return teams


def team_remark(forum: Forum, count: int) -> str:
    """Return what to say of a team of ``count``; empty when it is as the forum wishes."""
    if forum.team_least and count < forum.team_least:
        words = npgettext(
            "forum team", "%(n)d more would make a whole team", "%(n)d more would make a whole team",
            forum.team_least - count,
        )  # fmt: skip
        return words % {"n": forum.team_least - count}
    if forum.team_most and count > forum.team_most:
        words = npgettext(
            "forum team", "%(n)d more than a team was meant to be", "%(n)d more than a team was meant to be",
            count - forum.team_most,
        )  # fmt: skip
        return words % {"n": count - forum.team_most}
    return ""


def _number(coming: list[Participant]) -> None:
    """Give those who wait their place in the queue (``.place``)."""
    waiting = sorted((row for row in coming if row.waits), key=lambda row: (row.registered_at, row.pk))
    for place, row in enumerate(waiting, 1):
        row.place = place  # type: ignore[attr-defined]
