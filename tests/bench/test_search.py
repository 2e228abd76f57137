"""``bench/search`` from the command line to the figures, on a collection of three documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.searching.collection import Query
from bench.searching.engine import name_of
from bench.searching.measures import Quality
from bench.searching.reporting import Line, Report, Standing, lines_of, text_of
from tests.bench.collections import write_collection

ROOT = Path(__file__).resolve().parent.parent.parent
EMBEDDED = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}


def test_a_collection_is_judged_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "bench.search", str(write_collection(tmp_path)), "--out", str(out)],
        cwd=ROOT, env=EMBEDDED, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads((out / "search.json").read_text(encoding="utf-8"))
    assert figures["facts"]["documents"] == 3
    assert [(line["task"], line["count"]) for line in figures["ours"]["lines"]] == [
        ("tp", 2),
        ("bq", 1),
        ("all", 3),
    ]
    assert [line["quality"]["mrr"] for line in figures["ours"]["lines"]] == [1.0, 1.0, 1.0]
    assert "answered by name" not in done.stdout
    assert [peer["name"] for peer in figures["peers"]] == [
        "substring",
        "FTS5 trigram, OR",
        "FTS5 trigram, phrases",
    ]
    assert figures["peers"][0]["lines"][-1]["quality"] == {"mrr": 1.0, "ndcg": 1.0, "recall": 1.0}
    assert done.stdout.strip() == (out / "search.md").read_text(encoding="utf-8").strip()
    assert "PostgreSQL was left out" in done.stdout
    assert [(one["what"], one["goal"], one["p99"] > 0) for one in figures["taken"]] == [
        ("suggestions while typing, ms", 50.0, True),
        ("from publishing to being found, s", 2.0, True),
    ]
    assert "| from publishing to being found, s |" in done.stdout


def test_nothing_to_ask_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.search", str(write_collection(tmp_path)), "--tasks", "none"],
        cwd=ROOT, env=EMBEDDED, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "no queries of these tasks" in done.stderr


def test_lines_count_each_task_the_same_however_many_queries_it_has() -> None:
    queries = [Query(str(n), "a" if n < 3 else "b", "", {"x": 1.0}) for n in range(4)]
    lines = lines_of(queries, [["x"], ["x"], ["x"], []], [1.0, 2.0, 3.0, 40.0])
    assert [(line.task, line.count, line.quality.mrr) for line in lines] == [
        ("a", 3, 1),
        ("b", 1, 0),
        ("all", 4, 0.5),
    ]
    assert [line.p50 for line in lines] == [2.0, 40.0, 2.0]


def test_goals_stand_beside_tasks_that_have_one() -> None:
    lines = [Line(name, 1, Quality(0.981, 1, 1), 1, 2) for name in ("tw", "mine", "all")]
    text = text_of(Report({}, Standing("Prakai", lines, 2500.0, 1.6)))
    tw, mine, all_ = [row for row in text.splitlines() if row.startswith("|")][2:]
    assert "> 0.98" in tw
    assert " met" in tw
    assert ">" not in mine + all_
    assert "documents/s indexed: 2,500 (goal ≥ 2,000: met)" in text
    assert "index bytes / text byte: 1.60 (goal ≤ 1.5: not met)" in text


def test_what_is_no_note_holds_its_place_but_is_no_document() -> None:
    assert [name_of("note", 1, {1: "d"}), name_of("person", 1, {1: "d"}), name_of("note", 2, {1: "d"})] == [
        "d",
        "person:1",
        "note:2",
    ]


def test_a_kept_place_is_used_again(tmp_path: Path) -> None:
    words = [str(write_collection(tmp_path)), "--out", str(tmp_path), "--place", str(tmp_path / "place")]
    words.append("--no-serving")
    for more in (["--grow", "5"], []):
        done = subprocess.run(
            [sys.executable, "-m", "bench.search", *words, "--no-baselines", *more],
            cwd=ROOT, env=EMBEDDED, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert ("writing 5 notes in" in done.stderr) == bool(more)
        figures = json.loads((tmp_path / "search.json").read_text(encoding="utf-8"))
        assert figures["facts"]["documents"] == 5
        assert figures["ours"]["lines"][0]["quality"]["mrr"] > 0
        assert figures["sampled"] is None


def test_the_index_is_asked_alone_where_there_are_no_rows(tmp_path: Path) -> None:
    words = [str(write_collection(tmp_path)), "--out", str(tmp_path), "--no-rows"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.search", *words],
        cwd=ROOT, env=EMBEDDED, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "search.json").read_text(encoding="utf-8"))
    assert [line["quality"]["mrr"] for line in figures["ours"]["lines"]] == [1.0, 1.0, 1.0]
    assert figures["ours"]["index_per_text"] > 0
    assert figures["left_out"] == ["The peers were left out: they are asked about a collection as it is."]
