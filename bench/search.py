"""``bench/search COLLECTION``: judge search by documents and queries that others made, beside its peers, in one run.

COLLECTION is a folder with ``corpus.jsonl.xz`` (``{"id", "title", "text", …}`` a line) and ``queries.jsonl`` (``{"id",
"task", "q", "rel"}`` a line, ``rel`` a list of ids or a map from id to grade). Its documents become published notes of
a fresh place, which goes away afterwards. Prints tables; writes them and all figures to ``bench/out/search.md`` and
``bench/out/search.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from bench.machines import ROOT
from bench.searching import engine, filling, living, peers, typed
from bench.searching.collection import Document, Query, grown, read_documents, read_queries
from bench.searching.reporting import PUBLISHING, TYPING, Report, Standing, Taken, lines_of, text_of

KEPT = "bench.json"


def main(words: Sequence[str] | None = None) -> int:
    """Load, index, ask, compare, print, write; return 0, or 2 when there is nothing to ask."""
    wanted = wishes(words)
    database = os.environ.get("BASELINE_DATABASE_URL") or os.environ.get("DATABASE_URL", "")
    documents = read_documents(wanted.collection)
    queries = read_queries(wanted.collection, wanted.tasks, wanted.most_queries)
    if not documents or not queries:
        print(f"{wanted.collection}: no documents, or no queries of these tasks", file=sys.stderr)
        return 2
    with place(wanted.place) as folder:
        report = judge(documents, queries, folder, wanted)
        if not wanted.no_rows:
            watch(report, documents, folder, wanted)
        if wanted.grow or wanted.no_rows:
            report.left_out.append("The peers were left out: they are asked about a collection as it is.")
        elif not wanted.no_baselines:
            compare(report, documents, wanted.baseline_queries, database)
    write(report, wanted.out)
    return 0


def wishes(words: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line asks for."""
    reader = argparse.ArgumentParser(
        prog="bench/search", description="Judge search by a collection of documents and queries."
    )
    add = reader.add_argument
    add("collection", type=Path, help="a folder with corpus.jsonl.xz and queries.jsonl")
    add("--tasks", type=lambda given: given.split(","), default=[], help="only these: tw,ls")
    add("--most-queries", type=int, default=0, metavar="N", help="ask only so many of each task")
    add("--baseline-queries", type=int, default=40, metavar="N", help="ask the peers so many of each task")
    add("--no-baselines", action="store_true", help="leave the peers out")
    add(
        "--grow",
        type=int,
        default=0,
        metavar="N",
        help="make more documents out of the given ones, to so many",
    )
    add("--text-bytes", type=int, default=0, metavar="N", help="how long those are; as the given ones if 0")
    add("--no-rows", action="store_true", help="index documents that no table holds, and ask the index alone")
    add("--no-serving", action="store_true", help="do not measure how soon a running server finds a new note")
    add("--place", type=Path, help="keep the filled place in this folder, and use it again")
    add("--as-indexed", action="store_true", help="with --place: do not build the index again")
    add("--out", type=Path, default=ROOT / "bench" / "out", help="where the results are written")
    return reader.parse_args(words)


