"""The plan of a forum as its pages show it: days, blocks on the clock, who does what, and the meter beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.models import Count

from prakai.forums.clock import clock_at, end_of, minute_of, on_the_clock
from prakai.forums.meter import Care, Finding, Meter, PlannedBlock, PlannedDay, read_meter, way_of
from prakai.forums.models import Block, BlockRole, Day, Forum, Placement
from prakai.forums.wording import care_in_words
from prakai.thai.dates import BANGKOK
from prakai.thai.folding import fold


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block with its times; ``number`` counts the blocks of the day from 0."""

    block: Block
    begins: time
    ends: time
    starts_at: datetime
    ends_at: datetime
    number: int
    roles: list[BlockRole] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its title, or what kind of block it is."""
        return str(self.block)

    @property
    def way(self) -> str:
        """``"two"``, ``"one"`` or ``"rest"``, as the meter counts it."""
        return way_of(self.block.kind)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day with its blocks in order; ``minutes`` from the beginning of the first to the end of the last."""

    day: Day
    rows: list[BlockRow]
    ends: time
    minutes: int


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning of the meter in words."""

    care: Care
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it: the days, the figures, the warnings."""

    days: list[DayPlan]
    meter: Meter
    warnings: list[Warned]

    @property
    def has_blocks(self) -> bool:
        """Whether anything is planned yet."""
        return any(day.rows for day in self.days)


def plan_of(forum: Forum) -> Plan:
    """Return the plan of ``forum`` in four queries."""
    days = list(Day.objects.filter(forum=forum).order_by("on"))
    blocks = list(Block.objects.filter(day__forum=forum).order_by("day", "position", "pk"))
    roles = list(BlockRole.objects.filter(block__day__forum=forum).select_related("person").order_by("pk"))
    planned = [_day_plan(day, blocks, roles) for day in days]
    meter = read_meter(
        [for_meter(day) for day in planned],
        largest_circle=_largest_circle(forum),
    )
    return Plan(planned, meter, [_warned(finding, planned) for finding in meter.findings])


def meters_of(forums: Iterable[int]) -> dict[int, Meter]:
    """Return the figures of each of ``forums`` (their ids) as it was planned, where anything was; two queries."""
    days = list(Day.objects.filter(forum__in=forums).order_by("on"))
    blocks: dict[int, list[Block]] = defaultdict(list)
    for block in Block.objects.filter(day__in=[day.pk for day in days]).order_by("position", "pk"):
        blocks[block.day_id].append(block)
    planned: dict[int, list[PlannedDay]] = defaultdict(list)
    for day in days:
        if blocks[day.pk]:
            planned[day.forum_id].append(for_meter(_day_plan(day, blocks[day.pk], ())))
    return {forum: read_meter(found) for forum, found in planned.items()}


def _day_plan(day: Day, blocks: Iterable[Block], roles: Iterable[BlockRole]) -> DayPlan:
    begins = minute_of(day.begins_at)
    own = [block for block in blocks if block.day_id == day.pk]
    by_block: dict[int, list[BlockRole]] = {block.pk: [] for block in own}
    for role in roles:
        if role.block_id in by_block:
            by_block[role.block_id].append(role)
    placed = on_the_clock(begins, own)
    midnight = datetime.combine(day.on, time(0), tzinfo=BANGKOK)
    rows = [
        BlockRow(
            one.block,
            clock_at(one.begins),
            clock_at(one.ends),
            midnight + timedelta(minutes=one.begins),
            midnight + timedelta(minutes=one.ends),
            number,
            by_block[one.block.pk],
        )
        for number, one in enumerate(placed)
    ]
    end = end_of(begins, placed)
    return DayPlan(day, rows, clock_at(end), end - begins)


def for_meter(plan: DayPlan) -> PlannedDay:
    """Return what the meter reads of a day."""
    blocks = tuple(
        PlannedBlock(
            row.block.kind,
            row.block.minutes,
            row.block.beside,
            fold(row.block.room).strip(),
            frozenset(key for role in row.roles if (key := person_key(role))),
        )
        for row in plan.rows
    )
    return PlannedDay(minute_of(plan.day.begins_at), blocks)


def person_key(role: BlockRole) -> str:
    """Return who somebody is for comparing: a member by number, a guest by name."""
    return f"#{role.person_id}" if role.person_id else fold(role.name).strip()


def _largest_circle(forum: Forum) -> int:
    sizes = Placement.objects.filter(circle__round__forum=forum).order_by().values("circle")
    largest = sizes.annotate(n=Count("pk")).order_by("-n").values_list("n", flat=True).first()
    return largest or 0


def _warned(finding: Finding, days: Sequence[DayPlan]) -> Warned:
    plan = days[finding.day]
    blocks = [str(plan.rows[number].block) for number in finding.blocks]
    name = finding.name
    if finding.care is Care.ROOM_TWICE:
        name = plan.rows[finding.blocks[0]].block.room
    if finding.care is Care.PERSON_TWICE:
        roles = plan.rows[finding.blocks[0]].roles
        name = next((str(r.name or r.person) for r in roles if person_key(r) == finding.name), name)
    which = finding.day + 1 if len(days) > 1 else 0
    return Warned(
        finding.care, care_in_words(finding.care, finding.amount, day=which, blocks=blocks, name=name)
    )
