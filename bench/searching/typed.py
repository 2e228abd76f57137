"""Suggestions while somebody types: names that stand in the place, typed letter by letter."""

from __future__ import annotations

from collections.abc import Sequence

from bench.searching.collection import Document, sample
from bench.searching.engine import timed_words

NAMES = 60
"""Names that are typed, of each kind that there is."""
FEWEST, MOST = 1, 16
"""Letters after which suggestions are asked for: from the first on, until nobody goes on typing."""


def ask_while_typed(documents: Sequence[Document]) -> list[float]:
    """Ask for suggestions at every letter of some titles, people, units and tags; return the milliseconds of each."""
    from prakai.search.queries.suggesting import suggest

    names = [one.title for one in sample([one for one in documents if one.title], NAMES)] + _names()
    typed = [name[:length] for name in names for length in range(FEWEST, min(len(name), MOST) + 1)]
    # Asked once for nothing: a server is warm when somebody types.
    for words in sample(typed, NAMES):
        suggest(words, None)
    return timed_words(typed, lambda words: suggest(words, None))


def _names() -> list[str]:
    from prakai.notes.models import Tag
    from prakai.people.models import Person
    from prakai.units.models import Unit

    kinds = ((Unit, "name_th"), (Person, "given_th"), (Tag, "label"))
    rows = [table._default_manager.order_by("pk").values_list(name, flat=True) for table, name in kinds]
    return [str(name) for one in rows for name in sample(list(one), NAMES)]
