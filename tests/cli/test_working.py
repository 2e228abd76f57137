"""The background work: followers and tasks side by side, and both end when told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.processes import make_place

SLOW = """
import threading, time
from django.db import transaction
from django_tasks import task
from prakai.cli.serving.working import Work
from prakai.journal.following import follow
from prakai.journal.recording import record
from prakai.units.models import Unit

let_go, began, heard = threading.Event(), threading.Event(), threading.Event()

@task()
def slow() -> None:
    began.set()
    let_go.wait(60)

@follow("test.hears", "test.said")
def hears(entry):
    heard.set()

for _ in range(3):
    slow.enqueue()
working = Work()
working.start()
assert began.wait(60)
with transaction.atomic():
    record("test.said", Unit(pk=1), by=None)
followed_meanwhile = heard.wait(60) and not let_go.is_set()
working._stop.set()
let_go.set()
working.stop()
from django_tasks_db.models import DBTaskResult
time.sleep(1)
left = DBTaskResult.objects.ready().count()
print(json.dumps([followed_meanwhile, left, [t.name for t in threading.enumerate() if t.name in ("work", "tasks")]]))
"""


@pytest.mark.django_db(transaction=True)
def test_a_slow_task_keeps_no_follower_waiting_and_the_rest_waits_when_stopped(tmp_path: Path) -> None:
    """After the task that is running no other is begun: those stay in the queue for the next start."""
    assert make_place(tmp_path).run(SLOW) == [True, 2, []]
