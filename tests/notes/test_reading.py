"""Honest reads: distinct readers, nobody who wrote it, no machines, in batches, by several processes at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prakai.notes.actions import reading
from prakai.notes.actions.reading import count_reads, is_bot, note_read
from prakai.notes.models import Note, Reading
from tests.factories.notes import bring, make_brought, make_note
from tests.processes import PATIENCE, make_place

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    reading._waiting.clear()
    yield
    reading._waiting.clear()


def reads(note: Note) -> int:
    return Note.objects.values_list("distinct_reads", flat=True).get(pk=note.pk)


def test_a_reader_counts_once_however_often_she_comes(cast: SimpleNamespace) -> None:
    note, other = make_note(cast.malee), make_note(cast.malee)
    for _ in range(3):
        note_read(note.pk, f"person:{cast.somchai.pk}", FIREFOX)
        note_read(note.pk, f"10.0.0.7|{FIREFOX}", FIREFOX)
        note_read(other.pk, f"person:{cast.somchai.pk}", FIREFOX)
        count_reads()
    assert (reads(note), reads(other), Reading.objects.count()) == (2, 1, 3)


def test_a_device_that_takes_other_addresses_of_its_line_is_one_reader(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    for address in (
        "2001:db8:0:7::1",
        "2001:db8::7:a:b:c:d",
        "2001:db8:0:8::1",
        "10.0.0.7",
        "::ffff:10.0.0.7",
    ):
        note_read(note.pk, f"{address}|{FIREFOX}", FIREFOX)
        count_reads()
    assert reads(note) == 3


def test_writers_and_teller_do_not_count(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, coauthors=[cast.friend], teller=cast.nurse)
    brought = bring(make_brought(), cast.malee)
    for person in (cast.malee, cast.friend, cast.nurse, cast.somchai):
        note_read(note.pk, f"person:{person.pk}", FIREFOX)
        note_read(brought.pk, f"person:{person.pk}", FIREFOX)
    assert (count_reads(), reads(note), reads(brought)) == (4, 1, 3)


@pytest.mark.parametrize(
    "agent",
    ["", "Googlebot/2.1", "curl/8.1", "facebookexternalhit/1.1", "python-httpx/0.27", "HeadlessChrome/120"],
)
def test_machines_do_not_count(cast: SimpleNamespace, agent: str) -> None:
    note = make_note(cast.malee)
    note_read(note.pk, f"10.0.0.7|{agent}", agent)
    note_read(note.pk, f"10.0.0.7|{FIREFOX}", FIREFOX)
    assert (is_bot(agent), is_bot(FIREFOX), count_reads(), reads(note)) == (True, False, 1, 1)


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 13; SM-A135F) Chrome/112.0 Mobile Safari/537.36 Line/13.4.1/IAB",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/430.0.0.23.113]",
        "Mozilla/5.0 (Linux; Android 10; CUBOT P40) AppleWebKit/537.36 Chrome/100.0 Mobile Safari/537.36",
    ],
)
def test_phones_and_their_windows_are_no_machines(agent: str) -> None:
    assert not is_bot(agent)


def test_a_batch_writes_once_for_each_note(cast: SimpleNamespace) -> None:
    notes = [make_note(cast.malee) for _ in range(3)]
    costs = []
    for start, number in ((0, 1), (100, 200)):
        for note in notes:
            for visitor in range(start, start + number):
                note_read(note.pk, f"10.0.{visitor // 250}.{visitor % 250}|{FIREFOX}", FIREFOX)
        with CaptureQueriesContext(connection) as queries:
            count_reads()
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert [reads(note) for note in notes] == [201] * 3


def test_what_waits_is_bounded_and_nothing_is_written_for_nothing(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    for visitor in range(reading.MOST_WAITING + 50):
        note_read(note.pk, f"v{visitor}", FIREFOX)
    assert len(reading._waiting) == reading.MOST_WAITING
    reading._waiting.clear()
    with CaptureQueriesContext(connection) as queries:
        assert count_reads() == 0
    assert len(queries) == 0


def test_who_read_cannot_be_told_from_the_rows(cast: SimpleNamespace) -> None:
    note, other = make_note(cast.malee), make_note(cast.malee)
    for row in (note, other):
        note_read(row.pk, f"person:{cast.somchai.pk}", FIREFOX)
    count_reads()
    first, second = (bytes(mark) for mark in Reading.objects.values_list("reader", flat=True))
    assert (len(first), first != second, str(cast.somchai.pk).encode() in first) == (16, True, False)


@pytest.mark.django_db(transaction=True)
def test_reads_wait_when_the_database_is_away() -> None:
    from tests.factories.people import make_person

    note = make_note(make_person())
    note_read(note.pk, f"10.0.0.7|{FIREFOX}", FIREFOX)
    with connection.execute_wrapper(_away), pytest.raises(ConnectionError):
        count_reads()
    assert (count_reads(), reads(note)) == (1, 1)


def _away(*arguments: object) -> object:
    raise ConnectionError("the database is away")


COUNTING = """
from prakai.notes.actions.reading import count_reads, note_read
from prakai.notes.models import Note
pk = Note.objects.get().pk
for turn in range(20):
    for visitor in range(30):
        note_read(pk, f"{turn}.{visitor}", "Mozilla/5.0 Firefox/128.0")
    count_reads()
print()
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_that_count_the_same_readers_count_them_once(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    place.run(
        "from tests.factories.notes import make_note; from tests.factories.people import make_person\n"
        "make_note(make_person())\nprint()"
    )
    hands = [place.start(COUNTING) for _ in range(3)]
    assert [(hand.communicate(timeout=PATIENCE)[1][-2000:], hand.returncode) for hand in hands] == [
        ("", 0)
    ] * 3
    told = place.run(
        "from prakai.notes.models import Note, Reading\n"
        "print(json.dumps([Note.objects.get().distinct_reads, Reading.objects.count()]))"
    )
    assert told == [600, 600]
