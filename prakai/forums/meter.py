"""The two-way meter: how much of a forum belongs to those who came. Pure; it warns and never blocks.

*Two-way* are the kinds of blocks in which those who came speak to one another and are answered: circles, stories told
by them, dialogue, sparks (short words from the floor) and the after-action review. *One-way* are those in which most
people sit and listen to a few: opening, lecture, ceremony. A meal or a break belongs to neither: it counts for the
length of the day and for rest, not for the share. A market of many stands is a dialogue; a film is a lecture.

Blocks beside one another are counted each for the share (half of the people are in each), but once for the clock: the
longest of them tells the minutes of a slot. A slot is one-way as soon as one of its rooms is (somebody sits there),
and a rest only when all of them rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from prakai.forums.clock import Placed, end_of, on_the_clock

TWO_WAY: Final = frozenset({"story", "circle", "dialogue", "sparks", "aar"})
ONE_WAY: Final = frozenset({"opening", "lecture", "ceremony"})
REST: Final = frozenset({"meal"})

LEAST_LENGTH: Final = 6 * 60
LEAST_AAR: Final = 120
MOST_ONE_WAY: Final = 40
LEAST_AFTER_AAR: Final = 10
MOST_WITHOUT_BREAK: Final = 90
MOST_IN_CIRCLE: Final = 10


@dataclass(frozen=True, slots=True)
class PlannedBlock:
    """What the meter reads of a block. ``room`` and ``people`` are names as they are compared: folded, or numbers."""

    kind: str
    minutes: int
    beside: bool = False
    room: str = ""
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day begins at a minute and has blocks."""

    begins: int
    blocks: tuple[PlannedBlock, ...] = ()


