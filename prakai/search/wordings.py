"""Other wordings of what is asked: abbreviations and full names, synonyms, as the stewards' list has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from prakai.search.analysis import form_of, letters_of, loose
from prakai.search.queries.equivalents import equivalents, gated_forms, key_of
from prakai.search.question import Wordings

MOST_OTHERS = 6


_kept: tuple[object, Wordings] | None = None


def wordings() -> Wordings:
    """Return the other wordings of each wording that may be put in its place."""
    global _kept
    groups = equivalents()
    known = _kept
    if known is None or known[0] is not groups:
        known = _kept = groups, wordings_of(groups, gated_forms())
    return known[1]


def wordings_of(groups: tuple[tuple[str, ...], ...], gated: frozenset[str]) -> Wordings:
    """Return the other wordings that these groups of forms give; ``gated`` are the keys of forms to be meant so."""
    sure: dict[str, list[str]] = defaultdict(list)
    doors: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        keys = {form: _key(form) for form in group}
        for form, key in keys.items():
            # What is short or means several things is found from its full form; the other way round only if meant.
            into = doors if key_of(form) in gated else sure
            if key:
                into[key] += [other for other in keys.values() if other and other != key]
    return Wordings(*({key: tuple(_few(others)) for key, others in found.items()} for found in (sure, doors)))


def _few(others: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(others))[:MOST_OTHERS]


def _key(form: str) -> str:
    return loose(letters_of(form_of(form)))
