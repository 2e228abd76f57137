"""How long the harvest of a large day takes to become a report: the page's reading, PDF, Word and Excel, certificates.

``python -m bench.harvest [PEOPLE SPARKS]`` in an empty ``DATA_DIR`` that was set up prints one line as JSON: seconds
for each, in Thai and in English, from reading the rows to the finished file.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

import django

from bench.days import filled

PEOPLE, SPARKS, ANSWERS = 300, 1000, 800
NUGGETS, CORES, PATTERNS = 240, 12, 24
SHORT = "เวลาในวงเล็กยังน้อยไป คนท้ายวงเล่าไม่จบ อยากให้ลดจำนวนวงลง"


def _harvested(people: int, sparks: int) -> Any:
    """Fill a day, then reveal answers, put them into patterns, and mark nuggets under cores."""
    from django.utils import timezone

    from prakai.forums import models as tables

    forum = filled(people, sparks)
    forum.participants.update(seated_at=timezone.now())
    cores = tables.Core.objects.bulk_create(
        tables.Core(forum=forum, title=f"แก่นที่ {n}", position=n) for n in range(CORES)
    )
    told = list(tables.Story.objects.filter(forum=forum))
    tables.Story.objects.filter(forum=forum).update(allows_quotes=True)
    tables.Nugget.objects.bulk_create(
        tables.Nugget(
            story=story, core=core, part="what_we_did", start=n * 60, end=n * 60 + 57,
            verbatim=story.what_we_did[n * 60 : n * 60 + 57],
        )
        for n, (story, core) in zip(
            (n // max(1, len(told)) for n in range(NUGGETS)), zip(cycle(told), cycle(cores), strict=False),
            strict=False,
        )
    )  # fmt: skip
    review, voices = forum.review, list(forum.review.voices.all())
    for kind, position in (("fell_short", 2), ("change", 3)):
        question = tables.Question.objects.create(review=review, kind=kind, position=position)
        patterns = tables.Pattern.objects.bulk_create(
            tables.Pattern(review=review, kind=kind, title=f"เรื่องที่ {n}", position=n) for n in range(PATTERNS)
        )
        more = (ANSWERS - len(voices)) // 2
        tables.Answer.objects.bulk_create(
            tables.Answer(
                question=question, voice=voice, pattern=pattern, client_id=f"{kind}-{n}", words=f"{SHORT} {n}"
            )
            for n, voice, pattern in zip(range(more), cycle(voices), cycle(patterns), strict=False)
        )
    review.questions.update(revealed_at=timezone.now())
    return forum


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 2)


def measure(people: int, sparks: int) -> dict[str, Any]:
    """Return seconds for each kind of document, and the most memory that was held."""
    from prakai.exchange.harvest import telling
    from prakai.exchange.harvest.paper import certificates_of, pdf_of
    from prakai.exchange.harvest.sheets import xlsx_of
    from prakai.exchange.harvest.word import docx_of
    from prakai.forums.queries.harvest import arrived_people, harvest_of

    forum = _harvested(people, sparks)
    by = forum.by
    made = harvest_of(forum, by)
    told: dict[str, Any] = {
        "people": made.people, "stories": len(made.stories), "sparks": made.spark_count,
        "nuggets": made.nugget_count, "answers": ANSWERS,
    }  # fmt: skip
    told["reading"] = _seconds(lambda: harvest_of(forum, by))
    for language in telling.LANGUAGES:

        def report(*, as_tables: bool = False, language: str = language) -> Any:
            return telling.report_of(harvest_of(forum, by), language=language, as_tables=as_tables)

        told[f"pdf_{language}"] = _seconds(lambda make=report: pdf_of(make()))  # type: ignore[misc]
        told[f"docx_{language}"] = _seconds(lambda make=report: docx_of(make()))  # type: ignore[misc]
        told[f"xlsx_{language}"] = _seconds(
            lambda make=report: xlsx_of(make(as_tables=True), first="1")  # type: ignore[misc]
        )
    told["certificates"] = _seconds(
        lambda: certificates_of(telling.certificates_told(forum, arrived_people(forum), "th"), language="th")
    )
    told["most_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


if __name__ == "__main__":
    django.setup()
    given = [int(word) for word in sys.argv[1:3]]
    print(json.dumps(measure(*given) if len(given) == 2 else measure(PEOPLE, SPARKS)))
