"""One row that is at both places, column by column: here, there, and what both last agreed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from prakai.exchange.forum_days.bases import digests, is_as_came, is_as_kept
from prakai.exchange.forum_days.kinds import MOMENTS, QUIET, Kind, Row, columns_of
from prakai.exchange.forum_days.reading import Told
from prakai.exchange.forum_days.reports import Conflict, said
from prakai.exchange.forum_days.telling import Telling, called
from prakai.forums.models import Spark

EMPTY = (None, "")


@dataclass(slots=True)
class Compared:
    """A row with their word where it counts; ``changed`` columns are to be written, ``kept`` is what was heard."""

    row: Row
    changed: set[str] = field(default_factory=set)
    kept: dict[str, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    picture: str = ""

    def let_go_of_picture(self) -> None:
        """Take the file of a picture away that the row has no more, when all of it stands."""
        if self.picture:
            store = self.row.picture.storage
            transaction.on_commit(lambda: store.delete(self.picture))


def compare(
    telling: Telling,
    kind: Kind,
    told: Told,
    row: Row,
    values: dict[str, Any],
    base: dict[str, str],
    *,
    is_theirs: bool,
) -> Compared:
    """Put into ``row`` what changed there alone, and return that with what both have changed."""
    found = Compared(row)
    for column in columns_of(kind):
        name = column.name
        if name in kind.once or name == kind.own:
            continue
        here, there, old = telling.value(column, row), told.columns.get(name), getattr(row, column.attname)
        setattr(row, name, values[name])
        read = telling.value(column, row)
        takes = _takes(name, base.get(name), (here, there, read), is_theirs=is_theirs)
        if takes and here != read:
            found.changed.add(name)
        elif not takes:
            setattr(row, column.attname, old)
        if takes is None:
            found.conflicts.append(
                said(
                    kind,
                    told.name,
                    what=called(kind, telling.plain(kind, row)),
                    column=name,
                    here=here,
                    there=read,
                    heard=there,
                )
            )
            if name in base:
                found.kept[name] = base[name]
        else:
            found.kept[name] = digests(there, read)
    if found.changed and isinstance(row, Spark) and row.withdrawn_at is not None and row.picture.name:
        # Taken back there: the picture goes, too, as it does where a spark is taken back.
        found.picture = row.picture.name
        row.picture = ""
        found.changed.add("picture")
    return found


def _takes(name: str, kept: str | None, values: tuple[Any, Any, Any], *, is_theirs: bool) -> bool | None:
    """Return whether their word counts, or ``None`` for a conflict. ``values``: here, there, there in our words."""
    here, there, read = values
    if here == read:
        return True
    if name in QUIET:
        return here is None or (read is not None and read > here)
    if is_as_came(kept, there) or (there is not None and read is None):
        return False
    if name in MOMENTS and here is not None and read is not None:
        return False
    if kept is None and (here in EMPTY or read in EMPTY):
        # Both made this row, and one of them said nothing here.
        return here in EMPTY
    if is_as_kept(kept, here) or is_theirs:
        return True
    return None
