"""Words that mean the same: the list that comes with the platform, and what stewards have added to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.db.models import Count, Max

from prakai.journal.models import Entry
from prakai.journal.newest import latest
from prakai.search.models import Equivalents
from prakai.thai.folding import fold

GATE: Final = "~"
"""Before a form that is short or also means other things (ม., นม.): see ``gated_forms``."""

LIST: Final = Path(__file__).resolve().parent.parent / "equivalents.txt"
Group = tuple[str, ...]
_DOT: Final = re.compile(r"\.\s*")


@dataclass(frozen=True, slots=True)
class Kept:
    """The whole list as it was when the journal had come so far, and so far about the list itself (``mark``)."""

    journal: Any
    mark: Any
    groups: tuple[Group, ...]
    gated: frozenset[str]


_kept: Kept | None = None


def equivalents() -> tuple[Group, ...]:
    """Return each group of forms that mean the same, as written, without marks; one step in the journal.

    It is read anew after every journal entry about it, in every process. The same list is the same object.
    """
    return _list().groups


def gated_forms() -> frozenset[str]:
    """Return the keys (``key_of``) of forms that are short or ambiguous: นม is Nakhon Ratchasima, and milk.

    They stand for their group only where a query shows that they are meant so: by a dot, or as all that was asked.
    """
    return _list().gated


def key_of(form: str) -> str:
    """Return what makes two forms one: กพร. = ก.พ.ร. = กพร, and no mark of the list."""
    return fold(_DOT.sub("", form.lstrip(f"{GATE} ")))


@lru_cache(maxsize=1)
def built_in() -> tuple[Group, ...]:
    """Return the lines of the list that comes with the platform, marks included."""
    lines = (line.strip() for line in LIST.read_text("utf-8").splitlines())
    return tuple(
        tuple(form.strip() for form in line.split("|")) for line in lines if line and not line.startswith("#")
    )


def headed() -> tuple[tuple[str, tuple[Group, ...]], ...]:
    """Return the built-in list as it is read through: under each heading (``## …`` in the file) its lines."""
    parts: list[tuple[str, list[Group]]] = []
    for line in LIST.read_text("utf-8").splitlines():
        if line.startswith("## "):
            parts.append((line[3:].strip(), []))
        elif line.strip() and not line.startswith("#"):
            parts[-1][1].append(tuple(form.strip() for form in line.split("|")))
    return tuple((heading, tuple(lines)) for heading, lines in parts)


def written_lines() -> tuple[list[Equivalents], list[Equivalents]]:
    """Return what stewards wrote, newest first: the lines that stand, and those that were struck out; one query."""
    rows = list(Equivalents.objects.select_related("by", "struck_by").order_by("-at", "-pk"))
    return [row for row in rows if row.struck_at is None], [row for row in rows if row.struck_at is not None]


def _list() -> Kept:
    global _kept
    journal = latest()
    known = _kept
    if known is not None and known.journal == journal:
        return known
    mark = _mark()
    if known is None or known.mark != mark:
        lines = [*built_in(), *(line.forms for line in Equivalents.objects.standing().order_by("pk"))]
        groups = tuple(tuple(form.lstrip(f"{GATE} ") for form in line) for line in lines)
        gated = frozenset(key_of(form) for line in lines for form in line if form.startswith(GATE))
        known = Kept(journal, mark, groups, gated)
    else:
        known = replace(known, journal=journal)
    _kept = known
    return known


def _mark() -> tuple[Any, ...]:
    """How far the journal has come about the list: few lines, found by their kind alone, however long the journal."""
    about = Entry.objects.filter(thing_kind=Equivalents._meta.label_lower)
    return tuple(about.aggregate(Count("pk"), Max("pk"), Max("at")).values())
