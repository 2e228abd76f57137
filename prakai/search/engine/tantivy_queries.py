"""Queries as Tantivy takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import tantivy
from tantivy import FieldType, Occur, Query

from prakai.search.engine.sought import GOES_ON, Narrowing, Strict, Term, Way
from prakai.search.engine.tantivy_index import BEGINS

Clause = tuple[Occur, Query]


class Phrasing:
    """Turns what is sought into Tantivy's queries over one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self.schema = schema

    def any_of(self, terms: Mapping[Term, float]) -> list[Clause]:
        """Return a clause for each term, with its weight; any of them may stand."""
        return [
            (Occur.Should, Query.boost_query(self._term(name, token), weight))
            for (name, token), weight in terms.items()
        ]

    def narrowed(self, narrowing: Narrowing) -> list[Clause]:
        """Return the clauses that keep to a narrowing; they add nothing to a score."""
        clauses: list[Clause] = []
        for name, values in narrowing.within:
            clauses.append((Occur.Must, self._silent(Query.term_set_query(self.schema, name, list(values)))))
        for name, values in narrowing.without:
            if values:
                clauses.append((Occur.MustNot, Query.term_set_query(self.schema, name, list(values))))
        if narrowing.after is not None or narrowing.before is not None:
            days = Query.range_query(
                self.schema,
                "at",
                FieldType.Integer,
                narrowing.after,
                narrowing.before,
                include_upper=narrowing.before is None,
            )
            clauses.append((Occur.Must, self._silent(days)))
        return clauses

    def strictly(self, strict: Strict) -> list[Clause]:
        """Return the clauses of what must and must not stand; they add nothing to a score."""
        clauses = [
            (Occur.Must, self._silent(self._one_way(ways)))
            for ways in strict.must
            if any(way for way in ways)
        ]
        return clauses + [(Occur.MustNot, self._together(way)) for way in strict.must_not if way]

    def whole(self, *parts: Iterable[Clause]) -> Query:
        """Return one query of all clauses; only negative ones are asked of everything."""
        clauses = [clause for part in parts for clause in part]
        if not any(occur in (Occur.Must, Occur.Should) for occur, _ in clauses):
            clauses.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(clauses)

    def _term(self, name: str, token: str) -> Query:
        if token.endswith(GOES_ON):
            beginning = token[: -len(GOES_ON)]
            return Query.fuzzy_term_query(self.schema, name, beginning, distance=0, prefix=True)
        if name == BEGINS:
            return Query.const_score_query(Query.term_query(self.schema, name, token, "basic"), 1.0)
        return Query.term_query(self.schema, name, token, "freq")

    def _one_way(self, ways: Iterable[Way]) -> Query:
        queries = [self._together(way) for way in ways if way]
        return (
            queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, one) for one in queries])
        )

    def _together(self, way: Way) -> Query:
        queries = [self._term(name, token) for name, token in way]
        return (
            queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, one) for one in queries])
        )

    @staticmethod
    def _silent(query: Query) -> Query:
        return Query.const_score_query(query, 0.0)


def required(clauses: list[Clause]) -> list[Clause]:
    """Return one clause by which at least one of ``clauses`` must stand, also beside others that must."""
    return [(Occur.Must, Query.boolean_query(clauses))] if clauses else []
