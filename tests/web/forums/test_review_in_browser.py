"""The review in a real browser: a phone of 360 px, and paper forms keyed in by keyboard alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from prakai.forums import actions
from prakai.forums.models import Answer, QuestionKind, Review, Voice
from prakai.forums.promise_words import promise_word
from prakai.web.templatetags import prakai_tags
from tests.factories.forums import make_forum
from tests.factories.people import make_person
from tests.factories.reviews import make_answer, make_review, make_voice, promise_of, question_of
from tests.factories.units import make_unit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("BROWSER"), reason="needs Chromium: BROWSER=1"),
    pytest.mark.django_db(transaction=True),
]
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def _files_as_they_lie(settings: Any) -> Iterator[None]:
    """The server of the tests gives static files by their own names."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    prakai_tags.asset.cache_clear()
    yield
    prakai_tags.asset.cache_clear()


@pytest.fixture
def review(transactional_db: None) -> Review:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", unit=hospital)
    forum = make_forum(malee, hospital, "เวทีคนหน้างาน: ลดเวลารอยาให้คนไข้ที่มาไกลจากบนดอย")
    review = make_review(forum, malee)
    voice = make_voice(review, "มาลี", malee)
    make_voice(review, "ป้าแจ่ม")
    make_voice(review)
    said = {
        QuestionKind.FELL_SHORT: ["เวลาพูดในวงน้อยเกินไป ยังไม่ครบคน", "เวลาพูดในวงน้อย เสียงดัง", "ห้องร้อน แอร์เสีย"],
        QuestionKind.EXCEEDED: ["ได้ฟังคนหน้างานจริง ๆ ว่าเขาทำอย่างไร", "ได้เพื่อนต่างโรงพยาบาลที่โทรหากันได้"],
    }
    for kind, points in said.items():
        rows = [make_answer(voice, words, kind, named=True) for words in points]
        actions.reveal_question(question_of(review, kind), by=malee)
        actions.make_pattern(
            review, "ฟังกันจริง" if "exceeded" in kind else "ห้อง", rows[-1:], by=malee, kind=kind
        )
    actions.begin_phase(review.phases.all()[0], by=malee)
    actions.print_slips(review, 3, by=malee)
    return review


@pytest.fixture
def window(chromium: Any, live_server: Any, review: Review) -> Iterator[Any]:
    """A page on a phone of 360 px in which malee, who leads, is signed in."""
    client = Client()
    client.force_login(review.by)
    session = client.cookies["sessionid"].value
    context = chromium.new_context(viewport={"width": 360, "height": 740}, base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda trouble: page.wrong.append(str(trouble)))
    page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()


def test_nothing_sticks_out_of_a_phone(window: Any, review: Review) -> None:
    voice = Voice.objects.get(person=review.by)
    promise = promise_of(voice, "จะคุยกับพี่พยาบาลสิบนาทีก่อนเวรทุกเช้า", first_step="พรุ่งนี้เช้าหน้าห้องยา")
    at = f"/forums/{review.forum_id}/review"
    asked = question_of(review, "promise").pk
    pages = {
        "review": at, "setup": f"{at}/setup", "write": f"{at}/write?q={question_of(review).pk}",
        "promise": f"{at}/write?q={asked}", "patterns": f"{at}/patterns", "keying": f"{at}/keying",
        "forms": f"{at}/forms", "print": f"{at}/forms/print", "table": f"{at}/table", "learning": "/forums/learning",
        "promises": "/promises", "asked": f"/promises/asked/{promise_word(promise, 30)}",
    }  # fmt: skip
    shots = os.environ.get("SHOTS", "")
    for width in (360, 1280):
        window.set_viewport_size({"width": width, "height": 800})
        for name, address in pages.items():
            window.goto(address)
            assert (name, width, window.evaluate(STICKS_OUT)) == (name, width, 0)
            if shots:
                window.screenshot(path=str(Path(shots) / f"{name}-{width}.png"), full_page=True)
    assert window.wrong == []


def test_forms_are_keyed_in_by_keyboard_alone(window: Any, review: Review) -> None:
    before = Answer.objects.count()
    window.goto(f"/forums/{review.forum_id}/review/keying")
    for slip in review.slips.all():
        keys = window.keyboard
        keys.type(slip.code)
        keys.press("Enter")
        keys.type("ป้าแจ่ม")
        keys.press("Enter")
        for number in range(4):
            keys.type(f"ข้อ {number}")
            if number == 0:
                keys.press("Shift+Enter")
                keys.type("อีกข้อ")
            keys.press("Enter")
        keys.type("จะลองดู")
        with window.expect_navigation():
            keys.press("Enter")
    assert Answer.objects.count() - before == 15
    assert review.slips.filter(keyed_at__isnull=True).count() == 0
    assert window.wrong == []


def test_words_typed_before_the_line_broke_are_there_again_and_arrive_once(
    window: Any, review: Review
) -> None:
    address = f"/forums/{review.forum_id}/review/write?q={question_of(review, 'change').pk}"
    window.goto(address)
    window.fill("textarea[name=words]", "อยากให้วงเล็กลง")
    window.goto(f"/forums/{review.forum_id}/review")
    window.goto(address)
    assert window.input_value("textarea[name=words]") == "อยากให้วงเล็กลง"
    with window.expect_navigation():
        window.click("form[data-review-form] button[type=submit]")
    window.goto(address)
    assert window.input_value("textarea[name=words]") == ""
    assert Answer.objects.filter(words="อยากให้วงเล็กลง").count() == 1
    assert window.wrong == []
