"""What is known of those who will sit in circles, and of the circles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

LEAST: Final = 6
MOST: Final = 10
WISHED: Final = 8
LONG: Final = "long"


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who will sit in a circle.

    ``unit`` is what mixes (empty: none known). ``under`` holds the ids of her units and of all above them, ``heads``
    those of the units she heads. ``together`` and ``apart`` are the keys of others; said by one of two is enough.
    """

    key: int
    unit: str = ""
    under: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()
    experience: str = ""
    needs_easy: bool = False
    together: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """The circles, numbered from 1 to ``count``; who has been put where by hand; who sat where in earlier rounds."""

    count: int
    easy: frozenset[int] = frozenset()
    fixed: Mapping[int, int] = field(default_factory=dict)
    past: Sequence[Mapping[int, int]] = ()


def is_under(sitter: Sitter, boss: Sitter) -> bool:
    """Return whether ``boss`` heads a unit that ``sitter`` works in or beneath, and does not head herself."""
    return sitter.key != boss.key and bool(boss.heads & (sitter.under - sitter.heads))


def wanted_pairs(sitters: Sequence[Sitter]) -> set[tuple[int, int]]:
    """Return the keys of all twos of whom one wants to sit with the other."""
    return _pairs(sitters, lambda one: one.together)


def unwanted_pairs(sitters: Sequence[Sitter]) -> set[tuple[int, int]]:
    """Return the keys of all twos of whom one wants to sit apart from the other."""
    return _pairs(sitters, lambda one: one.apart)


def _pairs(sitters: Sequence[Sitter], others: Callable[[Sitter], frozenset[int]]) -> set[tuple[int, int]]:
    here = {one.key for one in sitters}
    return {
        (min(one.key, other), max(one.key, other))
        for one in sitters
        for other in others(one)
        if other in here and other != one.key
    }


def circles_for(people: int, wished: int = WISHED) -> int:
    """Return how many circles of about ``wished`` people there should be: 6 to 10 in each wherever that is possible.

    >>> circles_for(60), circles_for(13), circles_for(11), circles_for(4)
    (8, 2, 2, 1)
    """
    if people <= 0:
        return 0
    least, most = -(-people // MOST), max(1, people // LEAST)
    return max(least, min(most, (people + wished // 2) // wished), 1)
