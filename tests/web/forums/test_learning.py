"""What many reviews teach together: themes that come back, down to the sentences, and nothing of others' forums."""

from __future__ import annotations

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from prakai.forums import actions
from prakai.forums.models import QuestionKind, Review, Settling
from prakai.forums.queries.learning import learning_page
from prakai.networks.models import Network
from tests.factories.forums import make_forum
from tests.factories.networks import make_network
from tests.factories.people import make_person
from tests.factories.reviews import make_answer, make_review, make_voice, question_of
from tests.factories.units import make_unit
from tests.web.forums.test_review import shown, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    hospital, town = make_unit("โรงพยาบาลดอยคำ"), make_unit("เทศบาลเมืองคลองลำพู")
    return SimpleNamespace(
        hospital=hospital,
        town=town,
        malee=make_person("มาลี", unit=hospital),
        somchai=make_person("สมชาย", unit=town),
    )


def reviewed(
    cast: SimpleNamespace,
    title: str,
    words: str,
    days: int = 30,
    owner: Network | None = None,
    **more: object,
) -> Review:
    """A review with one pattern of what fell short."""
    forum = make_forum(
        cast.malee, owner or cast.hospital, starts_at=timezone.now() - timedelta(days=days), **more
    )
    review = make_review(forum, cast.malee)
    answer = make_answer(make_voice(review), words, QuestionKind.FELL_SHORT)
    actions.reveal_question(question_of(review, QuestionKind.FELL_SHORT), by=cast.malee)
    actions.make_pattern(review, title, [answer], by=cast.malee, kind=QuestionKind.FELL_SHORT)
    return review


def test_what_comes_back_is_found_down_to_its_sentences(cast: SimpleNamespace) -> None:
    series = actions.found_series(cast.hospital, "เวทีประจำปี", by=cast.malee)
    reviewed(cast, "เวลาไม่พอ", "วงใหญ่ไป พูดไม่ครบ", 30, series=series)
    reviewed(cast, "เวลา ไม่พอ", "พูดได้คนเดียว", 200)
    reviewed(cast, "ห้องร้อน", "แอร์เสียทั้งวัน", 60)
    reviewed(cast, "เวลาไม่พอ", "เก่าไปแล้ว", 400)
    page = learning_page(cast.malee)
    assert [(one.title, len(one.forums)) for one in page.coming] == [("เวลาไม่พอ", 2)]
    assert sorted(one.words for one in page.coming[0].sentences) == ["พูดได้คนเดียว", "วงใหญ่ไป พูดไม่ครบ"]
    assert [one.title for one in page.once] == ["ห้องร้อน"]
    assert [len(one.forums) for one in learning_page(cast.malee, months=24).coming] == [3]
    assert [one.title for one in learning_page(cast.malee, series=series.pk).once] == ["เวลาไม่พอ"]
    assert [one.title for one in learning_page(cast.malee, theme="แอร์").once] == ["ห้องร้อน"]
    text = shown(signed_in(cast.malee).get(f"/forums/learning?unit={cast.hospital.pk}&months=24&theme=เวลา"))
    assert ("3 เวที" in text, "เก่าไปแล้ว" in text, "แอร์เสียทั้งวัน" in text) == (True, True, False)


def test_it_is_narrowed_to_the_forums_of_a_network(cast: SimpleNamespace) -> None:
    ubon = make_person("อุบล", facilitator=True)
    network = make_network(ubon, units=[cast.hospital])
    reviewed(cast, "ห้องร้อน", "แอร์เสียทั้งวัน", 60)
    assert 'name="network"' not in shown(signed_in(cast.malee).get("/forums/learning"))
    reviewed(cast, "เวลาไม่พอ", "พูดไม่ครบ", 30, owner=network)
    page = learning_page(cast.malee, network=network.pk)
    assert ([one.title for one in page.once], page.networks, page.forums) == (["เวลาไม่พอ"], [network], 1)
    assert learning_page(cast.malee).forums == 2
    text = shown(signed_in(cast.malee).get(f"/forums/learning?network={network.pk}"))
    assert ("พูดไม่ครบ" in text, "แอร์เสียทั้งวัน" in text) == (True, False)
    assert f'<option value="{network.pk}" selected>{network.name}</option>' in text
    assert f"/forums/learning.xlsx?network={network.pk}" in text
    others = learning_page(cast.somchai, network=network.pk)
    assert (others.once, others.networks, others.forums) == ([], [], 0)


def test_what_is_chosen_stays_to_be_seen_when_she_looks_less_far_back(cast: SimpleNamespace) -> None:
    network = make_network(make_person("อุบล", facilitator=True), units=[cast.hospital])
    reviewed(cast, "เวลาไม่พอ", "พูดไม่ครบ", 500, owner=network)
    assert (learning_page(cast.malee).networks, learning_page(cast.malee).forums) == ([network], 0)
    text = shown(signed_in(cast.malee).get(f"/forums/learning?network={network.pk}&months=12"))
    assert f'<option value="{network.pk}" selected>{network.name}</option>' in text


def test_others_learn_nothing_of_it(cast: SimpleNamespace) -> None:
    reviewed(cast, "เวลาไม่พอ", "วงใหญ่ไป")
    page = learning_page(cast.somchai)
    assert (page.coming, page.once, page.series, page.units, page.forums) == ([], [], [], [], 0)
    assert "วงใหญ่ไป" not in shown(signed_in(cast.somchai).get("/forums/learning"))
    assert Client().get("/forums/learning").status_code == 302


