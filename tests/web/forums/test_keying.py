"""Answers from paper and from Excel files: each comes in once, wholly or not at all, and nothing private goes out."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from prakai.forums import actions
from prakai.forums.models import Answer, Promise, QuestionKind, Review, Voice
from tests.factories.forums import make_forum
from tests.factories.people import make_person
from tests.factories.reviews import make_answer, make_review, make_voice, promise_of, question_of
from tests.factories.units import make_unit
from tests.web.forums.test_review import shown, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(db: None) -> Review:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", unit=hospital)
    return make_review(make_forum(malee, hospital), malee)


def keyed(review: Review, code: str, words: str, key: str = "k") -> dict[str, str]:
    return {"code": code, "name": "ป้าแจ่ม", "key": key, f"q{question_of(review).pk}": words}


def file_of(rows: list[list[str]]) -> SimpleUploadedFile:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("answers.xlsx", out.getvalue())


def test_thirty_forms_are_printed_and_keyed_back(review: Review) -> None:
    client, at = signed_in(review.by), f"/forums/{review.forum_id}/review"
    assert client.post(f"{at}/forms", {"count": "30"}).headers["Location"] == f"{at}/forms/print"
    page = shown(client.get(f"{at}/forms/print"))
    codes = re.findall(r'review-slip-code">(\w{4})<', page)
    assert (len(codes), page.count("กลับไปแล้ว คุณจะลงมือทำอะไร")) == (30, 30)
    for code in codes[:2]:
        assert (
            client.post(f"{at}/keying", keyed(review, f" {code.upper()} ", "ได้เพื่อน\nได้แรง")).status_code
            == 302
        )
    page = shown(client.get(f"{at}/keying"))
    assert (f"เก็บแผ่น {codes[1]} แล้ว" in page, "บันทึกแล้ว 2 จาก 30 แผ่น" in page) == (True, True)
    assert (Answer.objects.count(), Voice.objects.count()) == (4, 2)
    assert codes[0] not in shown(client.get(f"{at}/forms/print"))


def test_a_wrong_code_keeps_what_was_keyed_and_no_code_is_fine_once(review: Review) -> None:
    client, at = signed_in(review.by), f"/forums/{review.forum_id}/review/keying"
    page = shown(client.post(at, keyed(review, "zzzz", "ได้เพื่อน")))
    assert ("ไม่มีแผ่นไหนใช้รหัสนี้" in page, "ได้เพื่อน" in page, Voice.objects.count()) == (True, True, 0)
    assert client.post(at, keyed(review, "", "ได้เพื่อน")).status_code == 302
    assert "บันทึกไปแล้ว" in shown(client.post(at, keyed(review, "", "ได้เพื่อน")))
    assert Voice.objects.count() == 1
    assert signed_in(make_person("สมชาย")).get(at).status_code == 403


def test_an_excel_file_is_looked_at_then_comes_in_once(review: Review) -> None:
    client, at = signed_in(review.by), f"/forums/{review.forum_id}/review/table"
    rows = [
        ["ชื่อ", "๒. อะไรดี", "5. จะทำอะไร"],
        ["ป้าแจ่ม", "ได้เพื่อน\nได้แรง", "จะลองดู"],
        ["", "=1+1", ""],
        ["", "", ""],
    ]
    page = shown(client.post(at, {"table": file_of(rows)}))
    assert ("2 คน รวม 4 ประเด็น" in page, Voice.objects.count()) == (True, 0)
    found = re.search(r"<textarea name=\"text\" hidden>\n(.*?)</textarea>", page, re.S)
    assert found is not None
    text = found[1].replace("&quot;", '"')
    for _ in range(2):
        assert client.post(at, {"text": text}).status_code == 302
    assert sorted(Answer.objects.values_list("words", flat=True)) == ["=1+1", "ได้เพื่อน", "ได้แรง"]
    assert Promise.objects.get().words == "จะลองดู"
    assert shown(client.post(at, {"text": "[1]"}))


def test_what_is_no_such_file_gets_a_clear_answer(review: Review) -> None:
    client, at = signed_in(review.by), f"/forums/{review.forum_id}/review/table"
    for content, words in (
        (SimpleUploadedFile("x.xlsx", b"PK nothing"), "ไม่ใช่ Excel"),
        (file_of([["อะไรก็ไม่รู้"], ["x"]]), "ไม่มีหัวตาราง"),
        (file_of([["2. อะไรดี"], ["ก" * 3000]]), "แถว 2"),
    ):
        assert words in shown(client.post(at, {"table": content}))
    assert Voice.objects.count() == 0


def test_hostile_files_get_a_clear_answer_and_leave_nothing(review: Review) -> None:
    """A bomb, a lying size, too many rows, formulas, the same code twice: each is told, and nothing half comes in."""
    client, at = signed_in(review.by), f"/forums/{review.forum_id}/review/table"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b'<!DOCTYPE x [<!ENTITY a "aaa">]><x>&a;</x>')
    head = ["รหัส", "ชื่อ", "2. อะไรดี"]
    for content, words in (
        (SimpleUploadedFile("x.xlsx", bomb.getvalue()), "ไม่ใช่ Excel"),
        (SimpleUploadedFile("x.xlsx", entities.getvalue()), "ไม่ใช่ Excel"),
        (SimpleUploadedFile("x.xlsx", b"0" * 5_000_001), "5 MB"),
        (SimpleUploadedFile("x.xlsx", b""), ""),
        (file_of([head, *[["", "", "ดี"]] * 2500]), "2,000"),
        (file_of([head, ["k7m2", "แดง", "ดี"], ["K7M2", "ดำ", "ร้อน"]]), "แถว 3"),
        (file_of([head, ["๗๗", "แดง", "ดี"], ["77", "ดำ", "ร้อน"]]), "แถว 3"),
        (file_of([["2. อะไรดี", "๒. อีกที"], ["ดี", "ซ้ำ"]]), "1 ประเด็น"),
    ):
        page = shown(client.post(at, {"table": content}))
        assert (words in page, Voice.objects.count()) == (True, 0)
    text = json.dumps(
        [
            ["a", "แดง", {str(question_of(review).pk): "ดี"}],
            ["b", "ดำ", {str(question_of(review).pk): "ก" * 3000}],
        ]
    )
    assert "3000" in shown(client.post(at, {"text": text}))
    assert Voice.objects.count() == 0


def test_the_file_that_goes_out_holds_only_what_is_revealed_and_no_formula(review: Review) -> None:
    voice = make_voice(review, "นภา")
    make_answer(voice, "=HYPERLINK(0)", named=True)
    make_answer(voice, "ความลับ", QuestionKind.FELL_SHORT)
    promise_of(voice, "สัญญาลับ")
    actions.reveal_question(question_of(review), by=review.by)
    at = f"/forums/{review.forum_id}/review/table.xlsx"
    assert signed_in(make_person("สมชาย")).get(at).status_code == 403
    book = load_workbook(io.BytesIO(signed_in(review.by).get(at).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    words = [str(cell.value) for cell in cells]
    assert ("=HYPERLINK(0)" in words, "ความลับ" in words, "สัญญาลับ" in words) == (True, False, False)
    assert [cell.value for cell in book.worksheets[0][1]][2].startswith("1. ")
