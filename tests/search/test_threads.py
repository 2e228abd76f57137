"""Asking beside: everything is asked once, in whichever thread, and answered in its order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event, get_ident

import pytest

from prakai.search.engine import threads
from prakai.search.engine.threads import all_beside


@pytest.mark.parametrize("cores", [1, 2])
def test_answers_come_in_the_order_of_what_was_asked(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "CORES", cores)
    asked: list[int] = []

    def ask(number: int) -> int:
        asked.append(number)
        return number * number

    assert all_beside([partial(ask, number) for number in range(20)])() == [n * n for n in range(20)]
    assert sorted(asked) == list(range(20))


@pytest.mark.skipif(threads.CORES < 2, reason="with one core all is asked at once")
def test_who_waits_takes_over_what_was_not_begun() -> None:
    taken = Event()
    begun = Event()

    def slow() -> int:
        begun.set()
        assert taken.wait(10)
        return get_ident()

    def quick() -> int:
        taken.set()
        return get_ident()

    asks: list[Callable[[], int]] = [slow, quick]
    wait = all_beside(asks)
    assert begun.wait(10)
    there, here = wait()
    assert here == get_ident() != there


def test_what_goes_wrong_there_is_raised_here() -> None:
    def broken() -> int:
        raise ValueError("a broken segment")

    with pytest.raises(ValueError, match="a broken segment"):
        all_beside([broken])()
