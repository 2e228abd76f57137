"""A journal with two followers, killed many times: run by ``test_killed.py`` as a program of its own.

    python -m tests.journal.lives KILLS SEED

One process sets Django up, then forks a life again and again and kills it with SIGKILL at a random moment. Each life
writes entries and follows them at the same time. The last life is let to its end. Prints what was found as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from types import SimpleNamespace
from typing import Any

import django

TABLES = ("spoken", "done_words", "done_deeds")
VERBS = {"done_words": ("test.said",), "done_deeds": ("test.said", "test.done")}


def prepare() -> None:
    """Make the journal's tables, and one table for what was said and for the work of each follower."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", "journal", verbosity=0)
    with connection.cursor() as cursor:
        for table in TABLES:
            # No unique key: a follower that works twice is to be found out.
            cursor.execute(f"CREATE TABLE {table} (entry_id bigint NOT NULL, verb text NOT NULL)")


def write(table: str, entry: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} VALUES (%s, %s)", [entry.pk, entry.verb])


def register(chance: random.Random) -> None:
    """Register both followers; each dawdles around its work, so that a kill often comes in the middle."""
    from prakai.journal.following import follow

    def following(table: str) -> Any:
        def react(entry: Any) -> None:
            time.sleep(chance.random() * 0.002)
            write(table, entry)
            time.sleep(chance.random() * 0.002)

        return react

    for table, verbs in VERBS.items():
        follow(f"test.{table}", *verbs)(following(table))


class Backward(Exception):
    """A transaction that thinks better of it."""


def speak(chance: random.Random) -> None:
    """Commit one entry together with a row of its own; one time in six take both back."""
    from django.db import transaction

    from prakai.journal.recording import record

    try:
        with transaction.atomic():
            entry = record(chance.choice(["test.said", "test.done", "test.other"]), Thing, by=None)
            write("spoken", entry)
            if chance.random() < 1 / 6:
                raise Backward
    except Backward:
        pass


# Something that happens: the journal needs its kind and its number.
Thing: Any = SimpleNamespace(pk=1, _meta=SimpleNamespace(label_lower="test.thing"))


def live(seed: int, begun: int) -> None:
    """Write and follow until killed; say through the pipe ``begun`` when the first entry is committed."""
    from prakai.journal.following import run
    from prakai.kernel.bus import the_bus

    chance = random.Random(seed)
    register(chance)
    wake = threading.Event()
    the_bus().listen("journal", lambda word: wake.set())
    threading.Thread(target=run, args=(threading.Event(), wake), kwargs={"every": 0.01}, daemon=True).start()
    speak(chance)
    os.write(begun, b"1")
    while True:
        speak(chance)
        time.sleep(chance.random() * 0.003)


def found() -> dict[str, Any]:
    from django.db import connection

    answer: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT entry_id, verb FROM {table} ORDER BY entry_id")
            answer[table] = [list(row) for row in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM journal_entry")
        answer["entries"] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM journal_setback")
        answer["setbacks"] = cursor.fetchone()[0]
    connection.close()
    return answer


def main(kills: int, seed: int) -> None:
    django.setup()
    from django.db import connection

    from prakai.journal.following import catch_up_all, lag

    prepare()
    connection.close()
    chance = random.Random(seed)
    behind: list[int] = []
    for number in range(kills):
        hears, begun = os.pipe()
        child = os.fork()
        if child == 0:
            live(seed * 1000 + number, begun)
        os.read(hears, 1)
        os.close(hears)
        os.close(begun)
        time.sleep(chance.random() * 0.1)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        behind.append(found()["entries"])
    register(chance)
    waiting = sum(lag().values())
    catch_up_all()
    print(json.dumps({**found(), "grew": behind, "waiting_at_the_end": waiting}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
