"""Suggestions in Chromium: with the keyboard, with a tap, for those who listen; the page is whole without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from prakai.web.templatetags import prakai_tags
from tests.factories.notes import make_note
from tests.factories.people import make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATE = """() => { const field = document.getElementById('q'); const list = document.getElementById('q-suggestions');
  return {
  open: !list.hidden, told: field.getAttribute('aria-expanded'), value: field.value,
  at: document.getElementById(field.getAttribute('aria-activedescendant'))?.firstElementChild.textContent ?? '',
  chosen: list.querySelectorAll('[aria-selected=true]').length, focus: document.activeElement === field }; }"""


@pytest.fixture(autouse=True)
def files_as_they_lie() -> Iterator[None]:
    prakai_tags.asset.cache_clear()
    yield
    prakai_tags.asset.cache_clear()


@pytest.fixture
def field(chromium: Any, live_server: Any) -> Iterator[Any]:
    """The page of search with two notes to find, and words typed; what the browser complains of fails the test."""
    malee = make_person("มาลี", "ใจงาม")
    for title in ("เก้าอี้หกตัว", "เก้าอี้ตัวที่เจ็ด"):
        make_note(malee, title)
    troubles: list[str] = []
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="th-TH")
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda m: troubles.append(m.text) if "Security Policy" in m.text else None)
    page.goto(f"{live_server.url}/search")
    page.locator("#q").press_sequentially("เก้าอี้", delay=20)
    page.locator("#q-suggestions:not([hidden])").wait_for()
    yield page
    context.close()
    assert troubles == []


def state(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(STATE)
    return found


def test_arrows_choose_and_enter_goes_there(field: Any) -> None:
    walked = [state(field)["at"]]
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        field.keyboard.press(key)
        walked.append(state(field)["at"])
    first, second = walked[1], walked[2]
    assert {first, second} == {"เก้าอี้หกตัว", "เก้าอี้ตัวที่เจ็ด"}
    assert walked == ["", first, second, "", second, first]
    assert state(field) == {
        "open": True, "told": "true", "value": "เก้าอี้", "at": first, "chosen": 1, "focus": True,
    }  # fmt: skip
    field.keyboard.press("Enter")
    field.wait_for_url(re.compile("/notes/"))


def test_escape_closes_and_keeps_the_words_and_enter_searches(field: Any) -> None:
    field.keyboard.press("ArrowDown")
    field.keyboard.press("Escape")
    assert state(field) == {
        "open": False, "told": "false", "value": "เก้าอี้", "at": "", "chosen": 0, "focus": True,
    }  # fmt: skip
    field.keyboard.press("Enter")
    field.wait_for_url(re.compile(r"/search\?q="))
    assert field.locator(".hit").count() == 2


def test_a_tap_goes_there_and_leaving_the_field_closes(field: Any) -> None:
    field.keyboard.press("Tab")
    assert state(field)["open"] is False
    field.locator("#q").press("ArrowDown")
    field.locator("#q-suggestions:not([hidden]) [role=option]").first.click()
    field.wait_for_url(re.compile("/notes/"))


def test_who_listens_is_told_and_axe_finds_nothing(chromium: Any, field: Any) -> None:
    from tests.journeys.looking import AXE

    field.keyboard.press("ArrowDown")
    assert "2" in field.locator(".find-field [role=status]").inner_text()
    # Without the policy, for axe alone.
    whole, url = field.evaluate("document.documentElement.outerHTML"), field.url
    other = chromium.new_context(bypass_csp=True, java_script_enabled=True).new_page()
    other.goto(url)
    other.evaluate("html => { document.documentElement.innerHTML = html }", whole)
    found = other.evaluate(AXE + "; axe.run(document, {resultTypes: ['violations']})")["violations"]
    other.context.close()
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []


def test_the_list_stays_inside_a_small_phone(field: Any) -> None:
    field.set_viewport_size({"width": 320, "height": 568})
    box = field.locator("#q-suggestions").bounding_box()
    wide = field.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (box["x"] >= 0, box["x"] + box["width"] <= 320, wide) == (True, True, 0)
