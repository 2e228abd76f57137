"""A forum's day on its way between two places: export, import, and the same import again, for a day of a given size.

``python -m bench.days [PEOPLE SPARKS]`` in an empty ``DATA_DIR`` that was set up prints one line as JSON. The laptop is
played in the same database: the forum and its people are removed, and the file founds them again.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

PEOPLE, SPARKS = 1000, 5000
STORIES, VOICES = 120, 800


def filled(people: int, sparks: int) -> Any:
    """Return a forum whose day was held by so many people, who threw so many sparks."""
    from django.utils import timezone

    from prakai.forums import models as tables
    from prakai.people.models import Person
    from prakai.units.models import Unit

    unit = Unit.objects.create(name_th="โรงพยาบาลดอยคำ", kind="office")
    Unit.objects.filter(pk=unit.pk).update(path=f"{unit.pk}.")
    by = Person.objects.create(given_th="มาลี", email=f"{uuid.uuid4()}@doikham.example")
    forum = tables.Forum.objects.create(unit=unit, title="เวทีคนหน้างาน", by=by, announced_at=timezone.now())
    tables.Role.objects.create(forum=forum, person=by, kind="coordinator")
    tables.Wall.objects.create(forum=forum, opened_at=timezone.now())
    seats = [
        tables.Participant(
            forum=forum, name=f"ผู้ร่วมเวที {n}", phone="081", unit=unit, arrived_at=timezone.now()
        )
        for n in range(people)
    ]
    for seat in seats:
        seat.put_in_order()
    tables.Participant.objects.bulk_create(seats)
    tables.Arrival.objects.bulk_create(tables.Arrival(participant=seat, by=by) for seat in seats)
    words = "วันนี้ได้ฟังพี่พยาบาลเล่าว่าโทรหาคนไข้ก่อนวันนัดหนึ่งวัน"
    thrown = tables.Spark.objects.bulk_create(
        tables.Spark(forum=forum, client_id=str(uuid.uuid4()), words=f"{words} {n}") for n in range(sparks)
    )
    tables.Echo.objects.bulk_create(tables.Echo(spark=spark, phone=uuid.uuid4().hex) for spark in thrown)
    tables.Story.objects.bulk_create(
        tables.Story(
            forum=forum, client_id=str(n), title=f"เรื่องที่ {n}", teller_name="ป้าคำ", what_we_did=words * 20
        )
        for n in range(min(STORIES, people))
    )
    review = tables.Review.objects.create(forum=forum, by=by)
    question = tables.Question.objects.create(review=review, kind="exceeded", position=1)
    voices = tables.Voice.objects.bulk_create(
        tables.Voice(review=review, number=n + 1, token_hash=uuid.uuid4().hex)
        for n in range(min(VOICES, people))
    )
    tables.Answer.objects.bulk_create(
        tables.Answer(question=question, voice=voice, client_id="1", words=words) for voice in voices
    )
    tables.Promise.objects.bulk_create(
        tables.Promise(review=review, voice=voice, client_id="1", words=words) for voice in voices
    )
    return forum


def _timed(work: Callable[[], Any]) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        work()
    return {"seconds": round(time.perf_counter() - began, 2), "queries": len(asked)}


def measure(people: int, sparks: int) -> dict[str, Any]:
    """Return seconds and queries of each way, the size of the file, and the most memory that was held."""
    from prakai.exchange.forum_days import bring_day, pack_day
    from prakai.forums.models import Forum
    from prakai.people.models import Person

    forum = filled(people, sparks)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.zip"
        told: dict[str, Any] = {"people": people, "sparks": sparks}
        told["export"] = _timed(lambda: pack_day(forum, path, by=None))
        told["mb"] = round(path.stat().st_size / 1e6, 2)
        Forum.objects.all().delete()
        Person.objects.all().delete()
        told["import"] = _timed(lambda: bring_day(path, by=None))
        told["again"] = _timed(lambda: bring_day(path, by=None))
    told["most_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


if __name__ == "__main__":
    django.setup()
    given = [int(word) for word in sys.argv[1:3]]
    print(json.dumps(measure(*given) if len(given) == 2 else measure(PEOPLE, SPARKS)))
