"""The screen of the hall in its keeper's hands, in Chromium: pinned, frozen, hidden and put together by keys, in place.

Switched on by ``BROWSER=1``; ``CHROMIUM=`` names the program when it is not /usr/bin/chromium.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from prakai.forums.actions import open_wall
from prakai.forums.models import Forum, Spark
from prakai.thai.graphemes import cut
from tests.factories.forums import make_forum
from tests.factories.sparks import make_spark

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("BROWSER"), reason="needs Chromium: BROWSER=1"),
    pytest.mark.django_db(transaction=True),
]
Open = Callable[..., Any]
LONG = "เราค่อยๆนั่งลงข้างเตียงแล้วถามคุณยายว่าเมื่อคืนนอนหลับไหม" * 6
"""More than 240 letters without a space."""


@pytest.fixture
def forum(cast: SimpleNamespace) -> Forum:
    forum = make_forum(cast.malee, cast.hospital, audience="public")
    open_wall(forum, by=cast.malee, question="วันนี้อะไรสะดุดใจ")
    return forum


def test_a_keeper_keeps_the_wall_by_keys_alone(cast: SimpleNamespace, forum: Forum, phone: Open) -> None:
    first, second, third = (make_spark(forum, words) for words in ("ยิ้มก่อนถาม", "นั่งลงข้าง ๆ", "เรียกชื่อเล่น"))
    page = phone(f"/forums/{forum.pk}/wall", cast.malee, 1920)
    page.evaluate("window.isTheSamePage = true")
    assert page.locator(".screen-keys kbd").all_inner_texts() == ["J", "K", "P", "T", "H", "F"]
    page.keyboard.press("j")
    page.keyboard.press("p")
    page.wait_for_selector(f"#pinned [data-spark='{third.public_id}']")
    focus = "document.activeElement.closest('[data-spark]')?.dataset.spark"
    assert page.evaluate(focus) == third.public_id  # the focus goes where the spark went
    page.keyboard.press("j")
    assert page.evaluate(focus) == second.public_id
    page.keyboard.press("t")
    page.keyboard.type("ถามให้เป็น")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#sparks [data-spark='{second.public_id}']:has-text('ถามให้เป็น')")
    page.keyboard.press("j")
    assert page.evaluate(focus) == first.public_id
    page.keyboard.press("h")
    assert page.inner_text("#hide-spark [data-quote]") == "ยิ้มก่อนถาม"
    page.keyboard.type("พูดถึงคนอื่น")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-spark='{first.public_id}']", state="detached")
    page.keyboard.press("f")
    page.wait_for_selector("#wall-state:has-text('หยุด')")
    page.keyboard.press("f")
    page.wait_for_selector("#screen-moves button:has-text('หยุด')")
    assert page.evaluate("window.isTheSamePage") is True
    rows = {one.public_id: one for one in Spark.objects.select_related("group")}
    assert rows[third.public_id].pinned_at is not None
    assert rows[second.public_id].group.title == "ถามให้เป็น"
    assert rows[first.public_id].hidings.get().because == "พูดถึงคนอื่น"


def test_a_window_that_is_left_hides_nothing(cast: SimpleNamespace, forum: Forum, phone: Open) -> None:
    spark = make_spark(forum)
    page = phone(f"/forums/{forum.pk}/wall", cast.malee, 1920)
    page.keyboard.press("j")
    page.keyboard.press("h")
    page.keyboard.press("Escape")
    page.wait_for_selector("#hide-spark", state="hidden")
    assert page.evaluate("document.activeElement.closest('[data-spark]')?.dataset.spark") == spark.public_id
    assert Spark.objects.get().hidden_at is None


@pytest.mark.parametrize(
    "page_of", ["/forums/{}/wall", "/forums/{}/wall/list", "/forums/{}/wall/keep", "/w/{}"]
)
@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_a_long_spark_without_spaces_stays_within(
    cast: SimpleNamespace, forum: Forum, phone: Open, page_of: str, width: int
) -> None:
    first = make_spark(forum, cut(LONG, 240, end=""), name="ก" * 60)
    make_spark(forum, "x" * 240, builds_on=first)
    address = page_of.format(forum.code if page_of.startswith("/w") else forum.pk)
    page = phone(address, cast.malee, width)  # it fails when something sticks out at the side
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter((one) => one.scrollWidth > one.clientWidth + 1"
        " && one.checkVisibility() && getComputedStyle(one).display !== 'inline'"
        " && !one.closest('.seen-by-ear, textarea, input'))"
        ".map((one) => `${one.tagName}.${one.className}: ${one.scrollWidth} in ${one.clientWidth}`)"
    )
    assert wide == []
