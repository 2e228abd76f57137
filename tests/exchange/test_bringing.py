"""Bringing in: whole or not at all, once for each source, by right, and told line by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from prakai.exchange.importing.bringing import bring_in
from prakai.notes import actions
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note
from prakai.notes.queries.pages import note_at_old_address
from prakai.people.models import Person
from prakai.talk.models import Comment
from prakai.thai.dates import BANGKOK
from prakai.thai.graphemes import count
from tests.exchange.kept import codes, everything, statuses
from tests.exchange.pages import FIRST, LONG, SECRET, export, markdown, saved_page
from tests.factories.notes import make_note
from tests.factories.people import make_person

# ── rights ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_held_by_its_importer_is_read_whole(malee: Person, file: Callable[..., Path]) -> None:
    report = bring_in([file(saved_page())], by=malee, rights="held")
    note = Note.objects.get()
    assert (report.counts, note.number, note.kind, note.licence) == ({"added": 1}, 90210, "article", "arr")
    assert note.body.startswith("<p>วันที่ 4 ก.ย.49 ทีมห้องยา")
    assert "<ol><li>ฟังก่อนถาม</li><li>ถามก่อนหยิบ</li></ol>" in note.body
    assert note.body.endswith("<p>ปรียา สมมติ<br>4 ก.ย.49</p>")
    assert ("\u00a0" in note.body, SECRET in note.plain) == (False, True)
    assert note.written_at == datetime(2006, 9, 5, 8, 15, tzinfo=BANGKOK)
    assert note.edited_at == datetime(2006, 9, 6, 19, 2, tzinfo=BANGKOK)
    assert (note.published_at, note.raised_at) == (note.written_at, note.written_at)
    assert [row.tag.label for row in note.taggings.all()] == ["กพร.", "ห้องยา", "km-ภาคราชการ"]
    assert (note.notebook.title, note.notebook.owner, note.author) == ("ห้องยาเล่าเรื่อง", malee, None)
    assert (note.origin.reads, note.origin.rights, note.origin.comment_count) == (None, "held", 0)


@pytest.mark.parametrize("rights", ["ask", "link"])
def test_without_rights_nothing_of_the_rest_is_stored(
    malee: Person, file: Callable[..., Path], rights: str
) -> None:
    comments = [("มาลี ใจดี", "อ่านแล้วอยากลองที่ตึกบ้าง")]
    page = saved_page(paragraphs=[LONG, SECRET], comments=comments, extra=f"ไม่รู้จัก: {SECRET * 4}")
    bring_in([file(page)], by=malee, rights=rights)
    note = Note.objects.get()
    assert (note.kind, note.origin.rights, note.highlight) == ("link", "link", "")
    assert (count(note.plain) <= 280, FIRST.replace("  ", " ") in note.plain, note.tags.count()) == (
        True,
        True,
        3,
    )
    assert [place for place, rows in everything().items() if any(SECRET in row for row in rows)] == []
    assert Comment.objects.count() == 0


def test_a_licence_that_grants_reuse_is_enough(malee: Person, file: Callable[..., Path]) -> None:
    asked: list[str] = []
    page = file(saved_page(licence="Creative Commons: แสดงที่มา"))
    bring_in([page], by=malee, rights="ask", ask=lambda item: bool(asked.append(item.key)))
    note = Note.objects.get()
    assert (note.licence, note.origin.rights, note.kind, SECRET in note.plain, asked) == (
        "cc-by",
        "granted",
        "article",
        True,
        [],
    )


def test_ask_is_asked_once_for_each_author_and_notebook(malee: Person, file: Callable[..., Path]) -> None:
    asked: list[tuple[str | None, str | None]] = []

    def ask(item: Any) -> bool:
        asked.append((item.author, item.notebook))
        return item.notebook == "ของฉัน"  # type: ignore[no-any-return]

    paths = [
        file(saved_page(90000 + n, notebook=book), f"{n}.txt")
        for n, book in enumerate(["ของฉัน", "ของเขา", "ของฉัน", "ของเขา"])
    ]
    bring_in(paths, by=malee, rights="ask", ask=ask)
    assert asked == [(None, "ของฉัน"), (None, "ของเขา")]
    assert list(Note.objects.order_by("number").values_list("kind", flat=True)) == ["article", "link"] * 2


def test_rights_that_come_later_open_the_text_and_asking_again_does_not_close_it(
    malee: Person, file: Callable[..., Path]
) -> None:
    page = file(saved_page())
    seen = []
    for rights in ("link", "held", "ask", "ask"):
        seen.append((bring_in([page], by=malee, rights=rights).counts, Note.objects.get().kind))
    assert seen == [
        ({"added": 1}, "link"),
        ({"changed": 1}, "article"),
        ({"unchanged": 1}, "article"),
        ({"unchanged": 1}, "article"),
    ]


def test_rights_that_are_given_up_leave_no_copy_behind(
    malee: Person, file: Callable[..., Path], tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    page = file(saved_page())
    bring_in([page], by=malee, rights="held")
    note = Note.objects.get()
    actions.save_draft(by=malee, window="w", note=note, fields={"body": SECRET})
    with django_capture_on_commit_callbacks(execute=True):
        report = bring_in([page], by=malee, rights="link")
    assert report.counts == {"changed": 1}
    assert [place for place, rows in everything().items() if any(SECRET in row for row in rows)] == []


# ── once ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def a_world_of_sources(file: Callable[..., Path]) -> list[Path]:
    comments = [("มาลี ใจดี", "อ่านแล้วอยากลอง"), ("สมชาย", "ขอแบบฟอร์มด้วยครับ")]
    return [
        file(saved_page(comments=comments)),
        file(saved_page(90211, licence="สงวนสิทธิ์", title="อีกเรื่อง"), "b.txt"),
        file(export("ย่อหน้าแรก\n\nย่อหน้าสอง"), "blog.xml"),
        file(markdown(1), "md/1.md"),
        file("{{ไม่ใช่อะไรเลย", "broken.xyz"),
    ]


@pytest.mark.parametrize("rights", ["ask", "held", "link"])
def test_a_dry_run_changes_nothing_at_all(malee: Person, file: Callable[..., Path], rights: str) -> None:
    make_note(malee)
    before = everything()
    told = bring_in(a_world_of_sources(file), by=malee, rights=rights, dry_run=True)
    assert everything() == before
    done = bring_in(a_world_of_sources(file), by=malee, rights=rights)
    assert (told.counts, statuses(told)) == (done.counts, statuses(done))


@pytest.mark.parametrize("rights", ["ask", "held", "link"])
def test_running_twice_changes_nothing(malee: Person, file: Callable[..., Path], rights: str) -> None:
    bring_in(a_world_of_sources(file), by=malee, rights=rights)
    before = everything()
    again = bring_in(a_world_of_sources(file), by=malee, rights=rights)
    assert (again.counts, everything()) == ({"broken": 1, "unchanged": 4}, before)


def test_a_dry_run_uses_up_no_number(malee: Person, file: Callable[..., Path]) -> None:
    first = make_note(malee).number
    bring_in([file(markdown(n), f"{n}.md") for n in range(5)], by=malee, dry_run=True)
    assert make_note(malee).number == first + 1


def test_a_dry_run_knows_what_it_has_seen_before(malee: Person, file: Callable[..., Path]) -> None:
    poor, rich = saved_page(paragraphs=["สั้น"]), saved_page(paragraphs=[LONG, SECRET])
    paths = [file(poor, "a.txt"), *(file(markdown(n), f"m/{n}.md") for n in range(60)), file(rich, "z.txt")]
    dry = bring_in(paths, by=malee, rights="held", dry_run=True)
    assert (dry.lines[0].status, dry.lines[-1].status, dry.counts) == (
        "added",
        "changed",
        {"added": 61, "changed": 1},
    )


def test_two_addresses_of_one_number_are_one_note(malee: Person, file: Callable[..., Path]) -> None:
    new = saved_page(extra="https://www.gotoknow.org/posts/90210")
    old = saved_page(extra="http://gotoknow.org/blog/pharmacy/90210")
    report = bring_in([file(new, "a.txt"), file(old, "b.txt")], by=malee, rights="held")
    note = Note.objects.get()
    assert (len(report.lines), report.failed) == (2, 0)
    for path, number in (
        ("/posts/90210", 90210),
        ("/blog/pharmacy/90210", 90210),
        ("/archive/x/e90210", 90210),
    ):
        assert note_at_old_address(path, number) == note


def test_the_page_that_tells_more_wins_and_a_poorer_one_later_changes_nothing(
    malee: Person, file: Callable[..., Path]
) -> None:
    poor = file(saved_page(paragraphs=["สั้น ๆ"]), "poor.txt")
    rich = file(saved_page(paragraphs=[LONG, SECRET]), "rich.txt")
    bring_in([poor], by=malee, rights="held")
    assert bring_in([rich], by=malee, rights="held").counts == {"changed": 1}
    before = everything()
    assert bring_in([poor], by=malee, rights="held").counts == {"unchanged": 1}
    assert everything() == before
    note = Note.objects.get()
    assert (SECRET in note.plain, note.version, note.revisions.count()) == (True, 2, 2)


def test_what_people_said_here_stays_when_a_page_comes_again(
    malee: Person, file: Callable[..., Path]
) -> None:
    bring_in([file(saved_page())], by=malee, rights="held")
    note = Note.objects.get()
    from tests.factories.talk import make_comment

    make_comment(note.conversation, make_person("สมชาย"), "ขอบคุณครับ")
    file(saved_page(paragraphs=[LONG, SECRET, "เพิ่มอีก"], comments=[("มาลี", "จากที่เดิม")]))
    assert bring_in([file(saved_page(comments=[("มาลี", "จากที่เดิม")]))], by=malee, rights="held").failed == 0
    assert Comment.objects.filter(conversation=note.conversation).count() == 2


def test_a_note_that_somebody_else_brought_is_left_alone(malee: Person, file: Callable[..., Path]) -> None:
    other = make_person("สมชาย")
    bring_in([file(saved_page())], by=malee, rights="held")
    before = everything()
    file(saved_page(paragraphs=[LONG, SECRET, "ข้อความแปลกปลอม" * 20], comments=[("ใคร", "แปลกปลอม")]))
    report = bring_in([file(saved_page(paragraphs=["ยาว" * 900]))], by=other, rights="held")
    assert (report.counts, codes(report)) == ({"unchanged": 1}, ["anothers"])
    after = everything()
    books = "notes.Notebook"
    assert {k: v for k, v in after.items() if k not in (books, "journal.Entry")} == {
        k: v for k, v in before.items() if k not in (books, "journal.Entry")
    }


def test_a_draft_that_was_published_over_there_is_published_here(
    malee: Person, file: Callable[..., Path]
) -> None:
    bring_in([file(export("ย่อหน้า", status="draft"), "blog.xml")], by=malee, rights="held")
    assert Note.objects.get().published_at is None
    bring_in([file(export("ย่อหน้า"), "blog.xml")], by=malee, rights="held")
    note = Note.objects.get()
    assert (note.published_at, note.publications.count()) == (note.written_at, 1)


def test_a_private_page_is_a_draft_of_who_brings_it_in(malee: Person, file: Callable[..., Path]) -> None:
    bring_in([file(export("ย่อหน้า", status="private"), "blog.xml")], by=malee, rights="held")
    note = Note.objects.get()
    assert (note.published_at, note.audience, note.publications.count()) == (None, "members", 0)
    assert [Note.objects.readable_by(reader).exists() for reader in (None, make_person("สมชาย"))] == [
        False,
        False,
    ]
    assert Note.objects.visible_to(malee).exists() is True


def test_an_entry_of_a_feed_that_names_a_numbered_note_is_that_note(
    malee: Person, file: Callable[..., Path]
) -> None:
    entry = "<item><title>ชื่อ</title><link>http://gotoknow.org/blog/kmi/90210</link><description>ย่อ</description></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>KMI</title>{entry}</channel></rss>'
    report = bring_in([file(feed, "feed.xml")], by=malee, rights="held")
    assert (Note.objects.get().number, report.lines[0].number, report.lines[0].problems) == (90210, 90210, [])
    bring_in([file(saved_page())], by=malee, rights="held")
    assert Note.objects.get().title == "ห้องยาที่ฟังก่อนหยิบ"


def test_words_that_were_mended_here_are_not_undone_by_the_same_page(
    malee: Person, file: Callable[..., Path]
) -> None:
    page = file(saved_page())
    bring_in([page], by=malee, rights="held")
    note = Note.objects.get()
    actions.save_note(note, by=malee, writing=Writing(title="ชื่อที่แก้แล้ว"), base_version=1)
    assert bring_in([page], by=malee, rights="held").counts == {"unchanged": 1}
    assert Note.objects.get().title == "ชื่อที่แก้แล้ว"
