"""Threads beside the asking one: an engine lets others go on while it searches."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final, TypeVar

T = TypeVar("T")
CORES: Final = os.cpu_count() or 1


def beside(ask: Callable[[], T]) -> Callable[[], T]:
    """Begin to ask in another thread and return what waits for the answer (and raises what went wrong there).

    ``ask`` must not touch the rows: a thread has a connection of its own. With one core it is asked at once.
    """
    if CORES < 2:
        answer = ask()
        return lambda: answer
    return _threads().submit(ask).result


def all_beside(asks: Iterable[Callable[[], T]]) -> Callable[[], list[T]]:
    """Begin to ask one after another in another thread; who waits for the answers asks what was not begun there."""
    left = deque(enumerate(asks))
    many = len(left)
    answers: dict[int, T] = {}

    def go_on() -> None:
        while left:
            try:
                at, ask = left.popleft()
            except IndexError:  # the other thread took the last one
                return
            answers[at] = ask()

    begun = beside(go_on)

    def wait() -> list[T]:
        go_on()
        if len(answers) < many:
            begun()
        return [answers[at] for at in sorted(answers)]

    return wait


@cache
def _threads() -> ThreadPoolExecutor:
    """The threads of this process, made when first needed."""
    return ThreadPoolExecutor(CORES, thread_name_prefix="search")
