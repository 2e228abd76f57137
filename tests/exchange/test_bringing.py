"""Bringing in: whole or not at all, once for each source, by right, and told line by line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from PIL import Image

from prakai.exchange.importing.bringing import bring_in
from prakai.notes import actions
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Attachment, Note, Notebook, OldAddress, Origin
from prakai.notes.queries.pages import note_at_old_address
from prakai.people.models import Person
from prakai.talk.models import Comment
from prakai.thai.dates import BANGKOK
from prakai.thai.graphemes import count
from tests.exchange.pages import FIRST, LONG, SECRET, export, markdown, saved_page, written
from tests.factories.notes import make_note
from tests.factories.people import make_person

ROOMS = ("notes", "talk", "journal", "people", "units")
Rows = dict[str, list[Any]]


@pytest.fixture
def malee(db: None) -> Person:
    return make_person("มาลี", "ใจงาม", email="malee@doikham.example")


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that saves a source."""
    return lambda text, name="note.txt": written(tmp_path / "in", name, text)


def everything() -> Rows:
    """All rows of all rooms, and the names of all files."""
    rows: Rows = {
        table._meta.label: sorted(map(repr, table._default_manager.values_list()))
        for room in ROOMS
        for table in apps.get_app_config(room).get_models()
    }
    folder = Path(default_storage.location)  # type: ignore[attr-defined]
    rows["files"] = sorted(str(path) for path in folder.rglob("*") if path.is_file())
    return rows


def statuses(report: Any) -> list[str]:
    return [line.status for line in report.lines]


def codes(report: Any) -> list[str]:
    return [problem["code"] for line in report.lines for problem in line.problems]


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


def test_a_private_page_is_for_members(malee: Person, file: Callable[..., Path]) -> None:
    bring_in([file(export("ย่อหน้า", status="private"), "blog.xml")], by=malee, rights="held")
    note = Note.objects.get()
    assert (note.audience, note.conversation.audience) == ("members", "members")
    assert Note.objects.readable_by(None).exists() is False


def test_words_that_were_mended_here_are_not_undone_by_the_same_page(
    malee: Person, file: Callable[..., Path]
) -> None:
    page = file(saved_page())
    bring_in([page], by=malee, rights="held")
    note = Note.objects.get()
    actions.save_note(note, by=malee, writing=Writing(title="ชื่อที่แก้แล้ว"), base_version=1)
    assert bring_in([page], by=malee, rights="held").counts == {"unchanged": 1}
    assert Note.objects.get().title == "ชื่อที่แก้แล้ว"


# ── each by itself ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_broken_item_is_told_with_file_and_line_and_the_rest_goes_on(
    malee: Person, file: Callable[..., Path]
) -> None:
    unclosed = "<item><title>พัง</title><wp:post_type>post</wp:post_type><b></item></channel>"
    bad = file(export("ดี").replace("</channel>", unclosed), "bad.xml")
    noise = file(b"\x00\x01\x02" * 50, "noise.txt")
    paths = [file(saved_page()), bad, noise, file(markdown(2), "2.md")]
    report = bring_in(paths, by=malee, rights="held")
    broken = [line for line in report.lines if line.status == "broken"]
    assert report.failed == len(broken) >= 2
    assert {Path(line.source.split("#")[0]).name for line in broken} == {"bad.xml", "noise.txt"}
    assert any(
        problem.get("line") for line in broken for problem in line.problems if "bad.xml" in line.source
    )
    assert {"ห้องยาที่ฟังก่อนหยิบ", "เรื่องที่ 2 จากหน้าห้องยา"} <= set(Note.objects.values_list("title", flat=True))


