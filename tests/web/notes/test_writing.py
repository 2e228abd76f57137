"""Writing without JavaScript: begin, save, look, publish, change; and every "no" keeps every word."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from prakai.notes.actions import open_notebook, save_draft
from prakai.notes.models import Attachment, Draft, Note, Notebook, Publication, Revision
from prakai.people.models import Person
from tests.factories.people import make_person
from tests.web.notes.conftest import BODY, Write, page_of, signed_in


def typed(**told: Any) -> dict[str, Any]:
    return {
        "title": "ม้านั่งตอนหกโมงเช้า",
        "body": "คนไข้มาตั้งแต่ตีห้า\n\nเราจึงเปิดไฟให้ก่อน",
        "highlight": "เขาโกรธที่ไม่รู้ว่าต้องรออีกนานแค่ไหน",
        "tags": "คิว, ห้องบัตร #ก.พ.ร.",
        "audience": "public",
        "licence": "cc-by",
        "language": "th",
        "window": "w1",
        "base_version": "0",
        "move": "save",
        **told,
    }


def picture(name: str = "bench.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "orange").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def test_visitors_are_led_to_sign_in_and_back(db: None) -> None:
    for path in ("/write", "/write/how", "/desk", "/notebooks/new"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")


def test_the_first_page_of_writing_offers_kinds_and_what_was_begun(malee: Person, write: Write) -> None:
    write("ยังไม่เสร็จ", publish=False)
    save_draft(by=malee, window="w9", fields={"title": "พิมพ์ค้างไว้", "kind": "how"})
    text = page_of(signed_in(malee).get("/write"))
    for told in ("/write/journal", "/write/how", "/write/article", "ยังไม่เสร็จ", "พิมพ์ค้างไว้", "?draft=w9"):
        assert told in text, told


def test_a_kind_that_does_not_exist_is_not_found(malee: Person) -> None:
    assert [signed_in(malee).get(f"/write/{kind}").status_code for kind in ("link", "poem")] == [404, 404]


def test_a_first_note_is_saved_and_published_without_script(malee: Person, somchai: Person) -> None:
    client = signed_in(malee)
    form = page_of(client.get("/write/how"))
    assert 'name="body"' in form
    answer = client.post("/write/how", typed())
    note = Note.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/notes/{note.number}/edit")
    assert (note.title, note.kind, note.author, note.published_at) == ("ม้านั่งตอนหกโมงเช้า", "how", malee, None)
    assert note.body == "<p>คนไข้มาตั้งแต่ตีห้า</p>\n<p>เราจึงเปิดไฟให้ก่อน</p>"
    assert [t.tag.label for t in note.taggings.select_related("tag")] == ["คิว", "ห้องบัตร", "ก.พ.ร."]
    assert Notebook.objects.get().owner == malee

    form = page_of(client.get(answer["Location"]))
    assert "คนไข้มาตั้งแต่ตีห้า\n\nเราจึงเปิดไฟให้ก่อน</textarea>" in form
    answer = client.post(
        f"/notes/{note.number}/edit", typed(base_version=note.version, title="ม้านั่ง", move="publish")
    )
    note.refresh_from_db()
    assert note.published_at is not None
    assert "ม้านั่ง" in page_of(client.get(answer["Location"]))
    assert Client().get(note.get_absolute_url()).status_code == 200


def test_publishing_saves_what_was_typed_last(malee: Person, write: Write) -> None:
    note = write(publish=False)
    signed_in(malee).post(
        f"/notes/{note.number}/edit", typed(body="คำสุดท้าย", base_version=note.version, move="publish")
    )
    note.refresh_from_db()
    assert note.plain == "คำสุดท้าย"
    assert Publication.objects.filter(note=note).count() == 1


def test_a_journal_is_posted_in_one_go(malee: Person) -> None:
    answer = signed_in(malee).post(
        "/write/journal", {"body": "วันนี้ฝนตก คนไข้น้อย", "move": "publish", "window": "w"}
    )
    note = Note.objects.get()
    assert (note.kind, note.title, note.plain) == ("journal", "", "วันนี้ฝนตก คนไข้น้อย")
    assert answer["Location"].startswith(f"/notes/{note.number}")
    assert Client().get(note.get_absolute_url()).status_code == 200


def test_what_may_not_be_published_yet_is_kept_and_told_why(malee: Person) -> None:
    client = signed_in(malee)
    answer = client.post("/write/how", typed(title=" \u200b ", move="publish"), follow=True)
    note = Note.objects.get()
    assert (note.published_at, note.title) == (None, "")
    assert "คนไข้มาตั้งแต่ตีห้า" in page_of(answer)
    assert "notice-warn" in answer.content.decode()


def test_looking_first_saves_nothing_and_keeps_the_form(malee: Person) -> None:
    text = page_of(
        signed_in(malee).post("/write/how", typed(body="<p>ดู</p><script>alert(1)</script>", move="preview"))
    )
    assert Note.objects.count() == 0
    assert '<div class="prose"><p>ดู</p></div>' in text
    assert 'value="ม้านั่งตอนหกโมงเช้า"' in text


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("<p onclick='x()'>คำ</p><script>alert(1)</script>", "<p>คำ</p>"),
        ("<p>คำ</p><img src=x onerror=alert(1)>", '<p>คำ</p><img src="x">'),
        ('<p style="color:red" class="MsoNormal">คำ</p>', "<p>คำ</p>"),
        ("<a href='javascript:alert(1)'>คำ</a><p></p>", '<a rel="nofollow noopener noreferrer">คำ</a>'),
        ("ก < ข & ค", "<p>ก &lt; ข &amp; ค</p>"),
    ],
)
def test_hostile_bodies_are_made_clean(malee: Person, body: str, kept: str) -> None:
    signed_in(malee).post("/write/how", typed(body=body))
    assert Note.objects.get().body == kept


def test_a_megabyte_of_text_is_refused_with_its_words(malee: Person) -> None:
    body = "ก" * 1_000_000
    text = page_of(signed_in(malee).post("/write/how", typed(body=body)), 400)
    assert Note.objects.count() == 0
    assert body in text


def test_a_title_that_is_too_long_is_told_at_its_field(malee: Person) -> None:
    text = page_of(signed_in(malee).post("/write/how", typed(title="ก" * 201)), 400)
    assert 'href="#id_title"' in text
    assert "ก" * 201 in text


def test_only_its_writers_change_a_note(write: Write, somchai: Person, malee: Person) -> None:
    note = write()
    assert signed_in(malee).get(f"/notes/{note.number}/edit").status_code == 200
    text = page_of(signed_in(somchai).get(f"/notes/{note.number}/edit"), 403)
    assert 'name="body"' not in text
    signed_in(somchai).post(f"/notes/{note.number}/edit", typed(base_version=note.version))
    note.refresh_from_db()
    assert note.title == "ที่นั่งรอหกตัว"


def test_co_authors_and_tellers_are_found_by_name(malee: Person, somchai: Person) -> None:
    kaew = make_person("แก้ว", "บ้านดอย", nickname_th="แก้ว")
    signed_in(malee).post("/write/how", typed(coauthors="นายสมชาย ใจดี", teller="แก้ว บ้านดอย"))
    note = Note.objects.get()
    assert (list(note.coauthors.all()), note.teller) == ([somchai], kaew)


def test_a_teller_without_account_is_only_a_name(malee: Person) -> None:
    signed_in(malee).post("/write/how", typed(teller="ป้าแก้ว ตลาดเช้า"))
    note = Note.objects.get()
    assert (note.teller, note.teller_name) == (None, "ป้าแก้ว ตลาดเช้า")


def test_a_name_that_two_people_have_is_asked_about(malee: Person, hospital: Any) -> None:
    one = make_person("สมศรี", "แก้วใส", unit=hospital, position_th="เภสัชกร")
    two = make_person("สมศรี", "แก้วใส", position_th="ครู")
    client = signed_in(malee)
    text = page_of(client.post("/write/how", typed(coauthors="สมศรี แก้วใส")), 400)
    assert Note.objects.count() == 0
    assert "เภสัชกร" in text
    assert {one.public_id, two.public_id} == set(re.findall(r'name="picked" value="([0-9a-z]{12})"', text))
    client.post("/write/how", typed(coauthors="สมศรี แก้วใส", picked=two.public_id))
    assert list(Note.objects.get().coauthors.all()) == [two]
    form = page_of(client.get(f"/notes/{Note.objects.get().number}/edit"))
    assert two.public_id in form


def test_a_teller_whose_name_two_people_have_may_be_neither(malee: Person) -> None:
    one = make_person("แก้ว", "ใสดี")
    make_person("แก้ว", "ใสดี")
    client = signed_in(malee)
    text = page_of(client.post("/write/how", typed(teller="แก้ว ใสดี")), 400)
    assert 'value="plain"' in text
    client.post("/write/how", typed(teller="แก้ว ใสดี", picked="plain"))
    assert (Note.objects.get().teller, Note.objects.get().teller_name) == (None, "แก้ว ใสดี")
    client.post("/write/how", typed(teller="แก้ว ใสดี", picked=one.public_id))
    assert Note.objects.latest("pk").teller == one


def test_a_co_author_nobody_knows_is_told(malee: Person) -> None:
    text = page_of(signed_in(malee).post("/write/how", typed(coauthors="ไม่มีคนนี้ จริงจริง")), 400)
    assert "ไม่มีคนนี้ จริงจริง" in text
    assert Note.objects.count() == 0


def test_pictures_and_files_come_along_without_script(malee: Person) -> None:
    leaf = SimpleUploadedFile("แบบฟอร์ม.csv", "ชื่อ,คิว\nก,1\n".encode(), "text/csv")
    signed_in(malee).post("/write/how", typed(uploads=[picture("ม้านั่ง.jpg"), leaf], move="publish"))
    note = Note.objects.get()
    kinds = {row.kind: row for row in Attachment.objects.filter(note=note)}
    assert sorted(kinds) == ["file", "picture"]
    assert f'<img src="{kinds["picture"].get_absolute_url()}"' in note.body
    text = page_of(Client().get(note.get_absolute_url()))
    assert kinds["file"].get_absolute_url() in text
    assert Revision.objects.filter(note=note).count() == 1


def test_a_file_of_a_wrong_kind_is_told_and_the_words_stay(malee: Person) -> None:
    bad = SimpleUploadedFile("run.exe", b"MZ\x00\x00", "application/octet-stream")
    text = page_of(signed_in(malee).post("/write/how", typed(uploads=[bad])), 400)
    assert "คนไข้มาตั้งแต่ตีห้า" in text
    assert Note.objects.count() == 0
    assert Attachment.objects.count() == 0


def test_an_expired_session_shows_every_word_again(malee: Person) -> None:
    told = typed(tags="คิว", body="คำที่ห้ามหาย <b>")
    text = page_of(Client().post("/write/how", told), 401)
    assert "คำที่ห้ามหาย &lt;b&gt;</textarea>" in text
    assert "/accounts/login/" in text
    sent_again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))
    assert sent_again["tags"] == "คิว"
    answer = signed_in(malee).post("/write/how", {**sent_again, "title": told["title"], "body": told["body"]})
    assert (answer.status_code, Note.objects.get().plain) == (302, "คำที่ห้ามหาย <b>")


def test_a_page_of_an_older_sign_in_shows_every_word_again(malee: Person) -> None:
    client = signed_in(malee, enforce_csrf_checks=True)
    text = page_of(client.post("/write/how", typed(body="คำที่ห้ามหาย")), 403)
    assert "คำที่ห้ามหาย</textarea>" in text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    assert token is not None
    answer = client.post("/write/how", {**typed(body="คำที่ห้ามหาย"), "csrfmiddlewaretoken": token[1]})
    assert (answer.status_code, Note.objects.count()) == (302, 1)


def test_two_windows_never_overwrite_each_other(malee: Person, write: Write) -> None:
    note = write(publish=False)
    client, base = signed_in(malee), note.version
    client.post(
        f"/notes/{note.number}/edit", typed(body="<p>จากหน้าต่างแรก</p>", base_version=base, window="a")
    )
    answer = client.post(
        f"/notes/{note.number}/edit", typed(body="<p>จากหน้าต่างหลัง</p>", base_version=base, window="b")
    )
    text = page_of(answer, 409)
    assert text.count("จากหน้าต่าง") >= 3
    assert re.search(r"<del>.*?แรก.*?</del>", text, re.DOTALL)
    assert re.search(r"<ins>.*?หลัง.*?</ins>", text, re.DOTALL)
    note.refresh_from_db()
    assert note.plain == "จากหน้าต่างแรก"

    newer = re.search(r'name="base_version" value="(\d+)"', text)
    assert newer is not None
    keep = typed(body="<p>จากหน้าต่างหลัง</p>", base_version=newer[1], window="b", keep="mine")
    client.post(f"/notes/{note.number}/edit", keep)
    note.refresh_from_db()
    assert note.plain == "จากหน้าต่างหลัง"


def test_taking_the_other_version_keeps_ones_own_as_a_draft(malee: Person, write: Write) -> None:
    note = write(publish=False)
    answer = signed_in(malee).post(
        f"/notes/{note.number}/edit", typed(body="ของฉัน", window="b", keep="saved", base_version=note.version)
    )
    assert answer["Location"] == f"/notes/{note.number}/edit"
    assert Draft.objects.get(window="b").fields["body"] == "ของฉัน"
    text = page_of(signed_in(malee).get(answer["Location"]))
    assert "?draft=b" in text


def test_a_draft_of_another_window_is_shown_beside(malee: Person, write: Write) -> None:
    note = write(publish=False)
    save_draft(by=malee, window="other", fields={"body": "พิมพ์ไว้อีกหน้าต่าง"}, note=note, base_version=1)
    client = signed_in(malee)
    told = typed(body="พิมพ์ตรงนี้", compare="other", base_version=note.version)
    text = page_of(client.post(f"/notes/{note.number}/edit", told))
    assert 'name="keep" value="other"' in text
    assert "พิมพ์ไว้อีกหน้าต่าง" in text
    answer = client.post(f"/notes/{note.number}/edit", typed(body="พิมพ์ตรงนี้", keep="other", window="w1"))
    assert answer["Location"] == f"/notes/{note.number}/edit?draft=other"


def test_a_draft_is_gone_on_with(malee: Person) -> None:
    save_draft(by=malee, window="w7", fields={"title": "ค้าง", "body": "คำค้าง", "kind": "how", "tags": "คิว"})
    client = signed_in(malee)
    text = page_of(client.get("/write/how?draft=w7"))
    assert 'value="ค้าง"' in text
    assert "คำค้าง</textarea>" in text
    assert 'name="window" value="w7"' in text
    client.post("/write/how", typed(window="w7"))
    assert Draft.objects.count() == 0


def test_nobody_goes_on_with_somebody_elses_draft(malee: Person, somchai: Person) -> None:
    save_draft(by=malee, window="w7", fields={"body": "ความลับ"})
    assert "ความลับ" not in page_of(signed_in(somchai).get("/write/how?draft=w7"))
    assert signed_in(somchai).post("/drafts/w7/drop").status_code == 404
    assert Draft.objects.count() == 1


def test_a_note_that_builds_on_another_begins_with_the_way_there(write: Write, somchai: Person) -> None:
    note = write(tags=["คิว"])
    text = page_of(signed_in(somchai).get(f"/write/how?builds_on={note.number}"))
    assert f"/notes/{note.number}-" in text
    assert 'value="คิว"' in text
    hidden = write("ลับ", publish=False)
    assert "ลับ" not in page_of(signed_in(somchai).get(f"/write/how?builds_on={hidden.number}"))


def test_nobody_writes_in_somebody_elses_notebook(malee: Person, somchai: Person) -> None:
    own = open_notebook(title="ของมาลี", by=malee)
    page_of(signed_in(somchai).post("/write/how", typed(notebook=own.pk)), 400)
    assert Note.objects.count() == 0
    signed_in(malee).post("/write/how", typed(notebook=own.pk))
    assert Note.objects.get().notebook == own


def test_a_body_with_a_list_is_typed_as_markup_and_a_plain_one_as_text(malee: Person, write: Write) -> None:
    client = signed_in(malee)
    listed = write("ก", "<p>มี</p><ul><li>หนึ่ง</li></ul>", publish=False)
    assert "&lt;ul&gt;" in page_of(client.get(f"/notes/{listed.number}/edit"))
    plain = write("ข", "<p>ก &lt; ข<br>ค</p>", publish=False)
    assert "ก &lt; ข\nค</textarea>" in page_of(client.get(f"/notes/{plain.number}/edit"))


def test_saving_a_published_note_shows_readers_the_new_version_at_once(malee: Person, write: Write) -> None:
    note = write(at=timezone.now() - timedelta(days=2))
    signed_in(malee).post(f"/notes/{note.number}/edit", typed(body="<p>แก้แล้ว</p>", base_version=note.version))
    assert "แก้แล้ว" in page_of(Client().get(f"/notes/{note.number}", follow=True))


WORD = """<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>
<span lang=TH style='font-family:"TH SarabunPSK",sans-serif'>ข้อแรก</span><o:p></o:p></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='height:12pt'>
<td width=120 style='width:90pt'><p class=MsoNormal><b><span lang=TH>สี</span></b><o:p></o:p></p></td>
<td><p class=MsoNormal><span lang=TH>เขียว</span></p></td></tr></table>"""


def test_a_table_from_word_stays_and_its_styles_go(malee: Person) -> None:
    signed_in(malee).post("/write/how", typed(body=WORD))
    body = Note.objects.get().body
    assert re.sub(r"\s+", "", re.sub(r"<span[^>]*>|</span>", "", body)).endswith(
        "<table><tbody><tr><td><p><strong>สี</strong></p></td><td><p>เขียว</p></td></tr></tbody></table>"
    )
    for gone in ("style", "Mso", "class", "o:p", "supportLists"):
        assert gone not in body, gone


def test_the_editing_page_costs_the_same_with_many_tags(malee: Person, write: Write) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(malee)
    costs = []
    for note in (write("ก", BODY, tags=["หนึ่ง"]), write("ข", BODY, tags=[f"คำ {n}" for n in range(20)])):
        with CaptureQueriesContext(connection) as queries:
            page_of(client.get(f"/notes/{note.number}/edit"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_what_a_picture_shows_is_told_without_scripts(malee: Person) -> None:
    client = signed_in(malee)
    client.post("/write/how", typed(uploads=[picture()]))
    note, row = Note.objects.get(), Attachment.objects.get()
    field = f"alt-{row.public_id}"
    assert f'name="{field}"' in page_of(client.get(f"/notes/{note.number}/edit"))
    told = typed(body=note.body, window="w2", base_version="1", **{field: "ม้านั่งหกตัว"})
    client.post(f"/notes/{note.number}/edit", told)
    note.refresh_from_db()
    assert 'alt="ม้านั่งหกตัว"' in note.body
    assert 'value="ม้านั่งหกตัว"' in page_of(client.get(f"/notes/{note.number}/edit"))
