"""The gentle question by a signed link, one's own promises, and the letters that ask."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from prakai.forums import actions
from prakai.forums.models import NewsKind, PromiseNews, Review
from prakai.forums.promise_words import promise_word
from prakai.mail.promises import deliver_question, want_questions
from tests.factories.forums import make_forum
from tests.factories.people import make_person
from tests.factories.reviews import make_review, make_voice, promise_of
from tests.factories.units import make_unit
from tests.web.forums.test_review import shown, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(db: None) -> Review:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", unit=hospital)
    return make_review(make_forum(malee, hospital), malee)


def test_opening_the_link_changes_nothing_and_one_tap_answers(review: Review) -> None:
    promise = promise_of(make_voice(review, "ป้าแจ่ม"), "จะเขียนสมุดเวร")
    at, phone = f"/promises/asked/{promise_word(promise, 30)}", Client()
    page = shown(phone.get(at))
    assert [word in page for word in ("จะเขียนสมุดเวร", "ได้ลองแล้ว", "กำลังลอง", "ยังไม่ได้ลอง", "เปลี่ยนใจแล้ว")] == [
        True
    ] * 5
    assert PromiseNews.objects.count() == 0
    sent = phone.post(at, {"answer": "trying"}, follow=True)
    assert ("ขอบคุณ" in shown(sent), "จะเขียนสมุดเวร" in sent.text) == (True, False)
    phone.post(at, {"answer": "tried"})
    assert [(news.after, news.answer) for news in promise.news.all()] == [(30, NewsKind.TRIED)]
    assert shown(phone.post(at, {"answer": "failed"}), 400)
    phone.post(at, {"stop": "yes"})
    promise.refresh_from_db()
    assert promise.reminds is False


def test_forged_and_old_links_get_a_clear_answer(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    promise = promise_of(make_voice(review))
    word = promise_word(promise, 30)
    forged = signing.dumps([promise.public_id, 30], salt="another")
    for wrong in (forged, word[:-3], "x", "ก" * 300):
        page = shown(Client().get(f"/promises/asked/{wrong}"), 404)
        assert ("ลิงก์นี้ใช้ตอบไม่ได้แล้ว" in page, promise.words in page) == (True, False)
    monkeypatch.setattr("prakai.forums.promise_words.HOLDS", timedelta(seconds=-1))
    page = shown(Client().post(f"/promises/asked/{word}", {"answer": "tried"}), 410)
    assert ("60 วัน" in page, promise.words in page, PromiseNews.objects.count()) == (True, False, 0)


def test_the_owner_finds_her_promises_and_nobody_else_does(review: Review) -> None:
    nurse = make_person("นภา")
    promise = promise_of(make_voice(review, "นภา", nurse), "จะฟังให้จบ")
    assert "จะฟังให้จบ" in shown(signed_in(nurse).get("/promises"))
    assert "จะฟังให้จบ" not in shown(signed_in(review.by).get("/promises"))
    assert Client().get("/promises").status_code == 302
    at = f"/promises/{promise.pk}/news"
    assert signed_in(review.by).post(at, {"after": "30", "answer": "tried"}).status_code == 404
    assert Client().post(at, {"after": "30", "answer": "tried"}).status_code == 404
    signed_in(nurse).post(at, {"after": "90", "answer": "changed"})
    assert "เมื่อครบ 90 วัน: เปลี่ยนใจแล้ว" in shown(signed_in(nurse).get("/promises"))


def test_letters_ask_once_and_lead_to_the_answer(review: Review) -> None:
    promise = promise_of(make_voice(review, "ป้าแจ่ม"), "จะเขียนสมุดเวร", reminds=True, email="jaem@test.example")
    member = promise_of(
        make_voice(review, "นภา", make_person("นภา", email="napa@test.example")), reminds=True
    )
    later = timezone.now() + timedelta(days=30, minutes=1)
    assert (want_questions(now=later), want_questions(now=later), DBTaskResult.objects.count()) == (2, 0, 2)
    assert [deliver_question.func(one.pk, 30) for one in (promise, member)] == [True, True]
    assert [letter.to for letter in mail.outbox] == [["jaem@test.example"], ["napa@test.example"]]
    letter = mail.outbox[0]
    assert ("จะเขียนสมุดเวร" in letter.body, "สัญญาใจเป็นอย่างไรบ้าง" in letter.subject) == (False, True)
    found = re.search(r"/promises/asked/\S+", letter.body)
    assert found is not None
    assert Client().post(found[0], {"answer": "tried"}).status_code == 302
    assert promise.news.get().answer == "tried"
    actions.stop_asking(member, by=None)
    assert [deliver_question.func(one.pk, 30) for one in (promise, member)] == [False, False]
