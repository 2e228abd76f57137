"""The index hears of what was published, changed, withdrawn or said."""

from __future__ import annotations

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.search.engine import the_engine
from prakai.search.keeping import HEARD, carry_over


@follow("search.indexing", *sorted(HEARD))
def index_what_changed(entry: Entry) -> None:
    """Carry over this entry and all others that wait, in one go; nothing to do when an earlier one already has.

    Without an index there is nothing to keep true: it is made from the rows (``keep_whole``).
    """
    engine = the_engine()
    if engine.exists() and engine.position() < entry.pk:
        carry_over()
