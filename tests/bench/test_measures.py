"""MRR, nDCG, recall and percentiles, by cases that were worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from bench.searching.measures import Quality, macro, ndcg, percentile, quality, recall, reciprocal_rank

ONE = {"a": 1.0}


@pytest.mark.parametrize(
    ("ranked", "grades", "expected"),
    [
        (["a", "b"], ONE, 1.0),
        (["b", "a"], ONE, 0.5),
        (["b", "c", "a", "d"], {"a": 1.0, "d": 3.0}, 1 / 3),
        ([*"bcdefghij", "a"], ONE, 0.1),
        ([*"bcdefghijk", "a"], ONE, 0.0),
        (["b", "a"], {"b": 0.0, "a": 1.0}, 0.5),
        ([], ONE, 0.0),
        (["a"], {}, 0.0),
    ],
)
def test_reciprocal_rank_is_that_of_the_first_relevant(
    ranked: list[str], grades: dict[str, float], expected: float
) -> None:
    assert reciprocal_rank(ranked, grades) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ranked", "grades", "expected"),
    [
        (["a"], ONE, 1.0),
        (["b", "a"], ONE, 1 / log2(3)),
        # 3/log2(2) + 2/log2(3) + 0 + 1/log2(5), over 3/log2(2) + 2/log2(3) + 1/log2(4).
        ([*"xyzw"], {"x": 3.0, "y": 2.0, "w": 1.0}, (3 + 2 / log2(3) + 1 / log2(5)) / (3 + 2 / log2(3) + 0.5)),
        (["y", "x"], {"x": 3.0, "y": 1.0}, (1 + 3 / log2(3)) / (3 + 1 / log2(3))),
        # Found twice is found once.
        (["a", "a"], {"a": 1.0, "b": 1.0}, 1 / (1 + 1 / log2(3))),
        # More relevant ones than places: the best that ten places can hold is the measure.
        ([f"r{n}" for n in range(12)], {f"r{n}": 1.0 for n in range(12)}, 1.0),
        ([*"bcdefghijk", "a"], ONE, 0.0),
        (["a"], {"a": 0.0}, 0.0),
    ],
)  # fmt: skip
def test_ndcg_discounts_gains_by_place(ranked: list[str], grades: dict[str, float], expected: float) -> None:
    assert ndcg(ranked, grades) == pytest.approx(expected)


def test_recall_counts_all_that_is_relevant_within_a_hundred() -> None:
    others = [f"o{n}" for n in range(99)]
    assert recall([*others, "a", "b"], {"a": 1.0, "b": 2.0}) == 0.5
    assert recall(["a", "b"], {"a": 1.0, "b": 2.0, "c": 0.0}) == 1.0
    assert recall(["a"], {}) == 0.0


def test_means_over_queries_and_over_tasks() -> None:
    first = quality([(["a"], ONE), (["b", "a"], ONE)])
    assert first.mrr == pytest.approx(0.75)
    assert first.ndcg == pytest.approx((1 + 1 / log2(3)) / 2)
    assert first.recall == 1.0
    assert macro([Quality(1, 1, 1), Quality(0, 0.5, 1)]) == Quality(0.5, 0.75, 1)
    assert quality([]) == Quality()


def test_percentile_is_the_nearest_rank() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.99) == 99
    assert percentile([7.0], 0.99) == 7
    assert percentile([1.0, 9.0], 0.5) == 1
    assert percentile([], 0.5) == 0
