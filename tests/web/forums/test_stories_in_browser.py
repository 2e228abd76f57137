"""Stories in Chromium: written without a connection and sent once, marked by selecting, grouped by hand.

Switched on by ``BROWSER=1``; ``CHROMIUM=`` names the program when it is not /usr/bin/chromium.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from prakai.forums.actions import name_core
from prakai.forums.models import Nugget, Story
from tests.factories.forums import make_forum
from tests.factories.stories import DID, make_nugget, make_story
from tests.web.forums.dragging import drag

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("BROWSER"), reason="needs Chromium: BROWSER=1"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def day(cast: SimpleNamespace) -> SimpleNamespace:
    cast.forum = make_forum(cast.malee, cast.hospital, starts_at=timezone.now() - timedelta(hours=1))
    cast.base = f"/forums/{cast.forum.pk}"
    return cast


def fill(page: Any, title: str) -> None:
    page.fill("[name=teller]", "ป้าคำ")
    page.fill("[name=title]", title)
    page.fill("[name=what_we_did]", DID)


def test_stories_written_without_a_connection_arrive_once(
    day: SimpleNamespace, phone: Callable[..., Any]
) -> None:
    page = phone(f"{day.base}/stories/new", day.malee)
    page.context.set_offline(True)
    for number, title in enumerate(("เรื่องแรก", "เรื่องที่สอง"), start=1):
        fill(page, title)
        page.click("text=เก็บเรื่องนี้")
        page.wait_for_selector(f"[data-outbox-list] li:nth-child({number})")
        assert page.input_value("[name=title]") == ""
    assert page.locator("[data-outbox-list] li").count() == 2
    assert Story.objects.count() == 0
    page.context.set_offline(False)
    page.wait_for_selector("[data-outbox-box]", state="hidden")
    assert list(Story.objects.order_by("pk").values_list("title", flat=True)) == ["เรื่องแรก", "เรื่องที่สอง"]
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.input_value("[name=title]") == ""
    assert Story.objects.count() == 2


def test_a_story_whose_answer_was_lost_is_not_kept_twice(
    day: SimpleNamespace, phone: Callable[..., Any]
) -> None:
    page = phone(f"{day.base}/stories/new", day.malee)

    def lose_the_answer(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/stories/new", lose_the_answer, times=1)
    fill(page, "เรื่องแรก")
    page.click("text=เก็บเรื่องนี้")
    page.wait_for_selector("[data-outbox-list] li")
    page.click("text=ส่งเดี๋ยวนี้")
    page.wait_for_selector("[data-outbox-box]", state="hidden")
    assert Story.objects.count() == 1


def test_what_is_being_typed_comes_back_after_the_page_was_lost(
    day: SimpleNamespace, phone: Callable[..., Any]
) -> None:
    page = phone(f"{day.base}/stories/new", day.malee)
    fill(page, "เรื่องที่ยังไม่จบ")
    page.wait_for_timeout(600)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.input_value("[name=what_we_did]") == DID


def test_a_sentence_is_marked_by_selecting_it(day: SimpleNamespace, phone: Callable[..., Any]) -> None:
    story = make_story(day.forum, day.malee)
    words = "แล้วจัดยาไว้เป็นถุงตามลำดับบ้าน"
    page = phone(story.get_absolute_url(), day.malee)
    page.evaluate(
        """([part, start, end]) => {
          const text = document.querySelector(`[data-part=${part}]`).firstChild;
          const range = document.createRange();
          range.setStart(text, start); range.setEnd(text, end);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        ["what_we_did", DID.index(words), DID.index(words) + len(words)],
    )
    page.click("text=ทำเครื่องหมายที่เลือก")
    page.wait_for_selector("mark.nugget")
    assert Nugget.objects.get().verbatim == page.inner_text("mark.nugget") == words


def test_sentences_are_grouped_by_a_key_and_by_dragging(
    day: SimpleNamespace, phone: Callable[..., Any]
) -> None:
    first, second, third = (
        make_nugget(make_story(day.forum, day.malee, title=f"เรื่อง {n}"), day.malee) for n in range(3)
    )
    core = name_core(day.forum, "รู้ก่อนคนมา", by=day.malee, nuggets=[first])
    page = phone(f"{day.base}/cores", day.malee, 1280)
    with page.expect_navigation():
        page.focus(f"[name=nugget][value='{second.pk}']")
        page.keyboard.press("1")
    with page.expect_navigation():
        drag(page, f"[data-nugget='{third.pk}'] p", f"[data-core='{core.pk}'] h3", by=(200, 10))
    assert list(core.nuggets.order_by("pk")) == [first, second, third]
