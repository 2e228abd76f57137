"""Each item by itself: what is broken is told and stops nothing; what comes along; what the report says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from prakai.exchange.importing.bringing import bring_in
from prakai.notes.models import Attachment, Note, Notebook, OldAddress, Origin
from prakai.notes.queries.pages import note_at_old_address
from prakai.people.models import Person
from prakai.talk.models import Comment
from tests.exchange.kept import codes, everything, statuses
from tests.exchange.pages import export, markdown, saved_page
from tests.factories.notes import make_note
from tests.factories.people import make_person

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
    counts = {"added": 1, "changed": 0, "unchanged": 0, "broken": 1}
    assert (list(told), told["counts"]) == (["items", "counts"], counts)
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
        "dates": ["2006-09-04"],
        "url": "https://www.gotoknow.org/posts/90210",
        "problems": [],
    }
    assert (broken["status"], broken["number"], broken["problems"][0]["code"]) == ("broken", None, "empty")
    assert date.fromisoformat(item["dates"][0]) == date(2006, 9, 4)


# ── comments on pages of their own ──────────────────────────────────────────────────────────────────────────────────

LOOSE = """ความเห็น 61002
{title}
เขียนเมื่อ 5 กันยายน 2549 13:20 น. ()

ที่ตึกของเราก็ลองแล้วค่ะ ใช้เวลาเพิ่มคนละสองนาที
"""


@pytest.mark.parametrize("dry", [False, True])
def test_a_loose_comment_finds_its_note_by_its_title(
    malee: Person, file: Callable[..., Path], dry: bool
) -> None:
    paths = [file(LOOSE.format(title="ห้องยาที่ฟังก่อนหยิบ"), "a-comment.txt"), file(saved_page(), "b-note.txt")]
    report = bring_in(paths, by=malee, rights="held", dry_run=dry)
    assert statuses(report) == ["added", "added"]
    assert Comment.objects.count() == (0 if dry else 1)
    if not dry:
        assert bring_in(paths, by=malee, rights="held").counts == {"unchanged": 2}


def test_a_loose_comment_when_its_note_is_not_here_or_not_clear(
    malee: Person, file: Callable[..., Path]
) -> None:
    comment = file(LOOSE.format(title="ห้องยาที่ฟังก่อนหยิบ"), "a-comment.txt")
    alone = bring_in([comment], by=malee, rights="held")
    bring_in([file(saved_page(91), "1.txt"), file(saved_page(92), "2.txt")], by=malee, rights="held")
    unclear = bring_in([comment], by=malee, rights="held")
    assert [(statuses(report), codes(report)[-1]) for report in (alone, unclear)] == [
        (["broken"], "note-not-found")
    ] * 2


def test_a_loose_comment_is_not_kept_under_a_link_card_or_another_persons_note(
    malee: Person, file: Callable[..., Path]
) -> None:
    comment = file(LOOSE.format(title="ห้องยาที่ฟังก่อนหยิบ"), "a-comment.txt")
    page = file(saved_page(), "note.txt")
    bring_in([page], by=malee, rights="link")
    assert statuses(bring_in([comment], by=malee, rights="held")) == ["broken"]
    bring_in([page], by=malee, rights="held")
    assert statuses(bring_in([comment], by=make_person("สมชาย"), rights="held")) == ["broken"]
    assert statuses(bring_in([comment], by=malee, rights="held")) == ["added"]
