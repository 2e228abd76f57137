"""No word is lost: in a real browser, with closed windows, lost connections, expired sign-ins and two tabs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError

from prakai.notes.models import Draft, Note
from prakai.people.models import Person
from tests.web.notes.browsing import close, heard, sign_in
from tests.web.notes.conftest import Write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "เช้านี้ฝนตก คนไข้มาช้า"


@pytest.fixture
def desk(chromium: Any, live_server: Any, malee: Person) -> Iterator[Any]:
    """A browser of malee's: one context, several pages."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    sign_in(context, live_server.url, malee)
    yield context
    close(context)


def opened(context: Any, path: str) -> Any:
    page = context.new_page()
    page.goto(path)
    return page


def type_in(page: Any, words: str) -> None:
    page.click("textarea[name=body]:visible, .ProseMirror, .editor-stand-in")
    page.wait_for_selector(".ProseMirror")
    page.keyboard.type(words)


def until(true: Callable[[], Any], seconds: float) -> Any:
    """Return what ``true`` returns once it is something, within so many seconds; fail otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        # The server of the test shares one SQLite in memory with it: a table may be held for a moment.
        with suppress(OperationalError):
            if found := true():
                return found
        time.sleep(0.05)
    raise AssertionError(f"not true within {seconds} s")


def kept_here(page: Any) -> str:
    """Return all that this browser keeps of drafts, as one text."""
    text: str = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    return json.dumps(json.loads(text), ensure_ascii=False)


def test_words_are_kept_here_within_one_second_and_on_the_server_within_five(
    desk: Any, malee: Person
) -> None:
    page = opened(desk, "/write/how")
    said = heard(page)
    type_in(page, WORDS)
    until(lambda: WORDS in kept_here(page), 1)
    draft = until(lambda: Draft.objects.filter(fields__body__icontains=WORDS).first(), 5)
    assert draft.person == malee
    until(lambda: page.inner_text("[data-saved]").startswith("บันทึกแล้ว"), 3)
    assert said == []


def test_control_s_saves_at_once_and_control_enter_publishes(desk: Any) -> None:
    page = opened(desk, "/write/how")
    page.fill("input[name=title]", "ฝนเช้า")
    type_in(page, WORDS)
    page.keyboard.press("Control+s")
    until(lambda: Draft.objects.filter(fields__body__icontains=WORDS).exists(), 2)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/notes/*")
    note = Note.objects.get()
    assert (note.plain, note.published_at is not None, Draft.objects.count()) == (WORDS, True, 0)


def test_what_a_closed_window_held_is_offered_again(desk: Any) -> None:
    desk.route("**/drafts/*", lambda route: route.abort())
    page = opened(desk, "/write/how")
    type_in(page, WORDS)
    until(lambda: WORDS in kept_here(page), 1)
    page.close()
    desk.unroute("**/drafts/*")
    page = opened(desk, "/write/how")
    page.click("text=นำกลับมา")
    assert WORDS in page.input_value("textarea[name=body]")
    until(lambda: Draft.objects.filter(fields__body__icontains=WORDS).count() == 1, 5)


def test_a_lost_connection_is_waited_out(desk: Any) -> None:
    page = opened(desk, "/write/how")
    type_in(page, "ก่อน")
    until(lambda: Draft.objects.exists(), 5)
    desk.set_offline(True)
    page.keyboard.type(WORDS)
    until(lambda: "เก็บไว้ในเครื่องนี้" in page.inner_text("[data-saved]"), 6)
    assert WORDS in kept_here(page)
    desk.set_offline(False)
    until(lambda: Draft.objects.filter(fields__body__icontains=WORDS).exists(), 8)


def test_an_expired_sign_in_brings_the_words_back_afterwards(
    desk: Any, live_server: Any, malee: Person
) -> None:
    page = opened(desk, "/write/how")
    desk.clear_cookies(name="sessionid")
    type_in(page, WORDS)
    page.wait_for_selector("text=เข้าสู่ระบบแล้วเขียนต่อ")
    page.click("text=เข้าสู่ระบบแล้วเขียนต่อ")
    page.wait_for_url("**/accounts/login/**")
    assert "next=/write/how" in page.url.replace("%2F", "/")
    sign_in(desk, live_server.url, malee)
    page.goto("/write/how")
    until(lambda: WORDS in page.input_value("textarea[name=body]"), 3)
    until(lambda: Draft.objects.filter(fields__body__icontains=WORDS).exists(), 6)


def test_nobody_else_on_the_same_machine_is_offered_the_words(
    desk: Any, live_server: Any, somchai: Person
) -> None:
    page = opened(desk, "/write/how")
    type_in(page, WORDS)
    until(lambda: WORDS in kept_here(page), 1)
    page.close()
    desk.clear_cookies()
    sign_in(desk, live_server.url, somchai)
    page = opened(desk, "/write/how")
    page.wait_for_timeout(500)
    assert page.query_selector("[data-writing-notices] .notice") is None


def test_two_tabs_of_one_note_are_shown_side_by_side(desk: Any, write: Write) -> None:
    note = write(publish=False)
    one, other = opened(desk, f"/notes/{note.number}/edit"), opened(desk, f"/notes/{note.number}/edit")
    type_in(one, "จากแท็บแรก ")
    one.click("button[data-move=save]")
    one.wait_for_selector("text=บันทึกร่างแล้ว")
    type_in(other, "จากแท็บสอง ")
    other.click("text=ดูสองฉบับเทียบกัน", timeout=10_000)
    other.wait_for_selector(".versions")
    shown = other.inner_text(".versions")
    assert "จากแท็บแรก" in shown
    assert "จากแท็บสอง" in shown
    other.click("button[name=keep][value=mine]")
    other.wait_for_selector("text=บันทึกร่างแล้ว")
    note.refresh_from_db()
    assert "จากแท็บสอง" in note.plain
    assert "จากแท็บแรก" in note.revisions.get(number=2).body


def test_the_same_draft_in_two_tabs_becomes_two_drafts(desk: Any) -> None:
    page = opened(desk, "/write/how")
    type_in(page, "ต้นทาง")
    draft = until(lambda: Draft.objects.first(), 5)
    page.close()
    one, other = (opened(desk, f"/write/how?draft={draft.window}") for _ in range(2))
    type_in(one, " จากแท็บแรก")
    until(lambda: Draft.objects.filter(fields__body__icontains="แท็บแรก").exists(), 5)
    type_in(other, " จากแท็บสอง")
    until(lambda: Draft.objects.filter(fields__body__icontains="แท็บสอง").exists(), 8)
    assert Draft.objects.filter(fields__body__icontains="แท็บแรก").count() == 1
    assert Draft.objects.count() == 2
    other.wait_for_selector("text=ดูสองฉบับเทียบกัน")


def test_words_that_are_saved_for_good_are_not_offered_again(desk: Any) -> None:
    page = opened(desk, "/write/how")
    page.fill("input[name=title]", "ฝนเช้า")
    type_in(page, WORDS)
    until(lambda: WORDS in kept_here(page), 1)
    page.click("button[data-move=publish]")
    page.wait_for_url("**/notes/*")
    page.goto("/write/how")
    page.wait_for_timeout(400)
    assert WORDS not in kept_here(page)
    assert page.query_selector("[data-writing-notices] .notice") is None


def test_two_quick_taps_publish_one_note_and_leave_no_draft_behind(desk: Any) -> None:
    page = opened(desk, "/write/how")
    page.fill("input[name=title]", "ฝนเช้า")
    type_in(page, WORDS)
    page.locator("button[data-move=publish]").dblclick(no_wait_after=True)
    page.wait_for_url("**/notes/*")
    page.wait_for_timeout(1500)
    assert (Note.objects.count(), Draft.objects.count()) == (1, 0)


# What browsers do of themselves when they go back to a form, some of the time.
PUT_BACK = """addEventListener("DOMContentLoaded", () => {
  for (const [name, value] of Object.entries(JSON.parse(sessionStorage.getItem("typed") ?? "{}"))) {
    const field = document.querySelector(`form[data-writing] [name=${name}]`);
    if (field) field.value = value;
  }
})"""


def test_going_back_after_publishing_shows_a_fresh_sheet(desk: Any) -> None:
    desk.add_init_script(PUT_BACK)
    page = opened(desk, "/write/how")
    page.fill("input[name=title]", "ฝนเช้า")
    type_in(page, WORDS)
    page.evaluate(
        """() => sessionStorage.setItem("typed", JSON.stringify(Object.fromEntries(
          [...document.querySelectorAll("[name=title], [name=body]")].map((field) => [field.name, field.value]))))"""
    )
    page.click("button[data-move=publish]")
    page.wait_for_url("**/notes/*")
    page.go_back()
    page.wait_for_selector("text=กระดาษแผ่นใหม่")
    assert (page.input_value("input[name=title]"), page.input_value("textarea[name=body]")) == ("", "")


def test_unsaved_words_ask_before_they_are_left(desk: Any) -> None:
    desk.route("**/drafts/*", lambda route: route.abort())
    page = opened(desk, "/write/how")
    type_in(page, WORDS)
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto("/notes/999")
    assert asked == ["beforeunload"]
