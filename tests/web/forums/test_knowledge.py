"""The knowledge report of a unit: who opens it, what is counted, what is not known, and the same as documents."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from prakai.forums.actions import check_in, grow_into_note
from prakai.forums.queries.knowledge import knowledge_of
from prakai.notes.actions import publish_note
from prakai.thai.dates import BANGKOK
from prakai.thai.years import fiscal_days, fiscal_year
from tests.factories.forums import PURPOSE, make_forum, make_participant
from tests.factories.notes import make_note
from tests.factories.people import make_duty, make_person
from tests.factories.stories import make_nugget, make_story
from tests.web.forums.conftest import SignIn, shown

NOTHING = "ไม่มีข้อมูลในระบบ"


def hold(cast: SimpleNamespace, title: str = "เวทีห้องยา", **given: object) -> SimpleNamespace:
    """A forum that began an hour ago, with a story, a nugget, two people, and a note that grew out of the story."""
    begins = timezone.now() - timedelta(hours=1)
    forum = make_forum(
        cast.malee,
        cast.hospital,
        title,
        starts_at=begins,
        agenda="whole-day",
        first_on=timezone.localdate(),
        **given,
    )
    forum.starts_at = begins
    forum.save(update_fields=["starts_at", "slug"])
    for name, unit in (("บุญมี", cast.ward), ("คำปุน", cast.town)):
        check_in(make_participant(forum, name=name, unit=unit), by=cast.malee)
    story = make_story(forum, cast.malee, cast.somchai)
    make_nugget(story, cast.malee)
    grown = grow_into_note(story, by=cast.somchai)
    assert grown.note is not None
    publish_note(grown.note, by=cast.somchai)
    return SimpleNamespace(forum=forum, note=grown.note)


def address(cast: SimpleNamespace, end: str = "") -> str:
    return f"/units/{cast.hospital.pk}/knowledge{end}"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2025, 9, 30), 2568),
        (date(2025, 10, 1), 2569),
        (date(2026, 9, 30), 2569),
        (date(2026, 12, 31), 2570),
    ],
)
def test_a_fiscal_year_is_named_by_its_end(day: date, year: int) -> None:
    assert fiscal_year(day) == year
    first, last = fiscal_days(year)
    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (10, 1, 9, 30)


def test_who_opens_it(cast: SimpleNamespace, signed_in: SignIn) -> None:
    guide = make_person("อำนวย", unit=cast.town)
    make_duty(guide, "facilitator")
    readers = [None, cast.somchai, cast.waiting, cast.malee, cast.nurse, guide, cast.steward]
    for end in ("", ".docx", ".xlsx"):
        answers = [signed_in(one).get(address(cast, end)).status_code for one in readers]
        assert answers == [403, 403, 403, 200, 200, 200, 200], end
    for one, sees in ((None, False), (cast.somchai, False), (cast.malee, True)):
        page = shown(signed_in(one).get(cast.hospital.get_absolute_url()))
        assert (address(cast) in page) is sees


def test_it_tells_what_is_there_and_where_from(cast: SimpleNamespace, signed_in: SignIn) -> None:
    held = hold(cast)
    own = make_note(cast.nurse, "โทรก่อนวันนัด", unit=cast.ward)
    text = shown(signed_in(cast.malee).get(address(cast)))
    for place in (
        held.forum.get_absolute_url(),
        f"/forums/{held.forum.pk}/stories",
        f"/forums/{held.forum.pk}/cores",
        held.note.get_absolute_url(),
        own.get_absolute_url(),
        cast.ward.get_absolute_url(),
    ):
        assert f'href="{place}"' in text
    assert PURPOSE in text
    assert NOTHING in text
    known = knowledge_of(cast.hospital, cast.malee, year=fiscal_year(timezone.localdate()))
    assert [known.sum_of(name) for name in ("people", "stories", "nuggets", "cores", "promises")] == [
        2,
        1,
        1,
        0,
        0,
    ]
    assert known.by_unit == [(cast.town, 1), (cast.ward, 1)]
    assert known.note_count == 1
    (one,) = known.forums
    assert one.meter is not None
    assert one.meter.aar >= 120


def test_only_the_units_own_year_and_what_its_reader_may_see(cast: SimpleNamespace) -> None:
    year = fiscal_year(timezone.localdate())
    first, _ = fiscal_days(year)
    before = datetime(first.year, 9, 30, 23, 59, tzinfo=BANGKOK)
    make_note(cast.nurse, "ปีก่อน", unit=cast.ward, at=before)
    make_note(cast.nurse, "ในหน่วยงาน", unit=cast.ward, audience="unit")
    make_note(cast.somchai, "ของที่อื่น", unit=cast.town)
    guide = make_person("อำนวย", unit=cast.town)
    make_duty(guide, "facilitator")

    def titles(reader: object, asked: int) -> list[str]:
        return [note.title for note in knowledge_of(cast.hospital, reader, year=asked).notes]  # type: ignore[arg-type]

    assert titles(cast.nurse, year) == ["ในหน่วยงาน"]
    assert titles(guide, year) == []
    assert titles(cast.nurse, year - 1) == ["ปีก่อน"]
    hold(cast, audience="unit")
    assert len(knowledge_of(cast.hospital, cast.malee, year=year).forums) == 1
    assert len(knowledge_of(cast.hospital, guide, year=year).forums) == 0
    assert len(knowledge_of(cast.town, cast.steward, year=year).forums) == 0


def test_the_documents_say_the_same_and_leave_lines(cast: SimpleNamespace, signed_in: SignIn) -> None:
    hold(cast)
    keeper = signed_in(cast.malee)
    document = Document(BytesIO(keeper.get(address(cast, ".docx")).content))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [words[:2] for words in headings[:7]] == ["1.", "2.", "3.", "4.", "5.", "6.", "7."]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert PURPOSE in cells
    assert any(cell.startswith(f"{NOTHING}\n…") for cell in cells)
    book = load_workbook(BytesIO(keeper.get(address(cast, ".xlsx?lang=en")).content))
    values = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Stories told" in values
    assert "No data in the system" in values


def test_any_year_costs_the_same(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.malee)
    hold(cast)
    make_note(cast.nurse, "หนึ่ง", unit=cast.ward)
    client.get(address(cast))
    with CaptureQueriesContext(connection) as one:
        client.get(address(cast))
    for number in range(3):
        hold(cast, f"เวทีที่ {number}")
        make_note(cast.nurse, f"บันทึก {number}", unit=cast.ward)
    with CaptureQueriesContext(connection) as many:
        client.get(address(cast))
    assert len(many) == len(one)