def test_an_item_that_cannot_be_kept_leaves_nothing_and_the_next_one_comes_in(
    malee: Person, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import prakai.exchange.importing.bringing as module

    real = module.bring_comment

    def failing(*arguments: Any, **named: Any) -> Any:
        if "พังตรงนี้" in named["body"]:
            raise RuntimeError("a disk that failed")
        return real(*arguments, **named)

    monkeypatch.setattr(module, "bring_comment", failing)
    first = saved_page(91, notebook="สมุดใหม่", comments=[("ก", "ดี"), ("ข", "พังตรงนี้")])
    second = saved_page(92, notebook="สมุดใหม่", comments=[("ก", "ดี")])
    report = bring_in([file(first, "a.txt"), file(second, "b.txt")], by=malee, rights="held")
    assert (statuses(report), codes(report)) == (["broken", "added"], ["bug"])
    assert list(Note.objects.values_list("number", flat=True)) == [92]
    assert (Comment.objects.count(), Notebook.objects.count(), Origin.objects.count()) == (1, 1, 1)


def test_more_tags_than_a_note_carries_are_kept_as_raw_text(malee: Person, file: Callable[..., Path]) -> None:
    report = bring_in([file(saved_page(tags=[f"คำ{n}" for n in range(25)]))], by=malee, rights="held")
    note = Note.objects.get()
    assert (note.tags.count(), codes(report), len(report.lines[0].tags)) == (20, ["tags-left-out"], 25)
    assert "คำ24" in note.origin.raw


def test_a_number_that_is_taken_here_is_told(malee: Person, file: Callable[..., Path]) -> None:
    taken = make_note(malee).number
    report = bring_in([file(saved_page(taken))], by=malee, rights="held")
    brought = Note.objects.get(origin__isnull=False)
    assert (codes(report), brought.number != taken, report.lines[0].number) == (["number-taken"], True, taken)
    assert note_at_old_address(f"/posts/{taken}", taken) == brought


def test_a_member_is_known_by_her_address_and_never_by_her_name(
    malee: Person, file: Callable[..., Path]
) -> None:
    bring_in([file(saved_page(author="มาลี ใจงาม"))], by=malee, rights="held")
    assert (Note.objects.get().author, Note.objects.get().author_name) == (None, "มาลี ใจงาม")
    named = export("ย่อหน้า").replace(
        "<wp:base_site_url>",
        "<wp:author><wp:author_login>malee</wp:author_login><wp:author_email>Malee@DoiKham.example</wp:author_email>"
        "<wp:author_display_name>มาลี</wp:author_display_name></wp:author><wp:base_site_url>",
    )
    bring_in([file(named, "blog.xml")], by=make_person("ผู้ดูแล"), rights="held")
    assert Note.objects.get(origin__site="wordpress").author == malee


def test_pictures_of_a_media_folder_come_along_once(
    malee: Person, file: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "media"
    (folder / "2019/05").mkdir(parents=True)
    Image.new("RGB", (40, 30), (9, 90, 60)).save(folder / "2019/05/table.png")
    address = "https://blog.example.org/wp-content/uploads/2019/05/"
    media = f'<p><img src="{address}table.png" alt="โต๊ะ" /><img src="{address}lost.png" alt="หาย" /></p>'
    page = file(export("ย่อหน้า", media=media), "blog.xml")
    bring_in([page], by=malee, rights="held", media_folder=folder)
    row, note = Attachment.objects.get(), Note.objects.get()
    assert (row.note, row.alt, f'src="{row.get_absolute_url()}"' in note.body) == (note, "โต๊ะ", True)
    assert note.revisions.get().body == note.body
    before = everything()
    bring_in([page], by=malee, rights="held", media_folder=folder)
    assert everything() == before
    bring_in(
        [file(export("ย่อหน้าใหม่", media=media), "blog.xml")], by=malee, rights="held", media_folder=folder
    )
    assert (Attachment.objects.get(), row.get_absolute_url() in Note.objects.get().body) == (row, True)


def test_old_addresses_are_kept(malee: Person, file: Callable[..., Path]) -> None:
    bring_in([file(saved_page()), file(export("ย่อหน้า"), "blog.xml")], by=malee, rights="held")
    assert sorted(OldAddress.objects.values_list("path", flat=True)) == [
        "/2019/05/open-table",
        "/posts/90210",
    ]


# ── the report ──────────────────────────────────────────────────────────────────────────────────────────────────────

KEYS = [
    "source", "status", "number", "title", "author", "notebook", "tags", "written_at", "edited_at", "licence", "reads",
    "comments", "dates", "url", "problems",
]  # fmt: skip


def test_the_report_is_what_was_promised(malee: Person, file: Callable[..., Path]) -> None:
    told = json.loads(
        bring_in([file(saved_page()), file("", "empty.txt")], by=malee, rights="held").as_json()
    )
    assert (list(told), told["counts"]) == (["items", "counts"], {"added": 1, "broken": 1, "total": 2})
    item, broken = told["items"]
    assert [list(each) for each in (item, broken)] == [KEYS, KEYS]
    source = item.pop("source")
    assert Path(source).name == "note.txt"
    assert item == {
        "status": "added",
        "number": 90210,
        "title": "ห้องยาที่ฟังก่อนหยิบ",
        "author": None,
        "notebook": "ห้องยาเล่าเรื่อง",
        "tags": ["กพร.", "ห้องยา", "km-ภาคราชการ"],
        "written_at": "2006-09-05T08:15:00+07:00",
        "edited_at": "2006-09-06T19:02:00+07:00",
        "licence": "arr",
        "reads": None,
        "comments": 0,
        "dates": [{"start": "2006-09-04", "end": "2006-09-04", "text": "4 ก.ย.49"}],
        "url": "https://www.gotoknow.org/posts/90210",
        "problems": [],
    }
    assert (broken["status"], broken["number"], broken["problems"][0]["code"]) == ("broken", None, "empty")
    assert date.fromisoformat(item["dates"][0]["start"]) == date(2006, 9, 4)
