"""Threads beside the asking one: an engine lets others go on while it searches."""

from __future__ import annotations

import os
from collections.abc import Callable
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


@cache
def _threads() -> ThreadPoolExecutor:
    """The threads of this process, made when first needed."""
    return ThreadPoolExecutor(CORES, thread_name_prefix="search")
