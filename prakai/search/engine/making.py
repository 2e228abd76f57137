"""Making an index anew: documents in, a finished folder out; killed at any moment it goes on where it was."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import Final

from prakai.search.documents import Document, Prepared, all_prepared
from prakai.search.engine.folder import Folder, read_notes, write_notes
from prakai.search.engine.tantivy_index import document_of, index_at

COMMIT_EVERY: Final = 20_000
"""Documents between two commits: so much is done again after a kill."""
ALONE_UP_TO: Final = 1_500
"""Documents for which helping processes are not worth their start."""
_HEAP_EACH: Final = 60_000_000


def make(
    folder: Folder,
    documents: Callable[[Mapping[str, int]], Iterable[Sequence[Document]]],
    position: Callable[[], int],
    *,
    told: Callable[[int], None],
    threads: int,
) -> int:
    """Fill the folder in the making and return how many documents it holds.

    ``documents`` is given the last number done of each kind and yields what comes after, by kind and number. Words and
    grams are worked out by ``threads`` processes; ``told`` hears how many documents are done.
    """
    place = folder.making()
    notes = read_notes(place)
    if not notes:
        notes = {"position": position(), "done": {}, "made": 0}
        write_notes(place, **notes)
    writer = index_at(place).writer(_HEAP_EACH * threads, threads)
    done: dict[str, int] = dict(notes["done"])
    made = int(notes["made"])
    unsaved = 0
    for batch in _prepared(documents(done), threads):
        for ready in batch:
            writer.add_document(document_of(ready))
            done[ready.document.kind] = ready.document.pk
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


def _prepared(batches: Iterable[Sequence[Document]], threads: int) -> Iterator[list[Prepared]]:
    """Prepare the batches in their order: here while there are few, with helping processes when there are many."""
    coming = iter(batches)
    few: list[Sequence[Document]] = []
    while sum(map(len, few)) <= ALONE_UP_TO and (batch := next(coming, None)) is not None:
        few.append(batch)
    if sum(map(len, few)) <= ALONE_UP_TO or threads < 2:
        yield from (all_prepared(list(batch)) for batch in chain(few, coming))
        return
    # Spawned, not forked: a fork would inherit the database's connection and other threads' locks.
    with ProcessPoolExecutor(threads, mp_context=multiprocessing.get_context("spawn")) as helping:
        waiting: deque[Future[list[Prepared]]] = deque()
        rest = chain(few, coming)
        for batch in islice(rest, threads * 3):
            waiting.append(helping.submit(all_prepared, list(batch)))
        while waiting:
            ready = waiting.popleft().result()
            if (batch := next(rest, None)) is not None:
                waiting.append(helping.submit(all_prepared, list(batch)))
            yield ready
