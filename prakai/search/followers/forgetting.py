"""Who left looks for nothing any more."""

from __future__ import annotations

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.search.models import SavedSearch


@follow("search.erasure", "person.erased")
def forget_searches(entry: Entry) -> None:
    """Remove the saved searches of a person who left, and with them their feeds."""
    SavedSearch.objects.filter(person=entry.thing_id).delete()
