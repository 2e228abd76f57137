"""Writing the journal: the last line of every action, in the action's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.kernel.actors import Actor
from prakai.kernel.bus import the_bus

# Any constant will do, as long as nobody else on the database uses it: "prakai" in ASCII, cut to 32 bits.
ORDER_LOCK = 0x70726B61


def record(
    verb: str, thing: models.Model, *, by: Actor | None, at: datetime | None = None, **facts: Any
) -> Entry:
    """Write that ``by`` did ``verb`` (``noun.past``) to ``thing`` and return the entry.

    Must run inside a transaction, so that the line and the rows it speaks of are committed together; raises
    ``RuntimeError`` otherwise. On PostgreSQL a lock held until commit makes ids rise in the order of commits, which
    is what lets a follower keep a single number as its cursor; SQLite has one writer and needs none.
    """
    [entry] = record_all([line_of(verb, thing, by=by, at=at, **facts)])
    return entry


def line_of(
    verb: str, thing: models.Model, *, by: Actor | None, at: datetime | None = None, **facts: Any
) -> Entry:
    """Return the line that ``record`` would write, unwritten: for actions that write many at once."""
    return Entry(
        verb=verb,
        thing_kind=thing._meta.label_lower,
        thing_id=thing.pk,
        by_id=by.pk if by is not None else None,
        by_name=by.display_name if by is not None else "",
        at=at or timezone.now(),
        facts=facts,
    )


def record_all(lines: Sequence[Entry]) -> Sequence[Entry]:
    """Write ``lines`` in their order, as ``record`` does one, and return them with their ids."""
    if not connection.in_atomic_block:
        told = ", ".join(sorted({line.verb for line in lines}))
        raise RuntimeError(f"record({told}) outside a transaction: wrap the action in @transaction.atomic")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ORDER_LOCK])
    if len(lines) == 1:
        lines[0].save(force_insert=True)
    else:
        Entry.objects.bulk_create(lines)
    newest = lines[-1]
    transaction.on_commit(lambda: the_bus().say("journal", str(newest.pk)))
    return lines
