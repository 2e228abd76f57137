"""The page of the harvest and its papers: for whom, in which language, with which words, and without whose."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from prakai.forums import actions
from prakai.forums.models import Forum
from prakai.web.downloads import KINDS
from prakai.web.forums.views import harvest as views
from tests.factories.forums import make_forum, make_participant
from tests.factories.reviews import make_answer, make_voice, promise_of
from tests.factories.sparks import make_spark
from tests.factories.stories import make_nugget, make_story
from tests.forums.test_harvest import SECRET, day  # noqa: F401  the same day
from tests.web.forums.conftest import SignIn, shown

PRIVATE = (SECRET, "คำหยาบ", "ยังไม่เปิดเผย", "ลุงคำ", "ยายมา", "พี่นิรนาม", "สมชาย")
"""What stands on no page and no paper: a promise, what was hidden or not revealed, names that nobody agreed to."""
ENDINGS = ("pdf", "docx", "xlsx")


@pytest.fixture(autouse=True)
def _fresh_pace() -> None:
    views.PAPERS.forget()


def words_of(answer: Any, ending: str) -> str:
    """All words of a paper on one line."""
    content = BytesIO(answer.content)
    if ending == "pdf":
        document = pypdfium2.PdfDocument(content.getvalue())
        found = [page.get_textpage().get_text_range() for page in document]
        document.close()
    elif ending == "docx":
        word = Document(content)
        cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
        found = [*(one.text for one in word.paragraphs), *cells]
    else:
        book = load_workbook(content)
        cells = (cell.value for sheet in book for row in sheet.rows for cell in row)
        found = [*book.sheetnames, *(str(value) for value in cells if value is not None)]
    return " ".join(" ".join(found).split())


def test_the_page_tells_the_day_and_leads_on(cast: SimpleNamespace, day: Forum, signed_in: SignIn) -> None:  # noqa: F811
    page = shown(signed_in(cast.malee).get(f"/forums/{day.pk}/harvest"))
    for words in (
        *("วันนี้ได้อะไร", "หอผู้ป่วยดอยคำ", "เรื่องที่เปิด", "เรื่องที่อยู่ในวง", "แก่นเปิด", "ยิ้มก่อนถาม", "เวลาน้อยไป"),
        *("เพิ่มเวลาวง", "/harvest.pdf?lang=th", "/harvest.xlsx?lang=en", f"/forums/{day.pk}/certificates.pdf"),
        f'action="/forums/{day.pk}/close"',
    ):
        assert words in page
    assert page.index("เวลาน้อยไป") < page.index("ได้เพื่อน")
    for words in PRIVATE:
        assert words not in page
    assert f'href="/forums/{day.pk}/harvest"' in shown(signed_in(None).get(day.get_absolute_url()))
    actions.close_forum(day, by=cast.malee)
    assert f'action="/forums/{day.pk}/reopen"' in shown(
        signed_in(cast.malee).get(f"/forums/{day.pk}/harvest")
    )


def test_a_reader_who_was_not_there_finds_less(cast: SimpleNamespace, day: Forum, signed_in: SignIn) -> None:  # noqa: F811
    for reader in (None, cast.somchai):
        page = shown(signed_in(reader).get(f"/forums/{day.pk}/harvest"))
        assert ("เรื่องที่เปิด" in page, "ยิ้มก่อนถาม" in page) == (True, True)
        for words in ("เรื่องที่อยู่ในวง", "เวลาน้อยไป", "เพิ่มเวลาวง", "ห้วยทราย", "certificate", "/close"):
            assert words not in page
    own = shown(signed_in(cast.nurse).get(f"/forums/{day.pk}/harvest"))
    assert ("เรื่องที่อยู่ในวง" in own, "/certificate.pdf" in own, "/certificates.pdf" in own) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_each_paper_tells_the_day_in_its_language(
    cast: SimpleNamespace, day: Forum, signed_in: SignIn, ending: str, language: str  # noqa: F811
) -> None:  # fmt: skip
    for number in range(5):
        promise_of(make_voice(day.review), f"{SECRET} {number}")
    for _ in range(3):
        make_voice(day.review)
    actions.close_forum(day, by=cast.malee)
    answer = signed_in(cast.malee).get(f"/forums/{day.pk}/harvest.{ending}?lang={language}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == KINDS[ending]
    name = {"th": "การเก็บเกี่ยว", "en": "Harvest"}[language] + f" {day.title}.{ending}"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert unquote(disposition.split("''")[1]) == name
    text = words_of(answer, ending)
    local = day.starts_at.astimezone(views.telling.BANGKOK)  # type: ignore[union-attr]
    ours = {
        "th": ("ใครมาบ้าง", "ครั้งหน้าควรปรับอะไร", "สัญญาใจ", str(local.year + 543)),
        "en": ("Who came", "To change next time", "Promises made", str(local.year)),
    }[language]
    for words in (
        *(*ours, day.title, "หอผู้ป่วยดอยคำ", str(cast.nurse), "เรื่องที่เปิด", "แก่นเปิด", "ยิ้มก่อนถาม"),
        *("โทรก่อนวันนัด", "เวลาน้อยไป", "ได้เพื่อน", "เพิ่มเวลาวง"),
    ):
        assert words in text
    kept = {"th": "ยังมีอีก 1 เรื่อง", "en": "1 more story stays"}[language]
    assert kept in text
    for words in (*PRIVATE, "เรื่องที่อยู่ในวง", "แก่นในวง"):
        assert words not in text


def test_neither_side_of_a_review_goes_out_alone(
    cast: SimpleNamespace, day: Forum, signed_in: SignIn  # noqa: F811
) -> None:  # fmt: skip
    answer = signed_in(cast.malee).get(f"/forums/{day.pk}/harvest.xlsx?lang=en")
    [sheet] = [one for one in load_workbook(BytesIO(answer.content)) if one.title == "What keeps coming back"]
    rows = [[cell.value for cell in row] for row in sheet.rows]
    assert [len(row) for row in rows] == [2] * len(rows)
    assert rows[1] == ["เวลา (1 answer)\n“เวลาน้อยไป”", "ได้เพื่อน"]


@pytest.mark.parametrize(
    ("audience", "who", "status"),
    [
        *(("public", who, 200) for who in ("visitor", "somchai", "nurse", "malee", "steward")),
        *(("members", who, 200) for who in ("somchai", "nurse", "malee", "steward")),
        *(("unit", who, 200) for who in ("nurse", "malee", "steward")),
        *(("members", "visitor", 404), ("unit", "visitor", 404), ("unit", "somchai", 404)),
    ],
)
def test_who_may_read_the_forum_may_read_its_harvest(
    cast: SimpleNamespace, signed_in: SignIn, audience: str, who: str, status: int
) -> None:
    forum = make_forum(cast.malee, cast.hospital, audience=audience, starts_at=timezone.now())
    client = signed_in(None if who == "visitor" else getattr(cast, who))
    at = f"/forums/{forum.pk}/harvest"
    assert [client.get(f"{at}{end}").status_code for end in ("", ".docx", ".xlsx")] == [status] * 3
    if who in ("visitor", "malee"):
        assert client.get(f"{at}.pdf").status_code == status


def test_before_the_day_and_without_it_there_is_no_harvest(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    client, at = signed_in(cast.malee), f"/forums/{forum.pk}/harvest"
    assert [client.get(f"{at}{end}").status_code for end in ("", ".pdf", ".docx", ".xlsx")] == [403] * 4
    assert at not in shown(client.get(forum.get_absolute_url()))
    begun = make_forum(cast.malee, cast.hospital, starts_at=timezone.now() - timedelta(hours=1))
    actions.cancel_forum(begun, by=cast.malee, because="น้ำท่วม")
    assert client.get(f"/forums/{begun.pk}/harvest").status_code == 403
    assert client.get("/forums/999999/harvest.pdf").status_code == 404


def test_an_empty_harvest_says_so(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital, starts_at=timezone.now())
    assert "ยังไม่มีอะไรที่คุณอ่านได้" in shown(signed_in(None).get(f"/forums/{forum.pk}/harvest"))


def test_certificates_are_for_those_who_arrived(cast: SimpleNamespace, day: Forum, signed_in: SignIn) -> None:  # noqa: F811
    at = f"/forums/{day.pk}/certificates.pdf"
    answer = signed_in(cast.malee).get(f"{at}?lang=en")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = words_of(answer, "pdf")
    assert ["Certificate of attendance" in text, "ลุงคำ" in text, "ป้าคำ" in text] == [True] * 3
    assert "ยายมา" not in text
    own = words_of(signed_in(cast.nurse).get(f"/forums/{day.pk}/certificate.pdf"), "pdf")
    assert ("เกียรติบัตร" in own, str(cast.nurse) in own, "ลุงคำ" in own) == (True, True, False)
    assert [signed_in(one).get(at).status_code for one in (None, cast.somchai, cast.nurse)] == [403] * 3
    assert signed_in(cast.somchai).get(f"/forums/{day.pk}/certificate.pdf").status_code == 404
    empty = make_forum(cast.malee, cast.hospital, starts_at=timezone.now())
    make_participant(empty, name="ลุงคำ")
    assert signed_in(cast.malee).get(f"/forums/{empty.pk}/certificates.pdf").status_code == 403


def test_a_program_that_wants_papers_all_day_is_held_up(
    cast: SimpleNamespace, day: Forum, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    monkeypatch.setattr(views.PAPERS, "most", 1)
    at = f"/forums/{day.pk}/harvest.docx"
    assert [signed_in(None).get(at).status_code for _ in range(2)] == [200, 429]
    assert signed_in(cast.nurse).get(at).status_code == 200


def test_the_page_costs_the_same_for_one_and_for_many(
    cast: SimpleNamespace, day: Forum, signed_in: SignIn  # noqa: F811
) -> None:  # fmt: skip
    client, at = signed_in(cast.malee), f"/forums/{day.pk}/harvest"
    client.get(at)
    with CaptureQueriesContext(connection) as one:
        client.get(at)
    for number in range(5):
        make_nugget(make_story(day, cast.malee, title=f"เรื่อง {number}"), cast.malee)
        make_spark(day, f"ประกาย {number}")
        make_participant(day, name=f"คน {number}", unit=cast.town)
        make_answer(make_voice(day.review), f"คำตอบ {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(at)
    assert len(many) == len(one)
