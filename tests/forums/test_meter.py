"""The clock and the two-way meter: what they compute for every plan, and when they warn."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakai.forums.clock import clock_at, end_of, minute_of, on_the_clock
from prakai.forums.meter import (
    ONE_WAY,
    TWO_WAY,
    Care,
    PlannedBlock,
    PlannedDay,
    day_ends,
    read_meter,
    slots_of,
)
from prakai.forums.models import BlockKind

MORNING = 510
BLOCKS = st.builds(
    PlannedBlock,
    kind=st.sampled_from(BlockKind.values),
    minutes=st.integers(1, 240),
    beside=st.booleans(),
    room=st.sampled_from(["", "ห้องใหญ่", "ห้องเล็ก"]),
    people=st.frozensets(st.sampled_from(["#1", "#2", "ลุงมี"]), max_size=2),
)
DAYS = st.builds(PlannedDay, begins=st.integers(0, 720), blocks=st.lists(BLOCKS, max_size=9).map(tuple))


def block(kind: str, minutes: int, **more: object) -> PlannedBlock:
    return PlannedBlock(kind, minutes, **more)  # type: ignore[arg-type]


def cares(*blocks: PlannedBlock, largest_circle: int = 0) -> list[str]:
    meter = read_meter([PlannedDay(MORNING, blocks)], largest_circle=largest_circle)
    return [finding.care.value for finding in meter.findings]


def test_every_kind_has_its_way() -> None:
    assert {*TWO_WAY, *ONE_WAY, "meal"} == set(BlockKind.values)
    assert TWO_WAY.isdisjoint(ONE_WAY)


def test_a_block_beside_another_begins_with_it() -> None:
    placed = on_the_clock(
        MORNING,
        [block("opening", 20), block("circle", 60), block("story", 90, beside=True), block("meal", 30)],
    )
    assert [(one.begins, one.ends, one.slot) for one in placed] == [
        (510, 530, 0), (530, 590, 1), (530, 620, 1), (620, 650, 2)
    ]  # fmt: skip
    assert end_of(MORNING, placed) == 650
    assert end_of(MORNING, []) == MORNING
    assert (minute_of(time(8, 30)), clock_at(510), clock_at(24 * 60)) == (510, time(8, 30), time(0))


@given(DAYS)
def test_the_clock_has_no_gaps_and_never_runs_back(day: PlannedDay) -> None:
    slots = slots_of(day)
    assert [slot.begins for slot in slots[1:]] == [slot.ends for slot in slots[:-1]]
    assert sum(slot.ends - slot.begins for slot in slots) == day_ends(day) - day.begins
    assert sum(len(slot.blocks) for slot in slots) == len(day.blocks)


@given(st.lists(DAYS, max_size=3), st.integers(0, 30))
def test_the_figures_agree_with_the_plan(days: list[PlannedDay], largest: int) -> None:
    meter = read_meter(days, largest_circle=largest)
    blocks = [one for day in days for one in day.blocks]
    assert meter.two_way + meter.one_way + sum(b.minutes for b in blocks if b.kind == "meal") == sum(
        b.minutes for b in blocks
    )
    assert meter.aar <= sum(b.minutes for b in blocks if b.kind == "aar")
    assert 0 <= meter.longest_one_way <= meter.one_way
    assert meter.share is None or 0 <= meter.share <= 100
    assert meter.length == sum(day_ends(day) - day.begins for day in days)
    found = {finding.care for finding in meter.findings}
    assert (Care.LITTLE_AAR in found) == (bool(blocks) and meter.aar < 120)
    assert (Care.LARGE_CIRCLES in found) == (bool(blocks) and largest > 10)
    for finding in meter.findings:
        assert all(number < len(days[finding.day].blocks) for number in finding.blocks)


@given(st.lists(BLOCKS.filter(lambda b: not b.beside), min_size=1, max_size=8), st.randoms())
def test_the_order_of_blocks_changes_no_sum(blocks: list[PlannedBlock], random: object) -> None:
    one = read_meter([PlannedDay(MORNING, tuple(blocks))])
    random.shuffle(blocks)  # type: ignore[attr-defined]
    other = read_meter([PlannedDay(MORNING, tuple(blocks))])
    assert (one.length, one.share, one.aar, one.rest) == (other.length, other.share, other.aar, other.rest)


GOOD = [
    block("opening", 20), block("circle", 70), block("meal", 15), block("circle", 90), block("meal", 60),
    block("aar", 75), block("meal", 15), block("aar", 75), block("dialogue", 15),
]  # fmt: skip


TALKS = [block("lecture", 90), block("meal", 15)]


@pytest.mark.parametrize(
    ("blocks", "warned"),
    [
        (GOOD, []),
        ([*GOOD[:5], block("circle", 75), *GOOD[6:]], ["little-aar"]),
        ([*GOOD[:-1]], ["aar-last"]),
        ([*TALKS, *GOOD, block("meal", 5), *TALKS, block("lecture", 90)], ["one-way"]),
        ([block("circle", 91), block("meal", 60), *GOOD], ["no-break"]),
        ([block("aar", 60), block("meal", 10), block("aar", 60), block("meal", 15)], ["short", "aar-last"]),
        ([], []),
    ],
    ids=["good", "little review", "review last", "one-way", "no break", "short", "empty"],
)  # fmt: skip
def test_what_it_warns_of(blocks: list[PlannedBlock], warned: list[str]) -> None:
    assert cares(*blocks) == warned


def test_two_places_at_once_are_found_by_room_and_by_person() -> None:
    told = block("story", 60, room="ห้องใหญ่", people=frozenset({"#1"}))
    beside = block("circle", 60, beside=True, room="ห้องใหญ่", people=frozenset({"#1", "#2"}))
    later = block("circle", 60, room="ห้องใหญ่", people=frozenset({"#1"}))
    meter = read_meter([PlannedDay(MORNING, (told, beside, block("meal", 30), later))])
    twice = [(f.care.value, f.blocks, f.name) for f in meter.findings if f.blocks and "twice" in f.care]
    assert twice == [("room-twice", (0, 1), "ห้องใหญ่"), ("person-twice", (0, 1), "#1")]


def test_one_full_circle_is_told() -> None:
    assert cares(*GOOD, largest_circle=11) == ["large-circles"]
    assert cares(*GOOD, largest_circle=10) == []


def test_who_sits_in_a_lecture_beside_a_circle_only_listens() -> None:
    meter = read_meter([PlannedDay(MORNING, (block("circle", 60), block("lecture", 50, beside=True)))])
    assert (meter.longest_one_way, meter.two_way, meter.one_way) == (50, 60, 50)
