"""A sheaf of rows: what nothing reads before the end is written together, many rows in one statement."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from prakai.journal.models import Entry
from prakai.journal.recording import record_all
from prakai.notes.models import OldAddress, Origin
from prakai.notes.models.origins import sealed


class Sheaf:
    """Rows and journal lines of notes that are being brought in, to be written in the same transaction.

    ``keys`` are all those that may come: which of them stand in the tables is read once, for all.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        asked = list(keys)
        stands = Origin.objects.filter(key__in=[*asked, *map(sealed, asked)]).values_list("key", flat=True)
        self.known = set(stands) if asked else set()
        self.waiting: set[str] = set()
        self._rows: dict[type[models.Model], list[models.Model]] = {}
        self._lines: list[Entry] = []

    def may_know(self, key: str) -> bool:
        """Return whether an origin of ``key`` stands; one that waits in the sheaf is written first."""
        if key in self.waiting:
            self.write()
        return key in self.known or sealed(key) in self.known

    def add(self, key: str, rows: Iterable[models.Model], line: Entry) -> None:
        """Take the rows of a new note of this origin, whose note is saved already, and the line that tells of it."""
        for row in rows:
            self._rows.setdefault(type(row), []).append(row)
        self._lines.append(line)
        self.waiting.add(key)

    def write(self) -> None:
        """Write what waits; the sheaf is empty then. Raises ``IntegrityError`` when somebody else was faster."""
        for model, rows in self._rows.items():
            model._default_manager.bulk_create(rows, ignore_conflicts=model is OldAddress)
        if self._lines:
            record_all(self._lines)
        self.known |= self.waiting
        self.waiting = set()
        self._rows, self._lines = {}, []