@contextmanager
def place(kept: Path | None) -> Iterator[Path]:
    """Yield the folder of a place: ``kept``, or a new one that goes away."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="prakai-bench-") as folder:
        yield Path(folder)


def judge(
    documents: list[Document], queries: list[Query], folder: Path, wanted: argparse.Namespace
) -> Report:
    """Fill the place, build its index and ask it everything."""
    filling.open_place(folder)
    size = max(wanted.grow, len(documents))
    if wanted.no_rows:
        tell(f"building the index of {size:,} notes that no table holds")
        filled, built_in = engine.build_without_rows(grown(documents, size, wanted.text_bytes))
    else:
        filled = _filled(documents, size, folder, wanted.text_bytes)
        tell(f"building the index of {filled.count:,} notes")
        built_in = 0.0 if wanted.as_indexed else engine.build_index()
    tell(f"asking {len(queries):,} queries")
    answers = (engine.ask_engine if wanted.no_rows else engine.ask_all)(queries, filled.known)
    facts = {
        "collection": wanted.collection.name,
        "documents": filled.count,
        "text, MB": filled.text_bytes / 1e6,
        "cores": os.cpu_count(),
        "notes written in, s": filled.seconds,
        "index built in, s": built_in,
        "most memory, MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    ours = Standing(
        "Prakai",
        lines_of(queries, answers.ranked, answers.took, answers.page_took),
        filled.count / built_in if built_in else 0.0,
        engine.index_bytes() / filled.text_bytes,
    )
    report = Report(facts, ours, queries=queries, answers=answers)
    if answers.by_name:
        report.left_out.append(f"There was no index: {answers.by_name} queries were answered by name alone.")
    return report


def watch(report: Report, documents: list[Document], folder: Path, wanted: argparse.Namespace) -> None:
    """Measure what people wait for beside answers: suggestions, and that what is published is found."""
    tell("asking for suggestions")
    report.taken.append(Taken.of(TYPING, typed.ask_while_typed(documents)))
    if not wanted.no_serving:
        tell("publishing notes at a running server")
        report.taken.append(Taken.of(PUBLISHING, living.seconds_until_found(folder)))


def _filled(documents: list[Document], size: int, folder: Path, text_bytes: int) -> filling.Filled:
    """Fill the place, or read what a kept one was filled with."""
    kept = folder / KEPT
    if kept.exists():
        told = json.loads(kept.read_text(encoding="utf-8"))
        told["known"] = {int(pk): name for pk, name in told["known"].items()}
        return filling.Filled(**told)
    tell(f"writing {size:,} notes in")
    filled = filling.fill(grown(documents, size, text_bytes))
    kept.write_text(json.dumps(asdict(filled)), encoding="utf-8")
    return filled


def compare(report: Report, documents: list[Document], most: int, database: str) -> None:
    """Ask the peers a sample of the queries, and keep how we did on the same ones."""
    at = report.sampled_places(most)
    queries = [report.queries[place] for place in at]
    ranked = [report.answers.ranked[place] for place in at]
    took = [report.answers.page_took[place] for place in at]
    report.sampled = Standing(
        "Prakai",
        lines_of(queries, ranked, took),
        report.ours.documents_per_second,
        report.ours.index_per_text,
    )
    with tempfile.TemporaryDirectory(prefix="prakai-bench-") as folder:
        asked, why = peers.peers_in(Path(folder), database)
        report.left_out += why
        in_order = sorted(documents, key=lambda one: filling.moment_of(one.date))
        text_bytes = sum(document.bytes for document in documents)
        costs: dict[peers.Peer, tuple[float, float]] = {}
        for peer in asked:
            costs[peer] = costs[peer.shared] if peer.shared else _taken_in(peer, in_order, text_bytes)
            report.peers.append(_standing(peer, queries, *costs[peer]))
        for peer in asked:
            peer.close()


def tell(what: str) -> None:
    """Say what is being done now, beside the results."""
    print(f"{time.strftime('%H:%M:%S')} {what} …", file=sys.stderr, flush=True)


def _taken_in(peer: peers.Peer, documents: list[Document], text_bytes: int) -> tuple[float, float]:
    """Let a peer take the documents in; return how many it took in a second, and its index bytes per text byte."""
    tell(f"{peer.name}: taking {len(documents):,} documents in")
    started = time.perf_counter()
    peer.take(documents)
    return len(documents) / (time.perf_counter() - started), peer.index_bytes() / text_bytes


def _standing(peer: peers.Peer, queries: list[Query], rate: float, share: float) -> Standing:
    tell(f"{peer.name}: asking {len(queries):,} queries")
    ranked, took = [], []
    for query in queries:
        started = time.perf_counter()
        ranked.append(peer.ask(query.text))
        took.append((time.perf_counter() - started) * 1000)
    return Standing(peer.name, lines_of(queries, ranked, took), rate, share)


def write(report: Report, out: Path) -> None:
    """Print the tables; keep them and all figures."""
    text = text_of(report)
    print(text)
    out.mkdir(parents=True, exist_ok=True)
    (out / "search.md").write_text(text, encoding="utf-8")
    figures = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
    (out / "search.json").write_text(figures, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
