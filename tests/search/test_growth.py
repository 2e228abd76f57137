"""What search asks of the rows costs the same with a thousand as with a hundred thousand: held by query plans."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.notes.models import Attachment
from prakai.search.actions import begin_letters, save_search
from prakai.search.followers.attachments import want_text
from prakai.search.keeping import not_carried_over, touched_by
from prakai.search.models import AttachedText, Reading
from prakai.search.queries import equivalents
from prakai.search.queries.attached import attached_text_of
from prakai.search.queries.audiences import still_findable
from prakai.search.queries.finding import find
from prakai.search.queries.likeness import related_to
from prakai.search.queries.saved import is_behind, news_of, saved_searches
from prakai.search.queries.suggesting import suggest
from prakai.search.sources import all_documents, documents_of
from prakai.search.wordings import wordings
from tests.factories.networks import make_network
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.talk import make_comment
from tests.factories.units import make_unit
from tests.search.growing import many_findable
from tests.watching import grown, watching

FEW, MANY = 1_000, 100_000
GROWING = re.compile(
    "notes_note(?:_coauthors)?|notes_tagging|notes_tag|notes_attachment|search_(?:attachedtext|savedsearch)"
    "|talk_(?:comment|conversation)(?:_hosts)?|journal_entry|people_(?:person|appointment)|units_(?:unit|formername)"
)
WORDS = "เก้าอี้"
Read = Callable[[dict[str, Any]], object]


def entry(verb: str, kind: str, number: int, **facts: int) -> Entry:
    return Entry(verb=verb, thing_kind=kind, thing_id=number, facts=facts)


FINDING: dict[str, Read] = {
    "find, visitor": lambda w: find(WORDS, None),
    "find, member": lambda w: find(WORDS, w["member"]),
    "find, few answers": lambda w: find("ขอบคุณ คำ3", w["member"]),
    "find, newest": lambda w: find(WORDS, w["member"], sort="newest", page=2),
    "find, narrowed": lambda w: find("", w["member"], chosen={"kind": ["note"], "unit": [str(w["unit"].pk)]}),
    "find, a tag": lambda w: find("tag:คำ4 เก้าอี้", None),
    "find, a unit": lambda w: find("unit:หน่วยงานที่ เก้าอี้", w["member"]),
    "find, somebody's": lambda w: find("by:คนที่ เก้าอี้", w["member"]),
    "find, by an old name": lambda w: find("unit:เดิม เก้าอี้", w["member"]),
    "find, nobody's": lambda w: find("by:ไม่มีใคร unit:ไม่มีที่ไหน เก้าอี้", w["member"]),
    "find, a hundred": lambda w: find(WORDS, None, size=100),
    "page, visitor": lambda w: w["client"].get(f"/search?q={WORDS}"),
    "page, member": lambda w: w["members_client"].get(f"/search?q={WORDS}"),
    "page of all kinds": lambda w: w["members_client"].get("/search?q=ที่"),
    "for programs": lambda w: w["members_client"].get(f"/api/v1/search?q={WORDS}"),
    "suggest, visitor": lambda w: suggest("เก้าอี้", None),
    "suggest, member": lambda w: suggest("คนที่", w["member"]),
    "suggest, units": lambda w: suggest("หน่วยงาน", w["member"]),
    "suggestions": lambda w: w["members_client"].get("/search/suggest?q=คำ"),
    "still findable, visitor": lambda w: still_findable(w["hits"], None),
    "still findable, member": lambda w: still_findable(w["hits"], w["member"]),
    "related": lambda w: related_to(w["note"], w["member"]),
    "attached text": lambda w: attached_text_of(range(w["note"].pk, w["note"].pk + 20)),
    "equivalents": lambda w: equivalents.equivalents(),
}
FOLLOWING: dict[str, Read] = {
    "not carried over": lambda w: not_carried_over(),
    "touched by notes": lambda w: touched_by(not_carried_over()),
    "touched by a tag": lambda w: touched_by([entry("tag.merged", "notes.tag", w["rare"].pk + 5000)]),
    "touched by a unit": lambda w: touched_by([entry("unit.renamed", "units.unit", w["some_units"])]),
    "touched by a person": lambda w: touched_by([entry("person.changed", "people.person", w["some_people"])]),
    "touched by all": lambda w: touched_by(
        [
            entry("unit.renamed", "units.unit", w["some_units"] + 1),
            entry("person.changed", "people.person", w["some_people"] + 1),
            entry("tag.merged", "notes.tag", w["rare"].pk + 5000, into=w["rare"].pk + 5001),
            entry("note.saved", "notes.note", w["note"].pk),
            entry("comment.made", "talk.comment", 3),
            entry("attachment.read", "notes.attachment", 3, note=w["note"].pk),
        ]
    ),
    "documents": lambda w: documents_of(w["hits"]),
    "documents of a common tag": lambda w: documents_of([f"tag:{w['common'].pk}"]),
    "the first documents of all": lambda w: list(next(iter(all_documents({})))),
    "a file attached": lambda w: want_text(entry("attachment.added", "notes.attachment", 3)),
    "is behind": lambda w: is_behind(timezone.now()),
    # Whatever the hour is: with the moments that ``growing`` gives, the first asks for the few, the second for all.
    "letters": lambda w: begin_letters(by=None, at=w["now"] - timedelta(minutes=6)),
    "letters, all are due": lambda w: begin_letters(by=None, at=w["now"] + timedelta(days=1), most=20),
    "saved searches": lambda w: saved_searches(w["member"]),
    "page of saved searches": lambda w: w["members_client"].get("/searches"),
    "news": lambda w: news_of(
        saved_searches(w["member"])[0].search, w["member"], since=w["then"], until=w["now"]
    ),
    "feed of a search": lambda w: w["client"].get("/searches/s1000000xxxx.xml"),
}
READS = FINDING | FOLLOWING


def measured(number: int) -> tuple[dict[str, int], dict[str, list[str]], dict[str, int]]:
    """The work of every read with so many rows, what its plans do wrong, and how many queries it asks."""
    work, wrong, count = {}, {}, {}
    with transaction.atomic():
        world = many_findable(number)
        wordings()
        for name, read in READS.items():
            with watching(GROWING) as watched:
                answer = read(world)
            assert getattr(answer, "status_code", 200) == 200, name
            work[name], count[name] = watched.work, watched.count
            if watched.wrong:
                wrong[name] = watched.wrong
        transaction.set_rollback(True)
    return work, wrong, count


@pytest.mark.slow
@pytest.mark.django_db
def test_nothing_that_search_asks_grows_with_the_rows(settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_URL = f"file://{tmp_path}/few"
    few, _, asked = measured(FEW)
    settings.SEARCH_URL = f"file://{tmp_path}/many"
    many, wrong, asked_of_many = measured(MANY)
    assert wrong == {}, json.dumps(wrong, ensure_ascii=False, indent=1)
    # The text of files is asked for, in one query, where a note on the page does not answer by its own.
    assert {
        name: (asked[name], asked_of_many[name]) for name in READS if asked_of_many[name] > asked[name] + 1
    } == {}
    # A read of a whole table of these would touch five thousand pages and more.
    more = grown(few, many, pages=2_000)
    assert more == {}, json.dumps(more)


ASKED: dict[str, Read] = {
    "page, visitor": lambda w: w["client"].get("/search?q=กระถาง"),
    "page, member": lambda w: w["members_client"].get("/search?q=กระถาง"),
    "newest first": lambda w: w["members_client"].get("/search?q=กระถาง&sort=newest"),
    "for programs": lambda w: w["members_client"].get("/api/v1/search?q=กระถาง&size=100"),
    "suggestions": lambda w: w["members_client"].get("/search/suggest?q=กระถาง"),
    "feed of a search": lambda w: w["client"].get(w["search"].feed_address),
    "news": lambda w: news_of(w["search"], w["reader"], since=w["then"], until=timezone.now()),
    "a carrying over": lambda w: documents_of(touched_by(w["entries"]).documents),
}
"""Each finds all that stands there."""


def count_of_queries(read: Read, world: dict[str, Any]) -> int:
    read(world)
    with CaptureQueriesContext(connection) as queries:
        read(world)
    return len(queries)


@pytest.mark.django_db
def test_what_is_asked_costs_as_many_queries_for_one_of_each_kind_as_for_twenty(
    searched: Callable[[], int],
) -> None:
    reader = make_person(unit=make_unit())
    world = {"client": Client(), "members_client": Client(), "reader": reader, "then": timezone.now()}
    world["members_client"].force_login(reader)
    world["search"] = save_search(reader, "กระถาง", by=reader)
    put_one_of_each("กระถาง 1")
    world["entries"] = list(Entry.objects.order_by("pk"))
    searched()
    one = {name: count_of_queries(read, world) for name, read in ASKED.items()}
    for number in range(2, 21):
        put_one_of_each(f"กระถาง {number}")
    world["entries"] = list(Entry.objects.order_by("pk"))
    searched()
    assert len(find("กระถาง", reader, size=100).hits) >= 100
    many = {name: count_of_queries(read, world) for name, read in ASKED.items()}
    # Fewer where a page of twenty holds fewer kinds; never more.
    assert {name: (one[name], many[name]) for name in ASKED if many[name] > one[name]} == {}


def put_one_of_each(words: str) -> None:
    """A person in a unit, her note with a tag and a file, a comment, a network of the unit: all called so."""
    unit = make_unit(words)
    by = make_person(words, "ใจดี", unit=unit, facilitator=True)
    note = make_note(by, words, f"<p>{words}</p>", tags=[words], unit=unit)
    file = Attachment.objects.create(
        note=note, kind="file", file="a.pdf", name="a.pdf", media_type="application/pdf", size=9, digest=words
    )
    AttachedText.objects.create(attachment=file, state=Reading.READ, text=words)
    make_comment(note.conversation, by, words)
    make_network(by, words, units=[unit])
