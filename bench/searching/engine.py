"""The search that is judged: its index built by the way of ``prakai reindex``, its answers by what pages call."""

from __future__ import annotations

import gc
import importlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bench.searching.collection import Query, sample

MOST = 100
WARM_UP = 50


@dataclass(slots=True)
class Answers:
    """What a ranking said to each query, and how long each answer took, in milliseconds."""

    ranked: list[list[str]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    page_took: list[float] = field(default_factory=list)
    by_name: int = 0


def build_index() -> float:
    """Build the index anew from the rows; return how many seconds that took."""
    started = time.perf_counter()
    try:
        importlib.import_module("prakai.search.actions.reindexing").rebuild()
    except ModuleNotFoundError:
        return 0.0
    return time.perf_counter() - started


def index_bytes() -> int:
    """Return the bytes of all files of the index."""
    from django.conf import settings

    folder = Path(urlsplit(settings.SEARCH_URL).path)
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def ask_all(queries: Sequence[Query], known: Mapping[int, str]) -> Answers:
    """Ask each query twice, one after another in this process, warm: a hundred results, then a page with facets.

    ``known`` are the documents' ids by their notes' keys; whatever else is found holds its place under another name.
    """
    from prakai.search.queries.finding import find

    for query in sample(queries, WARM_UP):
        find(query.text, None)
    # A server does not carry the collection in its memory: what is here now shall not slow the collector down.
    gc.collect()
    gc.freeze()
    answers = Answers()
    for query in queries:
        started = time.perf_counter()
        found = find(query.text, None, size=MOST, facets=False)
        answers.took.append((time.perf_counter() - started) * 1000)
        answers.by_name += found.rebuilding
        answers.ranked.append([name_of(hit.kind, hit.pk, known) for hit in found.hits])
    for query in queries:
        started = time.perf_counter()
        find(query.text, None)
        answers.page_took.append((time.perf_counter() - started) * 1000)
    return answers


def name_of(kind: str, pk: int, known: Mapping[int, str]) -> str:
    """Return the id of the document that a hit is, or a name that no document has."""
    return known.get(pk, f"note:{pk}") if kind == "note" else f"{kind}:{pk}"
