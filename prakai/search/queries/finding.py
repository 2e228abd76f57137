"""Finding: a query, a reader, and what she may see of what answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prakai.people.models import Person
from prakai.search.asking import read_asked
from prakai.search.queries.answers import PAGE_SIZE, SORTS, Found, Suggestion
from prakai.search.queries.by_name import find_by_name


def find(
    text: str,
    reader: Person | None,
    *,
    chosen: Mapping[str, Sequence[str]] | None = None,
    sort: str = "best",
    page: int = 1,
    size: int = PAGE_SIZE,
    facets: bool = True,
) -> Found:
    """Return a page of what ``reader`` may see and what answers ``text``, narrowed by ``chosen`` values of facets."""
    asked = read_asked(text)
    hits = find_by_name(asked.words, reader)
    kept = [hit for hit in hits if not (chosen or {}).get("kind") or hit.kind in (chosen or {})["kind"]]
    pages = max(1, -(-len(kept) // size))
    page = min(max(1, page), pages)
    return Found(
        asked=asked,
        hits=kept[(page - 1) * size : page * size],
        total=len(kept),
        page=page,
        pages=pages,
        sort=sort if sort in SORTS else SORTS[0],
        rebuilding=True,
    )


def suggest(text: str, reader: Person | None, *, most: int = 8) -> list[Suggestion]:
    """Return things whose name begins or goes on as ``text``, for a list that opens while somebody types."""
    hits = find_by_name(text, reader)[:most]
    return [Suggestion(hit.kind, "".join(piece.text for piece in hit.title), hit.address) for hit in hits]
