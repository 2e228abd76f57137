"""Rows by their numbers, by SQL that is put together once: the ORM takes longer to write it than a database to answer.

Only for what always asks the same but for the numbers: neither a reader nor a moment must be in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

Rows = Callable[[str, Sequence[int]], QuerySet[Any, Any]]
"""A function of a module that returns, for a kind and numbers, the query (``values_list``) for those rows."""

_STEP: Final = 20
"""As many numbers are asked for as fill up so many, the last said again: so few queries are kept."""


class _Compiled(NamedTuple):
    sql: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    compiler: Any
    converters: Any


def rows_of(make: Rows, kind: str, numbers: Sequence[int]) -> list[Any]:
    """Return the rows of ``make`` with these numbers as tuples, in its own order if it has one; one query."""
    if not numbers:
        return []
    wanted = list(numbers)
    wanted += wanted[-1:] * (-len(wanted) % _STEP)
    made = _compiled(make, kind, len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(made.sql, (*made.before, *wanted, *made.after))
        rows = cursor.fetchall()
    return list(made.compiler.apply_converters(rows, made.converters)) if made.converters else rows


@lru_cache(maxsize=200)
def _compiled(make: Rows, kind: str, many: int) -> _Compiled:
    """Put the query together for so many numbers, with numbers in it that no row has, and see where they stand."""
    compiler = make(kind, range(-many, 0)).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    first = parameters.index(-many)
    if tuple(parameters[first : first + many]) != tuple(range(-many, 0)):
        raise LookupError(f"the numbers of {kind!r} do not stand together in {sql}")
    converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
    return _Compiled(sql, tuple(parameters[:first]), tuple(parameters[first + many :]), compiler, converters)
