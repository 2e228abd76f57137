"""Attached files in a real place: read by a real worker, killed while it reads, backed up and brought back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from prakai.search.extracting.limits import SECONDS
from prakai.search.extracting.reading import READER
from tests.serving import PRAKAI, environment, prakai, processes_with

ATTACH = """
from io import BytesIO
from prakai.notes import actions
from tests.factories.files import docx_of
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.search.test_extracting import never_ending

malee = make_person()
note = make_note(malee)
if "slow" in sys.argv:
    actions.attach(BytesIO(never_ending()), name="ช้า.pdf", by=malee, note=note)
actions.attach(BytesIO(docx_of("กำลังใจ")), name="ก.docx", by=malee, note=note)
"""
STATES = """
from prakai.journal.models import Entry
from prakai.search.models import AttachedText
rows = AttachedText.objects.order_by("pk").values_list("state", "text", "because")
print(json.dumps([list(rows), Entry.objects.filter(verb="attachment.read").count()]))
"""
# Eleven minutes go by.
LATER = """
from datetime import timedelta
from django.db.models import F
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.running().update(started_at=F("started_at") - timedelta(minutes=11))
"""


def run(place: Path, code: str, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", f"import django, json, sys; django.setup()\n{code}", *arguments],
        env=environment(place), capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout) if done.stdout.strip() else None


def within(seconds: float, found: Any) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not found():
        time.sleep(0.05)
    return found()


def test_files_come_back_with_what_they_say(empty_place: Path, bare: Path, tmp_path: Path) -> None:
    run(empty_place, ATTACH)
    early, late, other = tmp_path / "early.zip", tmp_path / "late.zip", tmp_path / "other"
    assert prakai(empty_place, "backup", str(early)).returncode == 0
    assert "1 tasks done" in prakai(empty_place, "work", "--once").stdout
    assert prakai(empty_place, "backup", str(late)).returncode == 0
    with zipfile.ZipFile(late) as archive:
        assert json.loads(archive.read("prakai.json"))["rows"]["search.attachedtext"] == 1
    expected = [[["read", "กำลังใจ", ""]], 1]
    subprocess.run(["cp", "-r", str(bare), str(other)], check=True)
    assert prakai(other, "restore", str(late)).returncode == 0
    assert run(other, STATES) == expected
    assert "0 entries followed, 0 tasks done" in prakai(other, "work", "--once").stdout.replace("\n", " ")
    # What was not read when it was backed up is read where it is brought back.
    assert prakai(other, "restore", str(early), "--replace").returncode == 0
    assert run(other, STATES) == [[], 0]
    assert prakai(other, "work", "--once").returncode == 0
    assert run(other, STATES) == expected


@pytest.mark.slow
def test_a_worker_that_is_killed_while_it_reads_loses_nothing(empty_place: Path) -> None:
    run(empty_place, ATTACH, "slow")
    worker = subprocess.Popen(
        [*PRAKAI, "work"], env=environment(empty_place), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        [orphan] = within(120, lambda: processes_with(READER, child_of=worker.pid))
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert run(empty_place, STATES) == [[], 0]
    # Nobody ends the orphan but its own clock.
    assert within(SECONDS + 60, lambda: orphan not in processes_with(READER)) is True
    run(empty_place, LATER)
    assert prakai(empty_place, "work", "--once").returncode == 0
    states, told = run(empty_place, STATES)
    assert (["read", "กำลังใจ", ""] in states, len(states), told) == (True, 2, 2)
    assert prakai(empty_place, "work", "--once").returncode == 0
    assert run(empty_place, STATES) == [states, told]
