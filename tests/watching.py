"""Watching what a database does for each statement: by its plan and by counted work, never by the clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_CALLED = re.compile(r'"(\w+)" "?([TUVWXYZ]\d+)"?')
"""A table under another name, as subqueries call it."""
_BY_KEY = re.compile(r'SELECT (?!.* WHERE ).* ORDER BY (?:"\w+"\.)?"?id"?(?: ASC| DESC)? LIMIT \d+')
"""The first or last few rows of a table, which are read in the order of its key."""


class Watched:
    """Every SELECT of a read, with what the engine says that it does for it, and how much work it was.

    ``wrong`` tells of plans that read the whole of a table that grows. Work is counted, not timed: steps of SQLite's
    machine, pages that PostgreSQL touched.
    """

    def __init__(self, growing: re.Pattern[str]) -> None:
        self.growing = growing
        self.work = 0
        self.count = 0
        self.wrong: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            self.count += 1
            look = self._sqlite if connection.vendor == "sqlite" else self._postgresql
            look(sql, params)
        return execute(sql, params, many, context)

    def _sqlite(self, sql: str, params: Any) -> None:
        raw = connection.connection
        asked = (sql.replace("%s", "?"), params or ())
        tables = {alias: table for table, alias in _CALLED.findall(sql)}
        for *_, step in raw.execute("EXPLAIN QUERY PLAN " + asked[0], asked[1]).fetchall():
            scanned = re.match(r"SCAN (\S+)", step)
            if scanned and "USING" not in step and not _BY_KEY.fullmatch(sql):
                name = tables.get(scanned[1], scanned[1])
                if self.growing.fullmatch(name):
                    self.wrong.append(f"{step} ({name}): {sql[:2000]}")
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        raw.set_progress_handler(count, 50)
        raw.execute(*asked).fetchall()
        raw.set_progress_handler(None, 0)
        self.work += steps * 50

    def _postgresql(self, sql: str, params: Any) -> None:
        with connection.cursor() as cursor:
            cursor.cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql, params)
            [plan] = cursor.cursor.fetchone()[0]
        self.work += plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
        for node in _nodes(plan["Plan"]):
            name = node.get("Relation Name", "")
            if node["Node Type"] == "Seq Scan" and self.growing.fullmatch(name):
                self.wrong.append(f"Seq Scan of {name}: {sql[:2000]}")
            if node["Node Type"] == "Sort" and node["Plans"][0]["Actual Rows"] > 1000:
                self.wrong.append(f"Sort of {node['Plans'][0]['Actual Rows']} rows: {sql[:2000]}")


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)


@contextmanager
def watching(growing: re.Pattern[str]) -> Iterator[Watched]:
    """Watch all that this connection is asked until the block ends."""
    watched = Watched(growing)
    with connection.execute_wrapper(watched):
        yield watched


def grown(few: dict[str, int], many: dict[str, int], *, pages: int = 400) -> dict[str, tuple[int, int]]:
    """Return the work of the reads that cost more where there are many rows, under their names: (few, many).

    A deeper tree of pages costs a step more; a read of the whole table would cost a hundred times more. PostgreSQL may
    read a small table at once where it looks up ``pages`` in a large one.
    """
    allowance = 4_000 if connection.vendor == "sqlite" else pages
    return {name: (few[name], many[name]) for name in few if many[name] > few[name] * 1.5 + allowance}