class Care(StrEnum):
    """What the meter would look at once more."""

    SHORT = "short"
    LITTLE_AAR = "little-aar"
    ONE_WAY = "one-way"
    AAR_LAST = "aar-last"
    NO_BREAK = "no-break"
    LARGE_CIRCLES = "large-circles"
    ROOM_TWICE = "room-twice"
    PERSON_TWICE = "person-twice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One warning: what, how much, on which day (counted from 0), between which of its blocks, who or where."""

    care: Care
    amount: int = 0
    day: int = 0
    blocks: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """The figures of a plan, in minutes and in hundredths, and what to look at once more."""

    length: int
    two_way: int
    one_way: int
    rest: int
    aar: int
    longest_one_way: int
    findings: tuple[Finding, ...] = ()

    @property
    def share(self) -> int | None:
        """How many hundredths of the talking time are two-way; ``None`` while there is none."""
        talking = self.two_way + self.one_way
        return (100 * self.two_way + talking // 2) // talking if talking else None


@dataclass(frozen=True, slots=True)
class Slot:
    """What happens at one time of a day, in one room or several."""

    begins: int
    ends: int
    first: int
    blocks: tuple[PlannedBlock, ...]

    @property
    def is_rest(self) -> bool:
        """Whether everybody rests."""
        return all(block.kind in REST for block in self.blocks)

    @property
    def way(self) -> str:
        """``"rest"``, ``"one"`` when somebody only listens, else ``"two"``."""
        if self.is_rest:
            return "rest"
        return "one" if any(block.kind in ONE_WAY for block in self.blocks) else "two"

    def longest(self, *kinds: str) -> int:
        """The minutes of the longest block of these kinds."""
        return max((block.minutes for block in self.blocks if block.kind in kinds), default=0)


def way_of(kind: str) -> str:
    """Return how a kind of block is counted: ``"two"``, ``"one"`` or ``"rest"``."""
    return "rest" if kind in REST else "one" if kind in ONE_WAY else "two"


def slots_of(day: PlannedDay) -> list[Slot]:
    """Return what happens when."""
    placed = on_the_clock(day.begins, day.blocks)
    found = []
    for _, group in groupby(enumerate(placed), key=lambda one: one[1].slot):
        inside = list(group)
        blocks = tuple(one.block for _, one in inside)
        found.append(Slot(inside[0][1].begins, max(one.ends for _, one in inside), inside[0][0], blocks))
    return found


def read_meter(days: Sequence[PlannedDay], *, largest_circle: int = 0) -> Meter:
    """Return the figures and warnings of a plan; ``largest_circle`` is how many sit in the fullest circle laid yet."""
    slots = [slots_of(day) for day in days]
    blocks = [block for day in days for block in day.blocks]
    meter = Meter(
        length=sum(day[-1].ends - day[0].begins for day in slots if day),
        two_way=sum(block.minutes for block in blocks if block.kind in TWO_WAY),
        one_way=sum(block.minutes for block in blocks if block.kind in ONE_WAY),
        rest=sum(slot.ends - slot.begins for day in slots for slot in day if slot.is_rest),
        aar=sum(slot.longest("aar") for day in slots for slot in day),
        longest_one_way=max((run for day in slots for run in _one_way_runs(day)), default=0),
    )
    if not blocks:
        return meter
    findings = [*_of_the_whole(meter, largest_circle)]
    for number, day in enumerate(days):
        findings += _of_a_day(number, slots[number])
        findings += _twice(number, on_the_clock(day.begins, day.blocks))
    return Meter(
        meter.length,
        meter.two_way,
        meter.one_way,
        meter.rest,
        meter.aar,
        meter.longest_one_way,
        tuple(findings),
    )


def _of_the_whole(meter: Meter, largest_circle: int) -> Iterator[Finding]:
    if meter.length < LEAST_LENGTH:
        yield Finding(Care.SHORT, meter.length)
    if meter.aar < LEAST_AAR:
        yield Finding(Care.LITTLE_AAR, meter.aar)
    talking = meter.two_way + meter.one_way
    if talking and 100 * meter.one_way > MOST_ONE_WAY * talking:
        yield Finding(Care.ONE_WAY, 100 - (meter.share or 0))
    if largest_circle > MOST_IN_CIRCLE:
        yield Finding(Care.LARGE_CIRCLES, largest_circle)


def _of_a_day(number: int, slots: Sequence[Slot]) -> Iterator[Finding]:
    reviews = [place for place, slot in enumerate(slots) if slot.longest("aar")]
    if reviews:
        after = sum(slot.ends - slot.begins for slot in slots[reviews[-1] + 1 :] if not slot.is_rest)
        if after < LEAST_AFTER_AAR:
            yield Finding(Care.AAR_LAST, after, number, (slots[reviews[-1]].first,))
    for rests, group in groupby(slots, key=lambda slot: slot.is_rest):
        run = list(group)
        minutes = run[-1].ends - run[0].begins
        if not rests and minutes > MOST_WITHOUT_BREAK:
            last = run[-1].first + len(run[-1].blocks) - 1
            yield Finding(Care.NO_BREAK, minutes, number, (run[0].first, last))


def _one_way_runs(slots: Sequence[Slot]) -> Iterator[int]:
    """The minutes that somebody may sit and listen without a break and without a word."""
    for way, group in groupby(slots, key=lambda slot: slot.way):
        if way == "one":
            yield sum(slot.longest(*ONE_WAY) for slot in group)


def _twice(number: int, placed: Sequence[Placed[PlannedBlock]]) -> Iterator[Finding]:
    """Rooms and people that would be needed in two places at the same time."""
    for later, one in enumerate(placed):
        for earlier in range(later):
            other = placed[earlier]
            if other.slot != one.slot:
                continue
            if one.block.room and one.block.room == other.block.room:
                yield Finding(Care.ROOM_TWICE, 0, number, (earlier, later), one.block.room)
            for name in sorted(one.block.people & other.block.people):
                yield Finding(Care.PERSON_TWICE, 0, number, (earlier, later), name)


def day_ends(day: PlannedDay) -> int:
    """Return the minute at which a day ends."""
    return end_of(day.begins, on_the_clock(day.begins, day.blocks))
