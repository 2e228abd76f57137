"""The background work: journal followers and the task queue, as a thread of the one process or a process of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from prakai.kernel.outages import Outage

TIDY_EVERY = 60.0
# After it has followed something, the thread rests so long: a flood is followed in batches and leaves pages their turn.
REST = 0.25
# No task of ours takes this long: whoever ran it was killed in the middle, and another takes it up.
DEAD_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=7)


class Work:
    """Follows the journal and runs queued tasks: at once when the journal speaks, and by a sweep every second.

    Tasks have a thread of their own: a file that takes long to read, or a mail server that is slow to answer, keeps no
    follower waiting. So does the making of an index of search where there is none: it may take minutes.
    """

    def __init__(self, *, every: float = 1.0) -> None:
        self.every = every
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._queued = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Work in a thread of this process."""
        self._thread = threading.Thread(target=self.run, name="work", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the thread finish what it is doing, for at most a few seconds."""
        self._stop.set()
        self._wake.set()
        self._queued.set()
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def run(self) -> None:
        """Work until stopped."""
        from prakai.journal.following import sweep
        from prakai.kernel.bus import the_bus

        def follow() -> None:
            dealt = sweep()
            self._queued.set()
            if dealt:
                self._stop.wait(REST)

        deaf = the_bus().listen("journal", lambda word: self._wake.set())
        tasks = threading.Thread(target=self._run_tasks, name="tasks", daemon=True)
        tasks.start()
        threading.Thread(target=self._keep_search, name="search", daemon=True).start()
        try:
            self._repeat(follow, self._wake, Outage("work.sweep_failed"))
            tasks.join(timeout=5)
        finally:
            deaf()

    def _run_tasks(self) -> None:
        tidied = 0.0

        def run() -> None:
            nonlocal tidied
            if time.monotonic() - tidied > TIDY_EVERY or not tidied:
                tidy_tasks()
                want_news()
                tidied = time.monotonic()
            run_tasks(self._stop)

        self._repeat(run, self._queued, Outage("work.tasks_failed"))

    def _keep_search(self) -> None:
        from prakai.search.keeping import keep_whole

        self._repeat(keep_whole, self._stopped, Outage("work.index_failed"))

    def _repeat(self, act: Callable[[], object], wake: threading.Event, outage: Outage) -> None:
        """Call ``act`` until stopped: at once when woken, and every so many seconds."""
        try:
            while not self._stop.is_set():
                try:
                    act()
                    outage.back()
                except Exception as trouble:
                    outage.away(trouble)
                    self._forget_connections()
                    self._stop.wait(self.every)
                wake.wait(self.every)
                wake.clear()
        finally:
            self._forget_connections()

    @staticmethod
    def _forget_connections() -> None:
        from django.db import connections

        connections.close_all()


class Repeating:
    """A thread that calls ``act`` every so many seconds, and once more when it is stopped."""

    def __init__(self, name: str, act: Callable[[], object], *, every: float) -> None:
        self.act = act
        self.every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Call once more and end."""
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        from django.db import close_old_connections, connections

        outage = Outage("repeating.failed", thread=self._thread.name)
        while True:
            last = self._stop.wait(self.every)
            try:
                close_old_connections()
                self.act()
                outage.back()
            except Exception as trouble:
                outage.away(trouble)
                connections.close_all()
            if last:
                connections.close_all()
                return


def count_reads() -> Repeating:
    """Return the thread that writes the reads which this process has gathered, every five seconds."""
    from prakai.notes.actions.reading import count_reads as write

    return Repeating("count-reads", write, every=5.0)


def want_news() -> int:
    """Want the letters that are due: the day's about saved searches, and gentle questions; return how many.

    What may be told of promises by now is published on the way.
    """
    from prakai.forums.actions import publish_sums
    from prakai.mail.news import want_letters
    from prakai.mail.promises import want_questions

    publish_sums(by=None)
    return want_letters() + want_questions()


def tidy_tasks(*, now: datetime | None = None) -> int:
    """Let tasks whose worker was killed be run again, and forget old ones that went well; return how many return."""
    from django.utils import timezone
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    moment = now or timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=moment - KEPT_FOR).delete()
    dead = DBTaskResult.objects.running().filter(started_at__lt=moment - DEAD_AFTER)
    again: int = dead.update(status=TaskResultStatus.READY) if dead.exists() else 0
    return again


def run_tasks(stop: threading.Event) -> int:
    """Run what waits in the task queue, until ``stop`` is set; return how many tasks were run.

    The queue's own worker is asked only when something waits: it takes the database's write lock each time it looks.
    """
    from django.db import close_old_connections
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    close_old_connections()
    waiting: int = DBTaskResult.objects.ready().count()
    for done in range(waiting):
        if stop.is_set():
            return done
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=f"prakai-{threading.get_native_id()}-{time.monotonic_ns()}"[:64],
            excluded_queue_names=[],
        ).run()
    return waiting
