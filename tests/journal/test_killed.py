"""The journal as an outbox: killing the process at any moment loses nothing and does nothing twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journal.lives import VERBS
from tests.serving import environment

KILLS = 40


def lived(place: Path, seed: int, program: str = "lives", kills: int = KILLS, **more: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.journal.{program}", str(kills), str(seed)],
        env=environment(place, **more),
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def each_worked_once(found: dict[str, Any]) -> None:
    spoken = found["spoken"]
    # The lives did something, and were cut off with work before them: otherwise this proves nothing.
    assert found["grew"] == sorted(found["grew"])
    assert len(set(found["grew"])) >= KILLS // 2
    assert found["entries"] == len(spoken) >= KILLS
    assert {verb for _, verb in spoken} == {"test.said", "test.done", "test.other"}
    for table, verbs in VERBS.items():
        assert found[table] == [row for row in spoken if row[1] in verbs]
    assert found["setbacks"] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_every_entry_is_dealt_with_once_on_sqlite(tmp_path: Path, seed: int) -> None:
    each_worked_once(lived(tmp_path, seed))


@pytest.mark.postgres
@pytest.mark.parametrize("seed", [3, 4])
def test_every_entry_is_dealt_with_once_on_postgresql(
    tmp_path: Path, scratch_database: str, seed: int
) -> None:
    each_worked_once(lived(tmp_path, seed, DATABASE_URL=scratch_database))


def the_rooms_worked_once(found: dict[str, Any]) -> None:
    assert (len(found["told_of"]) >= 5, len(found["merged_into"]) >= 1, len(found["asked"]) >= 1) == (
        True,
        True,
        True,
    )
    assert found["notices"] == found["told_of"]
    assert found["carried_into"] == found["works_in"] == found["merged_into"]
    assert found["letters"] == found["asked"]
    assert (found["setbacks"], found["behind"]) == (0, 0)


def test_every_rooms_follower_works_once_on_sqlite(tmp_path: Path) -> None:
    the_rooms_worked_once(lived(tmp_path, 5, program="room_lives", kills=20))


@pytest.mark.postgres
def test_every_rooms_follower_works_once_on_postgresql(tmp_path: Path, scratch_database: str) -> None:
    the_rooms_worked_once(lived(tmp_path, 6, program="room_lives", kills=20, DATABASE_URL=scratch_database))
