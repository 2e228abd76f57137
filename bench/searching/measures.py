"""How good a ranking is, and how fast: MRR@10, nDCG@10, Recall@100, percentiles. Pure; knows nothing of search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log2


@dataclass(frozen=True, slots=True)
class Quality:
    """The means over the queries of a task, each between 0 and 1."""

    mrr: float = 0.0
    ndcg: float = 0.0
    recall: float = 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, float], most: int = 10) -> float:
    """Return 1 / the place of the first relevant document among the first ``most``; 0 when there is none."""
    places = (place for place, name in enumerate(ranked[:most], 1) if grades.get(name, 0) > 0)
    first = next(places, 0)
    return 1 / first if first else 0.0


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], most: int = 10) -> float:
    """Return the gain of the first ``most`` over the best possible: the grade, divided by log2(place + 1).

    A document that comes again gains nothing the second time.
    """
    seen: set[str] = set()
    gains = []
    for name in ranked[:most]:
        gains.append(0.0 if name in seen else max(grades.get(name, 0), 0))
        seen.add(name)
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    ideal = _discounted(best[:most])
    return _discounted(gains) / ideal if ideal else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, float], most: int = 100) -> float:
    """Return the share of all relevant documents that stand among the first ``most``."""
    wanted = {name for name, grade in grades.items() if grade > 0}
    return len(wanted.intersection(ranked[:most])) / len(wanted) if wanted else 0.0


def quality(answers: Sequence[tuple[Sequence[str], Mapping[str, float]]]) -> Quality:
    """Return the means over ``answers``: pairs of a ranking and the grades of what is relevant."""
    if not answers:
        return Quality()
    count = len(answers)
    return Quality(
        mrr=sum(reciprocal_rank(*answer) for answer in answers) / count,
        ndcg=sum(ndcg(*answer) for answer in answers) / count,
        recall=sum(recall(*answer) for answer in answers) / count,
    )


def macro(of_tasks: Sequence[Quality]) -> Quality:
    """Return the mean of the tasks' means: each task counts the same, however many queries it has."""
    count = len(of_tasks) or 1
    return Quality(
        mrr=sum(one.mrr for one in of_tasks) / count,
        ndcg=sum(one.ndcg for one in of_tasks) / count,
        recall=sum(one.recall for one in of_tasks) / count,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` (0 to 1) of ``values`` do not exceed (nearest rank)."""
    if not values:
        return 0.0
    return sorted(values)[max(ceil(share * len(values)), 1) - 1]


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, 1))
