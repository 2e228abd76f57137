"""In which order the rows of a table are looked at: a unit before those that stand under it, wherever they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from prakai.exchange.units_csv.reading import Row
from prakai.units.matching import NameIndex
from prakai.units.wordings import name_key, short_key

_NO_ROWS: Final[tuple[Row, ...]] = ()


class Order:
    """The rows of a table by the names that they bring."""

    def __init__(self, rows: list[Row], here: NameIndex) -> None:
        self.rows, self.here = rows, here
        self._called: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            for key in _keys_of(row):
                self._called[key].append(row)
        self.rings: dict[int, list[int]] = {}

    def above(self, row: Row) -> list[Row]:
        """Return the rows that may bring the unit under which ``row`` stands; none when it is here already."""
        written = row.cells.get("parent", "")
        if not written or self.here.exact(written):
            return []
        keys = dict.fromkeys((name_key(written), short_key(written)))
        found = {row.line: row for key in keys for row in self._called.get(key, _NO_ROWS)}
        return [found[line] for line in sorted(found) if line != row.line]

    def parents_first(self) -> Iterator[Row]:
        """Yield every row once. A row that closes a ring comes too; ``rings`` has the lines of its ring."""
        done: set[int] = set()
        for row in self.rows:
            path: dict[int, Row] = {}
            waiting = [row]
            while waiting:
                now = waiting[-1]
                if now.line in done:
                    waiting.pop()
                    continue
                missing = [above for above in self.above(now) if above.line not in done]
                if ring := [above.line for above in missing if above.line in path and now.line != above.line]:
                    lines = list(path)
                    self.rings[now.line] = sorted({*lines[lines.index(ring[0]) :], now.line})
                elif missing and now.line not in path:
                    path[now.line] = now
                    waiting += reversed(missing)
                    continue
                done.add(now.line)
                path.pop(now.line, None)
                waiting.pop()
                yield now


def _keys_of(row: Row) -> set[str]:
    """The keys by which other rows may call the unit of this one."""
    cells = row.cells
    names = {name_key(cells.get("name_th", "")), name_key(cells.get("name_en", ""))}
    shorts = {short_key(short) for short in cells.get("abbreviations", "").replace("\n", ";").split(";")}
    return (names | shorts) - {""}
