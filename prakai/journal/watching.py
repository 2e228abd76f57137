"""Watching the journal: hearing of each new entry at once, for what is kept in memory and may be forgotten.

The bus tells of entries that this process (or, over Redis, any process) has committed, and of what followed from them.
Twice a second the newest id and the followers' cursors are also read, for other processes that the bus does not join
(an import while the platform runs).
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import close_old_connections, connection

from prakai.journal.newest import progress
from prakai.kernel.bus import the_bus
from prakai.kernel.outages import Outage


class Watch:
    """Calls ``on_entry`` with the id of the newest entry, and ``on_trust`` when the journal can(not) be read."""

    def __init__(
        self,
        *,
        on_entry: Callable[[int], None],
        on_trust: Callable[[bool], None] | None = None,
        every: float = 0.5,
    ) -> None:
        self.on_entry = on_entry
        self.on_trust = on_trust or (lambda trusted: None)
        self.every = every
        self.newest = 0
        self._followed = 0
        self._trusted = True
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._deaf: Callable[[], None] | None = None

    def start(self) -> None:
        """Begin to listen and to look, from the entry that is the newest now."""
        self.listen()
        self._thread = threading.Thread(target=self._look, name="journal-watch", daemon=True)
        self._thread.start()

    def listen(self) -> None:
        """Listen to the bus only."""
        self._deaf = the_bus().listen("journal", self._hear)

    def stop(self) -> None:
        """Stop listening and looking."""
        if self._deaf is not None:
            self._deaf()
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _hear(self, word: str) -> None:
        if word.isdigit():
            with self._lock:
                self.newest = max(self.newest, int(word))
        self.on_entry(self.newest)

    def look_once(self) -> None:
        """Read the newest id and how far followers are; tell when either differs (also when entries have gone)."""
        newest, followed = progress()
        with self._lock:
            changed = (newest, followed) != (self.newest, self._followed)
            self.newest, self._followed = newest, followed
        if changed:
            self.on_entry(newest)

    def _look(self) -> None:
        outage = Outage("journal.unreadable")
        while True:
            try:
                close_old_connections()
                self.look_once()
                self._trust(True)
                outage.back()
            except Exception as trouble:
                outage.away(trouble)
                self._trust(False)
                connection.close()
            if self._stop.wait(self.every):
                connection.close()
                return

    def _trust(self, trusted: bool) -> None:
        if trusted != self._trusted:
            self._trusted = trusted
            self.on_trust(trusted)
