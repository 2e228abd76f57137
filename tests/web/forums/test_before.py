"""The page before the day: the team's answers, and the earlier forums of the series."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from prakai.forums.actions import change_forum, make_pattern, reveal_question, write_before_review
from prakai.forums.models import BeforeReview, QuestionKind
from prakai.forums.queries.before import earlier_in_series
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from tests.factories.forums import PURPOSE, make_forum
from tests.factories.reviews import make_answer, make_review, make_voice, question_of
from tests.web.forums.conftest import SignIn, shown


def test_the_team_writes_and_nobody_else_reads(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    client = signed_in(cast.malee)
    address = f"/forums/{forum.pk}/bar"
    assert PURPOSE in shown(client.get(address))
    sent = {"tasks": "นภารับคนที่ประตู", "taught": "", "risks": "เน็ตล่ม", "watched": "คนเงียบได้พูด", "seen": "0"}
    assert client.post(address, sent).status_code == 302
    text = shown(client.get(address))
    assert [word in text for word in ("นภารับคนที่ประตู", "เน็ตล่ม", "คนเงียบได้พูด")] == [True] * 3
    assert signed_in(cast.somchai).get(address).status_code == 403
    assert Client().get(address).status_code == 403
    with pytest.raises(Refused):
        write_before_review(forum, by=cast.nurse, tasks="ก")
    assert Entry.objects.filter(verb="before_review.written").count() == 1


def test_two_who_write_at_once_lose_nothing(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    write_before_review(forum, by=cast.malee, tasks="ของเพื่อน")
    answer = signed_in(cast.malee).post(f"/forums/{forum.pk}/bar", {"tasks": "ของฉัน", "seen": "0"})
    text = shown(answer)
    assert ("ของเพื่อน" in text, "ของฉัน" in text, BeforeReview.objects.get().tasks) == (True, True, "ของเพื่อน")
    again = answer.context["form"]["seen"].value()
    signed_in(cast.malee).post(f"/forums/{forum.pk}/bar", {"tasks": "ของเราสองคน", "seen": again})
    assert BeforeReview.objects.get().tasks == "ของเราสองคน"


def test_too_long_an_answer_comes_back(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    with pytest.raises(ValidationError) as told:
        write_before_review(forum, by=cast.malee, risks="ก" * 4001)
    assert list(told.value.error_dict) == ["risks"]


def test_earlier_forums_of_the_series_are_shown_the_latest_first(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    now = timezone.now()
    forums = [
        make_forum(cast.malee, cast.hospital, title, starts_at=now + timedelta(days=day), series="ลดรอคอย")
        for title, day in (("ครั้งแรก", -200), ("ครั้งที่สอง", -100), ("ครั้งนี้", 10), ("ครั้งหน้า", 60))
    ]
    other = make_forum(cast.malee, cast.hospital, "เวทีอื่น", starts_at=now - timedelta(days=50))
    assert [one.forum.title for one in earlier_in_series(forums[2], cast.malee)] == ["ครั้งที่สอง", "ครั้งแรก"]
    assert earlier_in_series(other, cast.malee) == []
    change_forum(forums[0], by=cast.malee, audience="unit")
    assert [one.forum.title for one in earlier_in_series(forums[2], cast.somchai)] == ["ครั้งที่สอง"]
    assert "ครั้งที่สอง" in shown(signed_in(cast.malee).get(f"/forums/{forums[2].pk}/bar"))


def test_the_last_review_of_the_series_says_what_to_change(cast: SimpleNamespace, signed_in: SignIn) -> None:
    last = make_forum(
        cast.malee, cast.hospital, "ครั้งก่อน", starts_at=timezone.now() - timedelta(days=60), series="ชุด"
    )
    coming = make_forum(cast.malee, cast.hospital, "ครั้งนี้", series="ชุด")
    voice = make_voice(make_review(last, cast.malee), "นภา")
    question = question_of(voice.review, QuestionKind.CHANGE)
    for words in ("พักเที่ยงยาวกว่านี้", "วงละไม่เกินแปดคน"):
        make_answer(voice, words, QuestionKind.CHANGE)
    make_answer(voice, "ได้คุยน้อย", QuestionKind.FELL_SHORT)
    assert earlier_in_series(coming, cast.malee)[0].lessons == []
    reveal_question(question, by=cast.malee)
    assert earlier_in_series(coming, cast.malee)[0].lessons == ["พักเที่ยงยาวกว่านี้", "วงละไม่เกินแปดคน"]
    make_pattern(
        voice.review, by=cast.malee, kind=QuestionKind.CHANGE, title="ให้เวลาหายใจ",
        answers=list(question.answers.filter(words__startswith="พัก")),
    )  # fmt: skip
    assert earlier_in_series(coming, cast.malee)[0].lessons == ["ให้เวลาหายใจ", "วงละไม่เกินแปดคน"]
    assert earlier_in_series(coming, cast.somchai)[0].lessons == []
    assert "ให้เวลาหายใจ" in shown(signed_in(cast.malee).get(f"/forums/{coming.pk}/bar"))
