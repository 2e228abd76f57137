"""Making an index anew: documents in, a finished folder out; killed at any moment it goes on where it was.

Helping processes read the rows themselves and give back what goes into the index; this one only numbers the rows, tells
how far it has come and hands over to the engine, whose own threads write. So every core has work all the time.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import Any, Final

from prakai.search.documents import Batch, Prepared, all_prepared
from prakai.search.engine.folder import Folder, read_notes, write_notes
from prakai.search.engine.tantivy_index import document_of, index_at

COMMIT_EVERY: Final = 20_000
"""Documents between two commits: so much is done again after a kill."""
ALONE_UP_TO: Final = 1_500
"""Documents for which helping processes are not worth their start."""
_HEAP_EACH: Final = 60_000_000
_AHEAD: Final = 4
"""Batches that wait for each helping process, or are ready and wait for the engine."""


def make(
    folder: Folder,
    documents: Callable[[Mapping[str, int]], Iterable[Batch]],
    position: Callable[[], int],
    *,
    told: Callable[[int], None],
    threads: int,
) -> int:
    """Fill the folder in the making and return how many documents it holds.

    ``documents`` is given the last number done of each kind and yields what comes after, by kind and number. Rows are
    read and words and grams worked out by ``threads`` processes; ``told`` hears how many documents are done.
    """
    place = folder.making()
    notes = read_notes(place)
    if not notes:
        notes = {"position": position(), "done": {}, "made": 0}
        write_notes(place, **notes)
    writers = max(1, threads // 2)
    writer = index_at(place).writer(_HEAP_EACH * threads, writers)
    done: dict[str, int] = dict(notes["done"])
    made = int(notes["made"])
    unsaved = 0
    for batch in _prepared(documents(done), threads):
        for ready in batch:
            writer.add_document(document_of(ready))
            done[ready.kind] = ready.pk
        made += len(batch)
        unsaved += len(batch)
        told(made)
        if unsaved >= COMMIT_EVERY:
            writer.commit()
            write_notes(place, position=notes["position"], done=done, made=made)
            unsaved = 0
    writer.commit()
    writer.wait_merging_threads()
    write_notes(place, position=notes["position"], done=done, made=made)
    return made


def _prepared(batches: Iterable[Batch], threads: int) -> Iterator[list[Prepared]]:
    """Prepare the batches in their order: here while there are few, with helping processes when there are many."""
    coming = iter(batches)
    few: list[Batch] = []
    while sum(map(len, few)) <= ALONE_UP_TO and (batch := next(coming, None)) is not None:
        few.append(batch)
    rest = chain(few, coming)
    if sum(map(len, few)) <= ALONE_UP_TO or threads < 2:
        yield from map(all_prepared, rest)
        return
    # Spawned, not forked: a fork would inherit the database's connection and other threads' locks.
    with ProcessPoolExecutor(
        threads, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(_rows(),)
    ) as helping:
        waiting: deque[Future[list[Prepared]]] = deque()
        for batch in islice(rest, threads * _AHEAD):
            waiting.append(helping.submit(all_prepared, batch))
        while waiting:
            ready = waiting.popleft().result()
            if (batch := next(rest, None)) is not None:
                waiting.append(helping.submit(all_prepared, batch))
            yield ready


def _rows() -> Any:
    """Return the name of the database that this process stands on."""
    from django.db import connection

    return connection.settings_dict["NAME"]


def _begin(rows: Any) -> None:
    """Let a helping process stand on the same rows as the one that it helps, and end with it."""
    threading.Thread(target=_end_with_whom_one_helps, daemon=True).start()
    import django
    from django.db import connection

    django.setup()
    connection.settings_dict["NAME"] = rows
    gc.freeze()


def _end_with_whom_one_helps() -> None:
    """End when the helped process is gone: one that was killed cannot say so, and this one would wait for ever."""
    if helped := multiprocessing.parent_process():
        wait([helped.sentinel])
        os._exit(1)
