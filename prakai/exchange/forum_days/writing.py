"""Writing many rows at once; what the database does not allow beside others is found and left out, one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction

from prakai.exchange.forum_days.kinds import Row
from prakai.forums.models import Forum, Participant

AT_ONCE = 500


def insert(rows: Sequence[Row]) -> list[Row]:
    """Write new rows of one table, and return those that cannot stand beside what is there."""
    if not rows:
        return []
    for row in rows:
        _keep_true(row)
    try:
        with transaction.atomic():
            type(rows[0])._default_manager.bulk_create(rows, batch_size=AT_ONCE)
    except IntegrityError:
        for row in rows:
            row.pk = None
        half = len(rows) // 2
        return list(rows) if len(rows) == 1 else insert(rows[:half]) + insert(rows[half:])
    return []


def update(rows: Sequence[Row], columns: Collection[str]) -> list[Row]:
    """Write these columns of rows of one table, and return the rows that cannot stand so."""
    if not rows or not columns:
        return []
    wanted = {*columns, *(("folded", "order_key") if isinstance(rows[0], Participant) else ())}
    wanted |= {"slug"} if isinstance(rows[0], Forum) else set()
    for row in rows:
        _keep_true(row)
    try:
        with transaction.atomic():
            type(rows[0])._default_manager.bulk_update(rows, sorted(wanted), batch_size=AT_ONCE)
    except IntegrityError:
        half = len(rows) // 2
        if len(rows) == 1:
            return list(rows)
        failed = update(rows[:half], columns) + update(rows[half:], columns)
        # What stood in the way may have moved meanwhile.
        return (
            failed if len(failed) == len(rows) else [row for one in failed for row in update([one], columns)]
        )
    return []


def _keep_true(row: Row) -> None:
    """What ``save`` of a row works out; nothing else is called for rows in bulk."""
    if isinstance(row, Participant | Forum):
        row.put_in_order()
