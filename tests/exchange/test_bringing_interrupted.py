"""An import that is killed in the middle: nothing half-written, and the next run ends as if nothing had been."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.exchange.pages import markdown, saved_page, written
from tests.processes import PATIENCE, Place, make_place

NUMBER = 400

START = """
from tests.factories.people import make_person
make_person("มาลี", "ใจงาม", email="malee@doikham.example")
print()
"""
BRING = """
from pathlib import Path
from prakai.exchange.importing.bringing import bring_in
from prakai.people.models import Person
def progress(line):
    print("x", flush=True)
report = bring_in([Path(sys.argv[1])], by=Person.objects.get(), rights="held", progress=progress)
print(json.dumps(report.counts))
"""
TELL = """
from prakai.journal.models import Entry
from prakai.notes.models import *
from prakai.talk.models import Comment, Conversation
def told(n):
    taggings, talk = list(n.taggings.select_related("tag")), n.conversation
    return [
        n.origin.key, n.title, n.body, n.plain, n.licence, str(n.written_at), str(n.published_at), n.version,
        n.notebook.title, [t.tag.label for t in taggings], [str(t.listed_at) for t in taggings],
        [c.body for c in talk.comments.order_by("made_at", "pk")], talk.title, talk.is_shown,
        n.revisions.count(), n.publications.count(), talk.address == n.get_absolute_url(),
    ]
notes = [told(n) for n in Note.objects.order_by("origin__key")]
kept = (Note, Origin, Revision, Publication, Tag, Tagging, Notebook, OldAddress, Comment, Conversation)
tables = [table.objects.count() for table in kept]
print(json.dumps([notes, tables, Entry.objects.filter(verb="note.brought").count()]))
"""


HALF = """
from prakai.notes.models import Note, Origin
print(json.dumps([Note.objects.count(), Origin.objects.count()]))
"""


def place_with_malee(folder: Path) -> Place:
    folder.mkdir()
    place = make_place(folder)
    place.run(START)
    return place


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("after", [60, 190])
def test_a_killed_import_resumes(tmp_path: Path, after: int) -> None:
    source = tmp_path / "source"
    for n in range(NUMBER):
        written(source, f"{n:03}.md", markdown(n))
    for n in range(20):
        written(
            source, f"9{n:02}.txt", saved_page(80_000 + n, comments=[("มาลี", f"คำที่ {n}"), ("สมชาย", "ดี")])
        )
    whole, killed = (place_with_malee(tmp_path / name) for name in ("whole", f"killed{after}"))
    assert whole.run(BRING, str(source)) == {"added": NUMBER + 20}
    child = killed.start(BRING, str(source))
    assert child.stdout is not None
    for _ in range(after):
        assert child.stdout.readline() == "x\n"
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=PATIENCE)
    assert child.returncode == -signal.SIGKILL
    half = killed.run(HALF)
    assert half[0] == half[1] < NUMBER
    again = killed.run(BRING, str(source))
    assert again == {"added": NUMBER + 20 - half[0], "unchanged": half[0]}
    assert killed.run(TELL) == whole.run(TELL)
