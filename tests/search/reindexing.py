"""A place whose index is made in several ways: run by ``test_reindexing.py`` as a program of its own.

    python -m tests.search.reindexing fill | alone | helped | killed

``alone`` makes the index in one process, ``helped`` with helping ones; both print as JSON what the index holds, and how
far the making was when they began. ``killed`` begins as ``helped`` does and is killed with SIGKILL in the middle.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

NOTES = 60
COMMIT_EVERY = 20


def stand() -> None:
    """Let this process stand on rows that no setting names, where that is easy: helping ones must follow it there."""
    django.setup()
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = Path(settings.DATA_DIR) / "elsewhere.sqlite3"


def fill() -> None:
    """Write notes by two people, with tags, co-authors and a unit, and a draft among them."""
    from django.core.management import call_command
    from django.utils import timezone

    from tests.factories.notes import make_note
    from tests.factories.people import make_person
    from tests.factories.units import make_unit

    call_command("migrate", verbosity=0)
    unit = make_unit("ห้องยา")
    both = make_person(unit=unit), make_person("สมชาย", "ศรีสุข", email="s@x.example")
    now = timezone.now()
    for number in range(NOTES):
        author, other = both[number % 2], both[1 - number % 2]
        make_note(
            author,
            f"ใบที่ {number}",
            at=now - timedelta(days=NOTES - number),
            publish=number % 10 != 9,
            tags=["ร้านยา", f"ป้าย {number % 3}"][: number % 3],
            coauthors=[other] if number % 4 == 0 else [],
            unit=unit if number % 6 == 0 else None,
        )


def held() -> dict[str, Any]:
    """Return all that the live index holds and counts by."""
    from prakai.search.engine import the_engine
    from prakai.search.engine.sought import Narrowing, Strict

    engine = the_engine()
    all_of_it = engine.in_order(Strict(), Narrowing(), newest=True, offset=0, most=1000)
    facets = ["kind", "unit", "tag", "year"]
    total, counts = engine.counted(Strict(), Narrowing(), facets)
    terms = [("words", "ยา"), ("grams", "ใบที"), ("title_words", "ใบ"), ("grams", "มชา")]
    return {
        "size": total,
        "documents": sorted([one.key, one.at, one.head, one.letters] for one in all_of_it),
        "counts": {name: sorted(found) for name, found in counts.items()},
        "terms": list(engine.document_frequencies(terms).values()),
    }


def make(*, helped: bool, killed: bool = False) -> dict[str, Any]:
    """Make the index; with two helping processes and in small batches where ``helped``."""
    from prakai.search import keeping, sources
    from prakai.search.engine import making, tantivy_side

    begun: list[dict[str, int]] = []

    def rows(done: Any) -> Any:
        begun.append(dict(done))
        return sources.all_documents(done)

    def told(made: int) -> None:
        if killed and made > COMMIT_EVERY * 1.5:
            os.kill(os.getpid(), signal.SIGKILL)

    keeping.all_documents = rows
    tantivy_side._helpers = lambda: 2 if helped else 1
    if helped:
        sources.BATCH, making.ALONE_UP_TO, making.COMMIT_EVERY = 7, 0, COMMIT_EVERY  # type: ignore[misc]
    keeping.rebuild(told)
    return {"begun": begun, **held()}


if __name__ == "__main__":
    stand()
    if sys.argv[1] == "fill":
        fill()
    else:
        print(json.dumps(make(helped=sys.argv[1] != "alone", killed=sys.argv[1] == "killed")))
