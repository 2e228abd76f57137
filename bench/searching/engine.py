"""The search that is judged: its index built by the way of ``prakai reindex``, its answers by what pages call."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from bench.searching.collection import Document, Query, sample
from bench.searching.filling import Filled, batches, moment_of

Answer = TypeVar("Answer")
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
    from prakai.search.keeping import rebuild

    started = time.perf_counter()
    rebuild()
    return time.perf_counter() - started


def build_without_rows(documents: Iterable[Document]) -> tuple[Filled, float]:
    """Give ``documents`` to the index itself, as notes that no table holds; return what it took in, and the seconds."""
    from prakai.search.documents import Document as Given
    from prakai.search.engine import the_engine

    filled = Filled()

    def given(done: Mapping[str, int]) -> Iterator[list[Given]]:
        for batch in batches(documents, 200):
            first = filled.count + 1
            filled.count += len(batch)
            filled.text_bytes += sum(one.bytes for one in batch)
            filled.known |= {pk: one.id for pk, one in enumerate(batch, first) if not one.is_grown}
            yield [as_given(one, pk) for pk, one in enumerate(batch, first)]

    def as_given(one: Document, pk: int) -> Given:
        at = int(moment_of(one.date).timestamp())
        return Given("note", pk, one.title, one.text, (str(pk),), at=at)

    started = time.perf_counter()
    the_engine().build(given, lambda: 0, told=lambda made: None)
    return filled, time.perf_counter() - started


def index_bytes() -> int:
    """Return the bytes of all files of the live index."""
    from django.conf import settings

    from prakai.search.engine.folder import Folder

    live = Folder(Path(unquote(urlsplit(settings.SEARCH_URL).path))).live()
    return sum(path.stat().st_size for path in live.rglob("*") if path.is_file()) if live else 0


def ask_all(queries: Sequence[Query], known: Mapping[int, str]) -> Answers:
    """Ask each query twice, one after another in this process, warm: a hundred results, then a page with facets.

    ``known`` are the documents' ids by their notes' keys; whatever else is found holds its place under another name.
    """
    from prakai.search.queries.finding import find

    answers = Answers()

    def hundred(text: str) -> list[str]:
        found = find(text, None, size=MOST, facets=False)
        answers.by_name += found.rebuilding
        return [name_of(hit.kind, hit.pk, known) for hit in found.hits]

    warm_up(queries, hundred)
    answers.by_name = 0
    for _, ranked, took in timed(queries, hundred):
        answers.ranked.append(ranked)
        answers.took.append(took)
    answers.page_took = [took for _, _, took in timed(queries, lambda text: find(text, None).hits)]
    return answers


def ask_engine(queries: Sequence[Query], known: Mapping[int, str]) -> Answers:
    """Ask the index alone, where there are no rows: reading the query, candidates and ranking, as finding does."""
    from prakai.search.asking import read_asked
    from prakai.search.engine import the_engine
    from prakai.search.engine.sought import Narrowing
    from prakai.search.queries.finding import CANDIDATES
    from prakai.search.question import question_of
    from prakai.search.ranking import rank
    from prakai.search.wordings import wordings
    from prakai.thai.keyboard import meant_in_english, meant_in_thai

    engine = the_engine()

    def look(text: str) -> list[str]:
        asked = read_asked(text)
        meant = meant_in_thai(asked.words) or meant_in_english(asked.words) or asked.words
        asked = replace(asked, words=meant)
        question = question_of(asked, engine.document_frequencies, engine.size(), wordings())
        terms = question.terms, question.title_terms
        found, _ = engine.candidates(*terms, question.strict, Narrowing(), most=CANDIDATES)
        ranked = rank(question, found)[:MOST]
        return [name_of(one.candidate.kind, one.candidate.pk, known) for one in ranked]

    warm_up(queries, look)
    answers = Answers()
    for _, ranked, took in timed(queries, look):
        answers.ranked.append(ranked)
        answers.took.append(took)
    return answers


def warm_up(queries: Sequence[Query], ask: Callable[[str], object]) -> None:
    """Ask some queries for nothing, so that what is read once has been read."""
    for query in sample(queries, WARM_UP):
        ask(query.text)
    # As a server does before its first page; nor does it carry the collection in its memory.
    from prakai.cli.serving.server import settle

    settle()


def timed(queries: Sequence[Query], ask: Callable[[str], Answer]) -> Iterator[tuple[Query, Answer, float]]:
    """Ask each query and yield it with what came of it and the milliseconds that this took."""
    for query in queries:
        started = time.perf_counter()
        answer = ask(query.text)
        yield query, answer, (time.perf_counter() - started) * 1000


def timed_words(typed: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    """Ask for each of these words and return the milliseconds that each took."""
    took = []
    for words in typed:
        started = time.perf_counter()
        ask(words)
        took.append((time.perf_counter() - started) * 1000)
    return took


def name_of(kind: str, pk: int, known: Mapping[int, str]) -> str:
    """Return the id of the document that a hit is, or a name that no document has."""
    return known.get(pk, f"note:{pk}") if kind == "note" else f"{kind}:{pk}"
