"""Rows that both places had and that are gone there: they go here, too, unless somebody went on with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CASCADE

from prakai.exchange.forum_days.bases import is_as_kept
from prakai.exchange.forum_days.kinds import QUIET, Kind, Row
from prakai.exchange.forum_days.reports import said
from prakai.exchange.forum_days.telling import called

if TYPE_CHECKING:
    from prakai.exchange.forum_days.merging import Merge


def let_go(merge: Merge, kind: Kind) -> None:
    """Remove rows that are here as they were and bear nothing; show the others."""
    told = {row.name for row in merge.opened.rows[kind.key]}
    gone: dict[str, Row] = {}
    for name in merge.bases.rows(kind.key):
        row = merge.telling.row(kind, name)
        if name not in told and row is not None and row.pk not in merge.met[kind.key]:
            gone[name] = row
    if not gone:
        return
    bearing = bearing_of(kind, {row.pk for row in gone.values()})
    going = []
    for name, row in gone.items():
        base, here = merge.bases.of(kind.key, name), merge.telling.plain(kind, row)
        is_as_it_was = all(
            is_as_kept(base.get(c), v) for c, v in here.items() if c in base and c not in QUIET | kind.once
        )
        if row.pk not in bearing and (is_as_it_was or merge.is_theirs(kind)):
            going.append(row.pk)
        else:
            merge.report.conflicts.append(said(kind, name, what=called(kind, here), here="✓"))
            merge.state.setdefault(kind.key, {})[name] = base
    if going:
        kind.model._default_manager.filter(pk__in=going).delete()
        merge.report.removed[kind.key] += len(going)


def bearing_of(kind: Kind, numbers: set[int]) -> set[int]:
    """Return those rows with which other rows would go: one question for each table that hangs on this one."""
    found: set[int] = set()
    for relation in kind.model._meta.related_objects:
        if relation.on_delete is CASCADE:
            field = relation.field.attname
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": numbers})
            found |= set(rows.values_list(field, flat=True))
    return found
