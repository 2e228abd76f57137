"""Laying circles: processor time and open wishes for halls of made-up people, three rounds each.

``bench/circles [SEEDS]`` prints a table and writes ``bench/out/circles.json``. Time is that of this process (all of its
threads), so that other programs on the machine do not count. The first line pays for loading the solver, too.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from prakai.forums.allocation import Lack, Plan, Sitter, circles_for, seat, unmet_wishes

HALLS = ((60, 20), (60, 6), (200, 40), (1000, 120), (1000, 25))
ROUNDS = 3
OUT = Path(__file__).parent / "out" / "circles.json"


def crowd(people: int, units: int, seed: int) -> list[Sitter]:
    """People as they come: units of unequal teams under departments, heads among them, experience and needs."""
    chance = random.Random(seed)
    keys: list[Sitter] = []
    headed: set[int] = set()
    for key in range(people):
        unit = key % units if chance.random() < 0.7 else chance.randrange(units)
        above = {unit, unit - unit % 5}
        is_head = unit not in headed and chance.random() < 0.4
        headed |= {unit} if is_head else set()
        others = frozenset({chance.randrange(people)} - {key})
        keys.append(
            Sitter(
                key,
                unit=str(unit),
                under=frozenset(above),
                heads=frozenset({unit} if is_head else ()),
                experience=chance.choice(("new", "some", "long")),
                needs_easy=chance.random() < 0.03,
                together=others if chance.random() < 0.02 else frozenset(),
                apart=others if chance.random() < 0.02 else frozenset(),
            )
        )
    return keys


def measure(people: int, units: int, seed: int) -> list[dict[str, object]]:
    """Return one line for each round of one hall."""
    sitters, count = crowd(people, units, seed), circles_for(people)
    past: list[Mapping[int, int]] = []
    lines: list[dict[str, object]] = []
    for number in range(1, ROUNDS + 1):
        plan = Plan(count, easy=frozenset(range(1, 1 + max(1, count // 8))), past=tuple(past))
        began = time.process_time()
        seating = seat(sitters, plan, seed=seed)
        took = time.process_time() - began
        open_wishes = Counter(str(one.lack) for one in unmet_wishes(sitters, plan, seating.places))
        told = {str(lack): open_wishes[str(lack)] for lack in Lack if open_wishes[str(lack)]}
        lines.append(
            {
                "people": people, "units": units, "circles": count, "seed": seed, "round": number,
                "seconds": round(took, 3), "cost": seating.cost, "bound": seating.bound,
                "best": seating.is_best, "open": told,
            }
        )  # fmt: skip
        past.append(seating.places)
    return lines


def main(seeds: int) -> None:
    """Measure all halls, print them, keep them."""
    lines = [
        line
        for people, units in HALLS
        for seed in range(1, seeds + 1)
        for line in measure(people, units, seed)
    ]
    print(
        f"{'people':>6} {'units':>5} {'circles':>7} {'round':>5} {'slowest':>9}  best"
        f"  open wishes (sum of {seeds} halls; best: proved that no seating keeps more)"
    )
    for people, units in HALLS:
        for number in range(1, ROUNDS + 1):
            these = [
                one for one in lines if (one["people"], one["units"], one["round"]) == (people, units, number)
            ]
            slowest = max(float(str(one["seconds"])) for one in these)
            wishes: Counter[str] = Counter()
            for one in these:
                wishes.update(one["open"])  # type: ignore[call-overload]
            told = ", ".join(f"{name} {many}" for name, many in wishes.items()) or "none"
            best = sum(bool(one["best"]) for one in these)
            print(
                f"{people:>6} {units:>5} {these[0]['circles']!s:>7} {number:>5} {slowest:>7.2f} s"
                f"  {best}/{len(these):<3} {told}"
            )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(lines, indent=1) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
