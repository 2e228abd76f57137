"""Cleaning hostile runs of marks takes a bounded number of passes, whatever is repeated."""

from __future__ import annotations

import itertools

import pytest

from prakai.thai import folding

PIECES = "ก่้ิุ์ฺ็ํำาเ"


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_repeated_pattern_is_clean_after_one_pass(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    passes = 0
    in_order = folding._in_order

    def counted(text: str) -> str:
        nonlocal passes
        passes += 1
        return in_order(text)

    monkeypatch.setattr(folding, "_in_order", counted)
    slow = []
    for pattern in itertools.product(PIECES, repeat=length):
        passes = 0
        folding.clean("".join(pattern) * 40)
        if passes > 3:
            slow.append("".join(pattern))
    assert slow == []