def test_what_is_dealt_with_stays_in_the_history_and_says_when_it_comes_back(cast: SimpleNamespace) -> None:
    reviewed(cast, "เวลาไม่พอ", "พูดไม่ครบ", 60)
    newest = reviewed(cast, "เวลา ไม่พอ", "พูดได้คนเดียว", 30).patterns.get()
    nurse = make_person("นภา", unit=cast.hospital)
    client, at = signed_in(cast.malee), f"/forums/learning/{newest.pk}/settle"
    assert at in shown(client.get("/forums/learning"))
    assert at not in shown(signed_in(nurse).get("/forums/learning"))
    assert [signed_in(who).post(at, {"because": "x"}).status_code for who in (nurse, cast.somchai)] == [
        403,
        404,
    ]
    assert "จัดการไปอย่างไร" in shown(client.post(at, {"because": " "}))
    assert client.post(at, {"because": "ลดวงเหลือแปดคน"}).status_code == 302
    client.post(at, {"because": "ซ้ำ"})
    page = learning_page(cast.malee)
    assert (page.coming, [one.title for one in page.done]) == ([], ["เวลา ไม่พอ"])
    assert [row.because for row in Settling.objects.all()] == ["ลดวงเหลือแปดคน"]
    assert ("ลดวงเหลือแปดคน" in shown(signed_in(nurse).get("/forums/learning")), page.done[0].may_settle) == (
        True,
        True,
    )
    again = reviewed(cast, "เวลาไม่พอ", "ยังไม่ครบ", -1)
    page = learning_page(cast.malee)
    assert ([one.came_back for one in page.coming], page.done) == ([[again.forum]], [])
    text = shown(client.get("/forums/learning"))
    assert ("กลับมาอีกแล้ว" in text, "ลดวงเหลือแปดคน" in text) == (True, True)
    settling = Settling.objects.get()
    undo = f"/forums/learning/settlings/{settling.pk}/undo"
    assert [signed_in(who).post(undo).status_code for who in (nurse, cast.somchai)] == [403, 404]
    assert client.post(undo).status_code == 302
    settling.refresh_from_db()
    assert (settling.undone_by, learning_page(cast.malee).coming[0].settled) == (cast.malee, None)


def test_what_went_well_is_nothing_to_deal_with(cast: SimpleNamespace) -> None:
    review = reviewed(cast, "เวลาไม่พอ", "พูดไม่ครบ")
    answer = make_answer(make_voice(review), "ได้ฟังคนหน้างาน", QuestionKind.EXCEEDED)
    actions.reveal_question(question_of(review, QuestionKind.EXCEEDED), by=cast.malee)
    well = actions.make_pattern(review, "ฟังกันจริง", [answer], by=cast.malee, kind=QuestionKind.EXCEEDED)
    short = review.patterns.get(kind=QuestionKind.FELL_SHORT)
    client = signed_in(cast.malee)
    text = shown(client.get("/forums/learning"))
    links = [f"/forums/learning/{row.pk}/settle" in text for row in (short, well)]
    assert ("ฟังกันจริง" in text, links) == (True, [True, False])
    assert client.post(f"/forums/learning/{well.pk}/settle", {"because": "x"}).status_code == 403
    assert Settling.objects.count() == 0


def test_papers_speak_the_language_that_is_asked_for(cast: SimpleNamespace) -> None:
    reviewed(cast, "เวลาไม่พอ", "พูดไม่ครบ")
    client = signed_in(cast.malee)
    names = [client.get(f"/forums/learning.docx?lang={one}")["Content-Disposition"] for one in ("th", "en")]
    assert ["What%20many" in names[0] or "What many" in names[0], "What many" in names[1]] == [False, True]


def test_it_is_taken_along_as_tables_and_as_a_text_without_names_and_formulas(cast: SimpleNamespace) -> None:
    review = reviewed(cast, "เวลาไม่พอ", "=HYPERLINK(0)", 30)
    reviewed(cast, "@เวลาไม่พอ", "+66 พูดไม่ครบ", 60)
    client = signed_in(cast.malee)
    client.post(f"/forums/learning/{review.patterns.get().pk}/settle", {"because": "-ลดวง"})
    answer = client.get("/forums/learning.xlsx?months=24")
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    words = {str(cell.value) for cell in cells}
    assert {"=HYPERLINK(0)", "+66 พูดไม่ครบ", "@เวลาไม่พอ"} & words == {"=HYPERLINK(0)", "+66 พูดไม่ครบ"}
    assert any("-ลดวง" in one for one in words)
    document = Document(io.BytesIO(client.get("/forums/learning.docx").content))
    text = "\n".join(one.text for one in document.paragraphs)
    assert ("+66 พูดไม่ครบ" in text, "-ลดวง" in text) == (True, True)
    assert "พูดไม่ครบ" not in str(
        load_workbook(io.BytesIO(client.get("/forums/learning.xlsx?theme=แอร์").content))
    )
    assert Client().get("/forums/learning.xlsx").status_code == 403
    empty = load_workbook(io.BytesIO(signed_in(cast.somchai).get("/forums/learning.xlsx").content))
    assert "พูดไม่ครบ" not in str(
        [[cell.value for cell in row] for sheet in empty for row in sheet.iter_rows()]
    )


def test_the_page_costs_the_same_with_one_and_with_many(cast: SimpleNamespace) -> None:
    client = signed_in(cast.malee)
    reviewed(cast, "เวลาไม่พอ", "วงใหญ่ไป")
    shown(client.get("/forums/learning"))
    with CaptureQueriesContext(connection) as one:
        client.get("/forums/learning")
    for number in range(4):
        reviewed(cast, f"เรื่องที่ {number}", "ข้อความ")
    with CaptureQueriesContext(connection) as many:
        client.get("/forums/learning")
    assert len(many) == len(one)
