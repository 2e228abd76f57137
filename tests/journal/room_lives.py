"""The rooms' own followers, killed many times: run by ``test_killed.py`` as a program of its own.

    python -m tests.journal.room_lives KILLS SEED

Each life speaks, thanks, merges units and asks to join while every follower of the product runs, until SIGKILL. What
must stand in the end is counted from the journal: a notice for each comment and appreciation, one appointment carried
on for each merger, one letter wanted for each who asks.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from typing import Any

import django


def prepare() -> None:
    from django.core.management import call_command

    from tests.factories.people import make_person
    from tests.factories.talk import make_conversation

    call_command("migrate", verbosity=0)
    make_person("เอื้อ", email="steward@t.example", steward=True)
    make_conversation(hosts=[make_person("มาลี", email="malee@t.example")])
    make_person("สมชาย", email="somchai@t.example")


def act(chance: random.Random, life: str, turn: int) -> None:
    """Do one thing through an action, as a door would."""
    from django.utils import timezone

    from prakai.people.actions import join
    from prakai.people.models import Person
    from prakai.talk.actions import appreciate, make_comment
    from prakai.talk.models import Conversation
    from prakai.units.actions import merge_units
    from tests.factories.people import make_appointment
    from tests.factories.units import make_unit

    somchai = Person.objects.get(email="somchai@t.example")
    talk = Conversation.objects.get()
    kind = chance.choice(["say", "say", "thank", "merge", "ask"])
    if kind == "say":
        make_comment(talk, body="ขอบคุณที่เล่า", by=somchai)
    elif kind == "thank":
        appreciate(conversation=talk, by=somchai, saw=f"เห็น{life}{turn}", effect="ดีขึ้น")
    elif kind == "merge":
        earlier, later = make_unit(f"หน่วย{life}{turn}ก"), make_unit(f"หน่วย{life}{turn}ข")
        make_appointment(somchai, earlier)
        merge_units(earlier, later, by=Person.objects.get(email="steward@t.example"), on=timezone.localdate())
    else:
        person = Person(email=f"{life}-{turn}@t.example", given_th="ใหม่", family_th="มา")
        person.set_unusable_password()
        join(person, by=None, mode="approval")


def live(seed: int, begun: int) -> None:
    from prakai.journal.following import run
    from prakai.kernel.bus import the_bus

    chance = random.Random(seed)
    wake = threading.Event()
    the_bus().listen("journal", lambda word: wake.set())
    threading.Thread(target=run, args=(threading.Event(), wake), kwargs={"every": 0.01}, daemon=True).start()
    act(chance, str(seed), 0)
    os.write(begun, b"1")
    for turn in range(1, 10_000):
        act(chance, str(seed), turn)


def found() -> dict[str, Any]:
    from django_tasks_db.models import DBTaskResult

    from prakai.journal.following import lag
    from prakai.journal.models import Entry, Setback
    from prakai.people.models import Appointment
    from prakai.talk.models import Notice

    def entries(*verbs: str) -> list[int]:
        return list(Entry.objects.filter(verb__in=verbs).order_by("pk").values_list("pk", flat=True))

    host = Notice.objects.filter(person__email="malee@t.example").order_by("entry_id", "pk")
    letters = sorted(row.args_kwargs["args"][2] for row in DBTaskResult.objects.all())
    carried = Entry.objects.filter(verb="appointment.carried_on").order_by("pk")
    into = [entry.facts["into"] for entry in Entry.objects.filter(verb="unit.merged").order_by("pk")]
    return {
        "told_of": entries("comment.made", "appreciation.given"),
        "notices": list(host.values_list("entry_id", flat=True)),
        "merged_into": sorted(into),
        "carried_into": sorted(entry.facts["unit"] for entry in carried),
        "works_in": sorted(Appointment.objects.filter(unit__in=into).values_list("unit", flat=True)),
        "asked": sorted(f"entry-{pk}" for pk in entries("person.asked")),
        "letters": letters,
        "setbacks": Setback.objects.count(),
        "behind": sum(lag().values()),
    }


def main(kills: int, seed: int) -> None:
    django.setup()
    from django.db import connection

    from prakai.journal.following import catch_up_all

    prepare()
    connection.close()
    chance = random.Random(seed)
    for number in range(kills):
        hears, begun = os.pipe()
        child = os.fork()
        if child == 0:
            live(seed * 1000 + number, begun)
        os.read(hears, 1)
        os.close(hears)
        os.close(begun)
        time.sleep(chance.random() * 0.3)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    catch_up_all()
    catch_up_all()
    print(json.dumps(found()))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
