"""The pages of a review: led by the facilitator, written in with a phone, private until revealed."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.forums import actions
from prakai.forums.models import Answer, Promise, Review, Voice
from prakai.people.models import Person
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.reviews import make_answer, make_review, make_voice, promise_of, question_of
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
SECRET = "หัวหน้าพูดก่อนทุกครั้ง"


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    return SimpleNamespace(
        hospital=hospital,
        malee=make_person("มาลี", unit=hospital),
        nurse=make_person("นภา", unit=hospital),
        somchai=make_person("สมชาย", unit=make_unit("เทศบาลเมืองคลองลำพู")),
    )


@pytest.fixture
def review(cast: SimpleNamespace) -> Review:
    return make_review(make_forum(cast.malee, cast.hospital), cast.malee)


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def shown(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.text[:1500]
    assert "!!unknown" not in response.text, response.text[response.text.index("!!unknown") - 200 :][:300]
    return str(response.text)


def phone(review: Review, name: str = "") -> Client:
    """A phone without an account that has come in with the code."""
    client = Client()
    at = f"/forums/{review.forum_id}/review/write"
    sent = client.post(at, {"join": "yes", "code": review.forum.code, "name": name})
    assert (sent.status_code, sent.headers["Location"]) == (302, at)
    return client


def send(
    client: Client, review: Review, words: str, kind: str = "exceeded", key: str = "k1", **more: str
) -> Any:
    question = question_of(review, kind)
    given = {"question": str(question.pk), "words": words, "client_id": key, **more}
    return client.post(f"/forums/{review.forum_id}/review/write", given)


def test_who_prepares_opens_the_review_and_moves_it(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    at, malee = f"/forums/{forum.pk}/review", signed_in(cast.malee)
    assert "ยังไม่ได้เตรียม" in shown(signed_in(cast.nurse).get(at))
    assert signed_in(cast.nurse).post(f"{at}/open", {"minutes": "150"}).status_code == 403
    assert "เตรียมการทบทวน" in shown(malee.get(at))
    page = shown(malee.post(f"{at}/open", {"minutes": "10"}))
    assert ("30" in page, Review.objects.count()) == (True, 0)
    assert malee.post(f"{at}/open", {"minutes": "150"}).status_code == 302
    page = shown(malee.get(at))
    assert "เริ่มช่วง: เขียนเงียบ ๆ" in page
    writing = forum.review.phases.all()[0]
    assert signed_in(cast.nurse).post(f"{at}/phases/{writing.pk}").status_code == 403
    malee.post(f"{at}/phases/{writing.pk}")
    page = shown(malee.get(at))
    assert ("data-ends=" in page, "20 นาที ถึงราว" in page, "เริ่มช่วง: พูดรอบวง" in page) == (True, True, True)
    assert malee.get(f"{at}/state").json() == {"phase": writing.pk, "revealed": 0}
    malee.post(f"{at}/phases/{writing.pk}", {"move": "end"})
    assert "ตอนนี้ไม่มีช่วงที่กำลังทำ" in shown(malee.get(at))


def test_a_phone_writes_with_the_code_alone_and_each_point_arrives_once(review: Review) -> None:
    client = phone(review, "ป้าแจ่ม")
    question = question_of(review)
    page = shown(client.get(f"/forums/{review.forum_id}/review/write?q={question.pk}"))
    assert "อะไรที่ได้ตามที่หวังหรือเกินหวัง เพราะอะไร" in page
    for _ in range(2):
        assert send(client, review, "ได้เพื่อน", named="on").status_code == 302
    assert list(Answer.objects.values_list("words", "name")) == [("ได้เพื่อน", "ป้าแจ่ม")]
    assert "ได้เพื่อน" in shown(client.get(f"/forums/{review.forum_id}/review/write?q={question.pk}"))
    assert client.cookies["prakai_said"].value == "k1"
    long = "ก" * 2500
    page = shown(send(client, review, long, key="k2"))
    assert (long in page, "2500" in page) == (True, True)


def test_a_wrong_code_and_a_stranger_get_clear_answers(review: Review, cast: SimpleNamespace) -> None:
    at = f"/forums/{review.forum_id}/review/write"
    page = shown(Client().post(at, {"join": "yes", "code": "aaaaa", "name": "ป้าแจ่ม"}))
    assert ("รหัสนี้ไม่ใช่ของเวทีนี้" in page, "ป้าแจ่ม" in page, Voice.objects.count()) == (True, True, 0)
    assert "อ่านกันในหมู่คนที่มาร่วม" in shown(signed_in(cast.somchai).get(f"/forums/{review.forum_id}/review"), 403)
    assert signed_in(cast.somchai).post(f"/forums/{review.forum_id}/review/ready").status_code == 404
    assert (
        Client(enforce_csrf_checks=True).post(at, {"join": "yes", "code": review.forum.code}).status_code
        == 403
    )


def test_a_forum_of_a_unit_is_not_told_to_who_has_no_code(cast: SimpleNamespace) -> None:
    review = make_review(make_forum(cast.malee, cast.hospital, audience="unit"), cast.malee)
    at = f"/forums/{review.forum_id}/review/write"
    assert Client().get(at).status_code == 404
    assert Client().post(at, {"join": "yes", "code": "aaaaa"}).status_code == 404
    assert "เริ่มเขียน" in shown(Client().get(f"{at}?code={review.forum.code}"))
    assert shown(phone(review).get(at))


def test_no_page_shows_what_is_private(review: Review, cast: SimpleNamespace) -> None:
    make_participant(review.forum, cast.somchai)
    client = phone(review, "ป้าแจ่ม")
    send(client, review, SECRET, "fell_short")
    promise = promise_of(Voice.objects.get(), "จะขอพูดเป็นคนแรก")
    answer, question = Answer.objects.get(), question_of(review, "fell_short")
    at = f"/forums/{review.forum_id}/review"
    others = [signed_in(cast.malee), signed_in(cast.somchai), phone(review)]
    signed_in(cast.somchai).post(f"{at}/write", {"join": "yes", "name": ""})
    for other in others:
        for address in (
            at,
            f"{at}/write?q={question.pk}",
            f"{at}/write?q={question_of(review, 'promise').pk}",
        ):
            page = other.get(address, follow=True).text
            assert (address, SECRET in page, promise.words in page) == (address, False, False)
        for address in (f"{at}/answers/{answer.pk}", f"{at}/promises/{promise.pk}"):
            assert (other.get(address).status_code, other.post(address, {"withdraw": "yes"}).status_code) == (
                404,
                404,
            )
    signed_in(cast.malee).post(f"{at}/questions/{question.pk}")
    for other in others:
        page = other.get(at).text
        assert (SECRET in page, "ป้าแจ่ม</p>" in page, promise.words in page) == (True, False, False)
    assert client.post(f"{at}/questions/{question_of(review).pk}").status_code == 403


def test_changing_taking_back_and_being_ready(review: Review, cast: SimpleNamespace) -> None:
    client, at = phone(review), f"/forums/{review.forum_id}/review"
    send(client, review, "ได้เพื่อน")
    answer = Answer.objects.get()
    assert "ได้เพื่อน" in shown(client.get(f"{at}/answers/{answer.pk}"))
    client.post(f"{at}/answers/{answer.pk}", {"words": "ได้เพื่อนใหม่", "client_id": "k1"})
    answer.refresh_from_db()
    assert answer.words == "ได้เพื่อนใหม่"
    client.post(f"{at}/answers/{answer.pk}", {"withdraw": "yes"})
    assert Answer.objects.standing().count() == 0
    actions.begin_phase(review.phases.all()[0], by=cast.malee)
    client.post(f"{at}/ready", {"ready": "yes"})
    assert "พร้อมแล้ว 1 คน" in shown(signed_in(cast.malee).get(at))
    signed_in(cast.malee).post(f"{at}/turns/{Voice.objects.get().pk}", {"spoken": "yes"})
    assert "พูดแล้ว 1 จาก 1 คน" in shown(signed_in(cast.malee).get(at))


def test_a_promise_is_kept_changed_and_taken_back(review: Review) -> None:
    client, at = phone(review, "ป้าแจ่ม"), f"/forums/{review.forum_id}/review"
    given = {"first_step": "คุยกับพี่แดง", "due_on": "15 ธ.ค. 2569", "tells_next": "on", "is_named": "on"}
    assert send(client, review, "จะเขียนสมุดเวร", "promise", **given).status_code == 302
    promise = Promise.objects.get()
    assert (str(promise.due_on), promise.tells_next, promise.is_named, promise.reminds) == (
        "2026-12-15",
        True,
        True,
        False,
    )
    page = shown(send(client, review, "จะโทรหา", "promise", key="k2", reminds="on"))
    assert ("ขออีเมลไว้ด้วย" in page, "จะโทรหา" in page) == (True, True)
    assert "จะเขียนสมุดเวร" in shown(client.get(f"{at}/promises/{promise.pk}"))
    client.post(
        f"{at}/promises/{promise.pk}",
        {"words": "จะเขียนสมุดเวรทุกวัน", "reminds": "on", "email": "jaem@test.example"},
    )
    promise.refresh_from_db()
    assert (promise.words, promise.reminds, promise.tells_next) == ("จะเขียนสมุดเวรทุกวัน", True, False)
    client.post(f"{at}/promises/{promise.pk}", {"withdraw": "yes"})
    assert Promise.objects.standing().count() == 0


def test_minutes_questions_and_closing_time_are_set_up(review: Review, cast: SimpleNamespace) -> None:
    malee, at = signed_in(cast.malee), f"/forums/{review.forum_id}/review/setup"
    assert signed_in(cast.nurse).get(at).status_code == 403
    writing, question = review.phases.all()[0], question_of(review)
    assert "150 นาที" in shown(malee.get(at))
    malee.post(at, {"what": f"phase-{writing.pk}", "minutes": "30"})
    malee.post(at, {"what": f"question-{question.pk}", "words": "อะไรดีเกินคาด"})
    malee.post(at, {"what": "new", "words": "วันนี้อะไรทำให้คุณยิ้ม"})
    malee.post(at, {"what": "until", "on": "31 ธ.ค. 2599", "time": "18.30"})
    malee.post(at, {"what": f"question-{question_of(review, 'expected').pk}", "drop": "yes"})
    review.refresh_from_db()
    assert (review.minutes, review.questions.count(), f"{review.collects_until:%Y-%m-%d %H:%M}") == (
        160,
        5,
        "2056-12-31 11:30",
    )
    page = shown(malee.post(at, {"what": "until", "on": "เมื่อไรก็ได้", "time": "25.99"}))
    assert ("เมื่อไรก็ได้" in page, "18:00" in page, "อะไรดีเกินคาด" in page) == (True, True, True)
    page = shown(malee.post(at, {"what": "new", "words": " "}))
    assert "เขียนคำถามก่อน" in page


@pytest.mark.parametrize("path", ["", "/write", "/setup"])
def test_pages_cost_the_same_with_one_and_with_many(path: str, review: Review, cast: SimpleNamespace) -> None:
    client = signed_in(cast.malee)
    question = question_of(review)
    make_answer(make_voice(review, "มาลี", cast.malee), "ได้เพื่อน")
    actions.reveal_question(question, by=cast.malee)
    at = f"/forums/{review.forum_id}/review{path}"
    shown(client.get(at))
    with CaptureQueriesContext(connection) as one:
        client.get(at)
    for number in range(6):
        make_answer(make_voice(review, f"คน{number}"), "ได้กำลังใจ")
    with CaptureQueriesContext(connection) as many:
        client.get(at)
    assert len(many) == len(one)


def test_forms_within_parts_of_the_page_carry_their_token(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    voice = make_voice(make_review(forum, cast.malee), "มาลี", cast.malee)
    make_answer(voice, "ได้ฟังกันจริง")
    promise_of(voice)
    client = Client()
    client.force_login(cast.malee)
    promise = question_of(voice.review, "promise")
    for address in ("", f"/write?q={promise.pk}"):
        text = shown(client.get(f"/forums/{forum.pk}/review{address}"))
        forms = [one.split("</form>")[0] for one in text.split("<form")[1:]]
        posted = [one for one in forms if 'method="post"' in one.split(">")[0]]
        assert posted
        assert [one[:200] for one in posted if "csrfmiddlewaretoken" not in one] == []


def test_after_the_closing_time_no_form_is_offered_and_what_was_typed_is_shown(review: Review) -> None:
    at, phone = f"/forums/{review.forum_id}/review", signed_in(review.by)
    phone.post(f"{at}/write", {"join": "yes", "name": "มาลี"})
    field = 'name="words"'
    assert field in shown(phone.get(f"{at}/write"))
    assert "เขียนคำตอบ" in shown(phone.get(at))
    actions.collect_until(review, timezone.now() - timedelta(minutes=1), by=review.by)
    page = shown(phone.get(f"{at}/write"))
    assert (field in page, "หมดเวลา" in page or "ปิดรับ" in page) == (False, True)
    late = {"words": "พิมพ์อยู่บนรถ", "question": str(question_of(review).pk), "client_id": "late"}
    page = shown(phone.post(f"{at}/write", late))
    assert ("พิมพ์อยู่บนรถ" in page, "คัดลอกเก็บไว้ได้" in page, field in page) == (True, True, False)
    assert Answer.objects.count() == 0
    page = shown(phone.get(at))
    assert ("ตั้งเวลาปิดรับใหม่" in page, "อ่านที่ฉันเขียนไว้" in page) == (True, True)
    stranger = Client()
    page = shown(stranger.get(f"{at}/write?code={review.forum.code}"))
    assert ("ปิดรับคำตอบแล้ว" in page, "<textarea" in page) == (True, False)
