"""From minutes to the clock: a day begins, each block begins where the one before it ends. Pure, knows no tables.

Blocks that stand beside one another begin together; the next begins when the longest of them has ended. Such a group
is a *slot*; a block without another beside it is a slot of its own. Times are minutes since midnight of the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final, Generic, Protocol, TypeVar

MIDNIGHT: Final = 24 * 60


class Timed(Protocol):
    """What takes some minutes, perhaps beside what comes before it."""

    @property
    def minutes(self) -> int: ...

    @property
    def beside(self) -> bool: ...


Block = TypeVar("Block", bound=Timed)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Block]):
    """A block with its beginning and its end on the clock, and the number of its slot in the day."""

    block: Block
    begins: int
    ends: int
    slot: int


def on_the_clock(begins: int, blocks: Iterable[Block]) -> list[Placed[Block]]:
    """Return the blocks with their times, the first beginning at ``begins``."""
    placed: list[Placed[Block]] = []
    start = end = begins
    slot = -1
    for block in blocks:
        if not block.beside or slot < 0:
            start, slot = end, slot + 1
        placed.append(Placed(block, start, start + block.minutes, slot))
        end = max(end, start + block.minutes)
    return placed


def end_of(begins: int, placed: Sequence[Placed[Block]]) -> int:
    """Return when a day ends: with its last block, or where it begins when it has none."""
    return max((one.ends for one in placed), default=begins)


def minute_of(clock: time) -> int:
    """Return the minutes since midnight."""
    return clock.hour * 60 + clock.minute


def clock_at(minute: int) -> time:
    """Return the time of day; midnight at the end of a day is 0:00."""
    return time(minute // 60 % 24, minute % 60)
