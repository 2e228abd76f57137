"""``prakai reindex`` with helping processes, which read the rows themselves: on both engines, and killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.search.reindexing import COMMIT_EVERY, NOTES
from tests.serving import environment


def ran(place: Path, how: str, *, dies: bool = False, **more: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.reindexing", how],
        env=environment(place, **more),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == (-signal.SIGKILL if dies else 0), done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None


def is_made_alike_by_one_and_by_many(place: Path, **more: str) -> None:
    ran(place, "fill", **more)
    alone = ran(place, "alone", **more)
    assert alone.pop("begun") == [{}]
    assert alone["counts"]["kind"] == [["note", NOTES * 9 // 10], ["person", 2], ["tag", 2], ["unit", 1]]
    assert [name for name, found in alone["counts"].items() if not found] == []
    assert min(alone["terms"]) > 0
    ran(place, "killed", dies=True, **more)
    helped = ran(place, "helped", **more)
    [begun] = helped.pop("begun")
    # The second making went on where the first had written down that it was, and did not begin anew.
    assert begun["note"] >= COMMIT_EVERY // 2
    assert helped == alone


@pytest.mark.slow
def test_the_index_is_the_same_with_helping_processes_on_sqlite(tmp_path: Path) -> None:
    is_made_alike_by_one_and_by_many(tmp_path)


@pytest.mark.slow
@pytest.mark.postgres
def test_the_index_is_the_same_with_helping_processes_on_postgresql(
    tmp_path: Path, scratch_database: str
) -> None:
    is_made_alike_by_one_and_by_many(tmp_path, DATABASE_URL=scratch_database)
