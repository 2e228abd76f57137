"""What a run says: tables to read, which docs/performance.md keeps, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.searching.collection import Query, sample
from bench.searching.engine import Answers
from bench.searching.measures import Quality, macro, percentile, quality

ALL = "all"
GOALS = {
    "tw": 0.98, "tp": 0.95, "ts": 0.82, "tn": 0.95, "tv": 0.89, "tk": 0.94, "bq": 0.83, "ls": 0.92,
    "xquad": 0.93, "iapp": 0.95, "nat": 0.72, ALL: 0.93,
}  # fmt: skip
"""The best MRR@10 that was measured elsewhere on tasks of these names."""
LEAST_RATE = 2000
TYPING, PUBLISHING = "suggestions while typing, ms", "from publishing to being found, s"
MOST_TAKEN = {TYPING: 50.0, PUBLISHING: 2.0}
"""What these may take at the 99th percentile."""
MOST_SHARE = 1.5


@dataclass(frozen=True, slots=True)
class Line:
    """One task: its queries, how good the answers are, and how long they took in milliseconds."""

    task: str
    count: int
    quality: Quality
    p50: float
    p99: float
    page_p50: float = 0.0
    page_p99: float = 0.0


@dataclass(frozen=True, slots=True)
class Taken:
    """How long something took beside the queries of the tasks, in the unit that its name tells."""

    what: str
    count: int
    p50: float
    p99: float

    @classmethod
    def of(cls, what: str, took: Sequence[float]) -> Taken:
        """Return the percentiles of ``took``."""
        return cls(what, len(took), percentile(took, 0.5), percentile(took, 0.99))


@dataclass(slots=True)
class Standing:
    """How one way of searching did: its lines by task, and what its index costs."""

    name: str
    lines: list[Line] = field(default_factory=list)
    documents_per_second: float = 0.0
    index_per_text: float = 0.0


@dataclass(slots=True)
class Report:
    """A whole run. ``sampled`` is our own standing on those queries that the peers were asked."""

    facts: dict[str, Any]
    ours: Standing
    queries: list[Query] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)
    sampled: Standing | None = None
    peers: list[Standing] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)

    def sampled_places(self, most: int) -> list[int]:
        """Return the places of at most ``most`` queries of each task, evenly spaced."""
        return [at for places in by_task(self.queries).values() for at in sample(places, most)]

    def as_json(self) -> dict[str, Any]:
        """Return all but the single answers in plain types."""
        return {
            "facts": self.facts,
            "goals": {"mrr": GOALS, "documents_per_second": LEAST_RATE, "index_per_text": MOST_SHARE},
            "ours": asdict(self.ours),
            "sampled": asdict(self.sampled) if self.sampled else None,
            "peers": [asdict(peer) for peer in self.peers],
            "left_out": self.left_out,
            "taken": [asdict(one) | {"goal": MOST_TAKEN[one.what]} for one in self.taken],
        }


def lines_of(
    queries: Sequence[Query],
    ranked: Sequence[Sequence[str]],
    took: Sequence[float],
    page_took: Sequence[float] = (),
) -> list[Line]:
    """Return a line for each task in the order in which they come, and one for all of them."""
    lines = []
    for task, at in by_task(queries).items():
        good = quality([(ranked[place], queries[place].grades) for place in at])
        times = _times([took[place] for place in at], [page_took[place] for place in at if page_took])
        lines.append(Line(task, len(at), good, *times))
    means = macro([line.quality for line in lines])
    return [*lines, Line(ALL, len(queries), means, *_times(took, page_took))]


def by_task(queries: Sequence[Query]) -> dict[str, list[int]]:
    """Return the places of the queries of each task."""
    places: dict[str, list[int]] = {}
    for place, query in enumerate(queries):
        places.setdefault(query.task, []).append(place)
    return places


def _times(took: Sequence[float], page_took: Sequence[float]) -> tuple[float, float, float, float]:
    return (
        percentile(took, 0.5),
        percentile(took, 0.99),
        percentile(page_took, 0.5),
        percentile(page_took, 0.99),
    )


def text_of(report: Report) -> str:
    """Return the run in Markdown."""
    facts = report.facts | _limits(report.ours)
    parts = ["\n".join(f"- {name}: {_said(value)}" for name, value in facts.items())]
    parts.append(_table(_our_rows(report.ours)))
    if report.taken:
        parts.append(_table(_taken_rows(report.taken)))
    if report.sampled and report.peers:
        parts.append(_table(_peer_rows(report.sampled, report.peers)))
    parts += report.left_out
    return "\n\n".join(parts) + "\n"


def _our_rows(ours: Standing) -> list[list[str]]:
    head = [
        "task",
        "queries",
        "MRR@10",
        "goal",
        "",
        "nDCG@10",
        "Recall@100",
        "100: p50",
        "p99",
        "page: p50",
        "p99 ms",
    ]
    rows = [head]
    for line in ours.lines:
        goal = GOALS.get(line.task) if line.task != ALL or len(ours.lines) == len(GOALS) else None
        verdict = "" if goal is None else _verdict(line.quality.mrr > goal)
        good = line.quality
        rows.append(
            [
                line.task,
                f"{line.count:,}",
                f"{good.mrr:.3f}",
                "" if goal is None else f"> {goal:.2f}",
                verdict,
            ]
            + [f"{good.ndcg:.3f}", f"{good.recall:.3f}"]
            + [f"{took:.1f}" if took else "" for took in (line.p50, line.p99, line.page_p50, line.page_p99)]
        )
    return rows


def _taken_rows(taken: Sequence[Taken]) -> list[list[str]]:
    rows = [["took", "times", "p50", "p99", "goal", ""]]
    for one in taken:
        goal = MOST_TAKEN[one.what]
        rows.append(
            [
                one.what,
                f"{one.count:,}",
                f"{one.p50:.1f}",
                f"{one.p99:.1f}",
                f"< {goal:g}",
                _verdict(one.p99 < goal),
            ]
        )
    return rows


def _peer_rows(ours: Standing, peers: Sequence[Standing]) -> list[list[str]]:
    all_ = [ours, *peers]
    rows = [["MRR@10 on a sample", "queries", "Prakai", *(peer.name for peer in peers)]]
    for place, line in enumerate(ours.lines):
        rows.append([line.task, str(line.count), *(f"{one.lines[place].quality.mrr:.3f}" for one in all_)])
    rows.append(["p50, ms", "", *(f"{one.lines[-1].p50:,.1f}" for one in all_)])
    rows.append(["p99, ms", "", *(f"{one.lines[-1].p99:,.1f}" for one in all_)])
    rows.append(["documents/s taken in", "", *(f"{one.documents_per_second:,.0f}" for one in all_)])
    rows.append(["index bytes / text byte", "", *(f"{one.index_per_text:.2f}" for one in all_)])
    return rows


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as Markdown, the first as its head, numbers to the right, columns of one width."""
    wide = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["| " + " | ".join(_padded(row, wide)) + " |" for row in rows]
    rule = (
        "|"
        + "|".join("-" * (width + 1) + ("-" if column == 0 else ":") for column, width in enumerate(wide))
        + "|"
    )
    return "\n".join([lines[0], rule, *lines[1:]])


def _padded(row: Sequence[str], wide: Sequence[int]) -> list[str]:
    return [
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, wide, strict=True))
    ]


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _limits(ours: Standing) -> dict[str, str]:
    """Return what the index cost, and whether that is within the goals."""
    rate, share = ours.documents_per_second, ours.index_per_text
    if not rate:
        return {"documents/s indexed": "not measured", "index bytes / text byte": f"{share:.2f}"}
    return {
        "documents/s indexed": f"{rate:,.0f} (goal ≥ {LEAST_RATE:,}: {_verdict(rate >= LEAST_RATE)})",
        "index bytes / text byte": f"{share:.2f} (goal ≤ {MOST_SHARE}: {_verdict(share <= MOST_SHARE)})",
    }


def _verdict(met: bool) -> str:
    return "met" if met else "not met"
