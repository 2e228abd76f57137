"""Patterns: answers put together by hand; what fell short beside what exceeded; what is private is not there."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prakai.forums import actions
from prakai.forums.models import Pattern, QuestionKind, Review
from prakai.forums.queries.patterns import patterns_page
from tests.factories.forums import make_forum
from tests.factories.people import make_person
from tests.factories.reviews import make_answer, make_review, make_voice, question_of
from tests.factories.units import make_unit
from tests.web.forums.test_review import shown, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(db: None) -> Review:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", unit=hospital)
    review = make_review(make_forum(malee, hospital), malee)
    for kind in (QuestionKind.FELL_SHORT, QuestionKind.EXCEEDED):
        actions.reveal_question(question_of(review, kind), by=malee)
    return review


def test_answers_are_put_together_renamed_taken_out_and_apart(review: Review) -> None:
    voice, client = make_voice(review), signed_in(review.by)
    first, second = (
        make_answer(voice, words, QuestionKind.FELL_SHORT) for words in ("เวลาน้อยไป", "เวลาไม่พอพูด")
    )
    at = f"/forums/{review.forum_id}/review/patterns"
    page = shown(client.post(at, {"to": "new", "kind": "fell_short", "title": "เวลา"}))
    assert ("เลือกคำตอบอย่างน้อยหนึ่งข้อก่อน" in page, 'value="เวลา"' in page) == (True, True)
    given = {"answer": [first.pk, second.pk], "to": "new", "kind": "fell_short", "title": "เวลา"}
    assert client.post(at, given).status_code == 302
    pattern = Pattern.objects.get()
    assert (pattern.title, pattern.answers.count()) == ("เวลา", 2)
    assert "2 คำตอบ" in shown(client.get(at))
    client.post(at, {"answer": [first.pk], "to": "0"})
    client.post(f"{at}/{pattern.pk}", {"title": "เวลาไม่พอ"})
    pattern.refresh_from_db()
    assert (pattern.title, list(pattern.answers.all())) == ("เวลาไม่พอ", [second])
    assert signed_in(make_person("สมชาย")).post(at, given).status_code == 403
    client.post(f"{at}/{pattern.pk}", {"drop": "yes"})
    second.refresh_from_db()
    assert (Pattern.objects.count(), second.pattern) == (0, None)


def test_what_fell_short_stands_beside_what_exceeded_and_likeness_is_offered(review: Review) -> None:
    voice = make_voice(review)
    for words in ("เวลาพูดในวงน้อยเกินไป", "เวลาพูดในวงน้อย ยังไม่ครบคน", "ห้องร้อนอบอ้าว"):
        make_answer(voice, words, QuestionKind.FELL_SHORT)
    make_answer(voice, "ความลับ", QuestionKind.CHANGE)
    page = patterns_page(review)
    assert [side.kind for side in page.beside] == ["fell_short", "exceeded"]
    [hint] = page.beside[0].hints
    assert sorted(answer.words[:12] for answer in hint.answers) == ["เวลาพูดในวงน", "เวลาพูดในวงน"]
    pattern = actions.make_pattern(review, "เวลา", hint.answers[:1], by=review.by, kind="fell_short")
    near = {one.answer.words: one.near for one in patterns_page(review).beside[0].loose}
    assert near == {hint.answers[1].words: pattern, "ห้องร้อนอบอ้าว": None}
    assert "ความลับ" not in shown(signed_in(review.by).get(f"/forums/{review.forum_id}/review/patterns"))


def test_the_page_costs_the_same_with_one_and_with_many(review: Review) -> None:
    client, at = signed_in(review.by), f"/forums/{review.forum_id}/review/patterns"
    answer = make_answer(make_voice(review), "ได้เพื่อน")
    actions.make_pattern(review, "เพื่อน", [answer], by=review.by, kind="exceeded")
    shown(client.get(at))
    with CaptureQueriesContext(connection) as one:
        client.get(at)
    for number in range(6):
        answer = make_answer(make_voice(review), f"ได้กำลังใจ {number}")
        if number % 2:
            actions.make_pattern(review, f"กำลังใจ {number}", [answer], by=review.by, kind="exceeded")
    with CaptureQueriesContext(connection) as many:
        client.get(at)
    assert len(many) == len(one)
