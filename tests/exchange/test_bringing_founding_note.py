"""The main job on real input: the note from which this project grew comes in, is found, read and answered."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from prakai.exchange.importing.bringing import bring_in
from prakai.notes.models import Note, Tag
from prakai.notes.queries.finding import find_notes, find_tags
from prakai.notes.queries.lists import notes_tagged
from prakai.notes.queries.pages import find_note, note_at_old_address, note_page
from prakai.people.models import Person
from prakai.talk.actions import appreciate
from prakai.thai.dates import BANGKOK
from prakai.thai.graphemes import count
from tests.factories.people import make_person
from tests.factories.talk import make_comment

NOTE = Path(__file__).parents[2] / "../shared/inputs/gotoknow-75052.txt"
TITLE = "ชื่นใจที่ KM เป็นเครื่องมือปรับเปลี่ยนกระบวนทัศน์ วัฒนธรรม และค่านิยมของหน่วยราชการ"
TAGS = ["กพร.", "km-ภาคราชการ", "kmราชการ", "ปรับเปลี่ยนกระบวนทัศน์"]
LAST = "คงต้องมาคุยกันจึงจะได้ผลจริง"

pytestmark = pytest.mark.skipif(
    not NOTE.exists(), reason="needs ../shared/inputs/gotoknow-75052.txt beside the project"
)


@pytest.fixture
def malee(db: None) -> Person:
    return make_person("มาลี", "ใจงาม")


def test_it_comes_in_as_it_is(malee: Person) -> None:
    report = bring_in([NOTE], by=malee, rights="held")
    note = Note.objects.get()
    assert (report.counts, note.number, note.title) == ({"added": 1}, 75052, TITLE)
    assert (note.notebook.title, [row.tag.label for row in note.taggings.all()]) == ("KMI Thailand", TAGS)
    assert note.written_at == datetime(2007, 1, 29, 10, 25, tzinfo=BANGKOK)
    assert note.edited_at == datetime(2012, 6, 22, 10, 34, tzinfo=BANGKOK)
    assert (note.licence, note.origin.reads, note.origin.comment_count, note.author) == ("arr", None, 0, None)
    assert note.origin.dates == [{"start": "2007-01-25", "end": "2007-01-25", "text": "25 ม.ค.50"}]
    assert note.body.startswith("<p>วันที่ 25 ม.ค.50 ผมไปร่วมการประชุม")
    assert note.body.endswith("<p>วิจารณ์ พานิช<br>25 ม.ค.50</p>")
    assert (note.body.count("<li>"), note.body.count("<ol>"), "\u00a0" in note.body) == (3, 1, False)


def test_it_is_found_by_its_tag_number_title_and_old_addresses(malee: Person) -> None:
    bring_in([NOTE], by=malee, rights="held")
    note = Note.objects.get()
    [tag] = find_tags("ก.พ.ร.", None)
    assert (tag, notes_tagged(tag, None).rows) == (Tag.objects.get(label="กพร."), [note])
    assert find_notes("75052", None) == find_notes("ชื่นใจ", None) == [note]
    for path in ("/posts/75052", "/blog/thaikm/75052", "/archive/2007/01/29/10/25/00/e75052"):
        assert note_at_old_address(path, 75052) == note


def test_it_is_read_answered_and_appreciated(malee: Person) -> None:
    bring_in([NOTE], by=malee, rights="held")
    note, somchai = find_note(75052, None), make_person("สมชาย")
    assert note is not None
    make_comment(note.conversation, somchai, "อ่านแล้วชื่นใจตามครับ")
    appreciate(by=somchai, saw="เห็นการชื่นชมคนทำดี", effect="อยากทำตาม", conversation=note.conversation)
    page = note_page(note, None)
    assert [thread.said.comment.by for thread in page.talk.threads] == [somchai]
    assert [given.saw for given in page.talk.appreciations] == ["เห็นการชื่นชมคนทำดี"]


def test_without_rights_it_is_a_card_that_leads_to_its_source(malee: Person) -> None:
    report = bring_in([NOTE], by=malee)
    note = Note.objects.get()
    assert (note.kind, note.title, note.origin.url) == ("link", TITLE, "https://www.gotoknow.org/posts/75052")
    assert (count(note.plain) <= 280, LAST in note.plain, note.origin.raw) == (True, False, "")
    assert LAST not in json.dumps(list(note.revisions.values("title", "body")), ensure_ascii=False)
    assert json.loads(report.as_json())["items"][0]["reads"] is None


def test_twice_and_dry_it_stays_one(malee: Person) -> None:
    assert bring_in([NOTE], by=malee, rights="held", dry_run=True).counts == {"added": 1}
    assert Note.objects.count() == 0
    bring_in([NOTE], by=malee, rights="held")
    assert bring_in([NOTE], by=malee, rights="held").counts == {"unchanged": 1}
    assert Note.objects.count() == 1
