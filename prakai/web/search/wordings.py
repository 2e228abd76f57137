"""How the page of search calls kinds, facets and orders, and the examples that its help gives."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: Final[dict[str, str | Promise]] = {
    "note": pgettext_lazy("found kind", "Note"),
    "comment": pgettext_lazy("found kind", "Comment"),
    "forum": pgettext_lazy("found kind", "Forum"),
    "story": pgettext_lazy("found kind", "Story told at a forum"),
    "spark": pgettext_lazy("found kind", "Spark"),
    "person": pgettext_lazy("found kind", "Person"),
    "unit": pgettext_lazy("found kind", "Unit"),
    "network": pgettext_lazy("found kind", "Network"),
    "tag": pgettext_lazy("found kind", "Tag"),
}
FACETS: Final[dict[str, str | Promise]] = {
    "kind": pgettext_lazy("facet", "What it is"),
    "unit": pgettext_lazy("facet", "Unit"),
    "province": pgettext_lazy("facet", "Province"),
    "tag": pgettext_lazy("facet", "Tag"),
    "year": pgettext_lazy("facet", "Year"),
    "network": pgettext_lazy("facet", "Network"),
}
SORTS: Final[dict[str, str | Promise]] = {
    "best": pgettext_lazy("order of results", "Best first"),
    "newest": pgettext_lazy("order of results", "Newest first"),
    "oldest": pgettext_lazy("order of results", "Oldest first"),
}
OPERATORS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ('"น้ำใต้ถุน"', pgettext_lazy("help on operators", "these words as they stand, next to one another")),
    ("น้ำ -ประปา", pgettext_lazy("help on operators", "without the word after the minus")),
    ("tag:น้ำ", pgettext_lazy("help on operators", "carries this tag")),
    ("unit:สสจ.น่าน", pgettext_lazy("help on operators", "from this unit, also by its abbreviation")),
    ("by:มาลี", pgettext_lazy("help on operators", "told by somebody of this name")),
    ("after:2550", pgettext_lazy("help on operators", "from this year on, of either era; a day works, too")),
    ("before:2560", pgettext_lazy("help on operators", "earlier than this year or day")),
)


def kind_word(kind: str) -> str:
    """Return how one thing of a kind is called."""
    return str(KINDS.get(kind, kind))
