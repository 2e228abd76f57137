"""Talk in Chromium: said without leaving the page, typed words kept on the device, names offered, nothing for axe.

Switched on by ``BROWSER=1``; ``CHROMIUM=`` names the program when it is not /usr/bin/chromium.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from prakai.people.models import Person
from prakai.talk import actions
from prakai.talk.models import Comment
from prakai.web.templatetags import prakai_tags
from tests.factories.talk import make_appreciation, make_comment, put_comment

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("BROWSER"), reason="needs Chromium: BROWSER=1"),
    pytest.mark.django_db(transaction=True),
]
SignIn = Callable[[Person | None], Client]
TYPED = "ที่วอร์ดเราลองหันเก้าอี้เข้าหากัน"


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
def window(chromium: Any, live_server: Any, signed_in: SignIn) -> Iterator[Callable[..., Any]]:
    """Open a page as somebody; the contexts are closed at the end, and no page may have stumbled."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def open_at(path: str, person: Person | None, width: int = 1280, **how: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **how)
        contexts.append(context)
        cookies = [{"name": "django_language", "value": "en", "url": live_server.url}]
        if person is not None:
            session = signed_in(person).cookies["sessionid"].value
            cookies.append({"name": "sessionid", "value": session, "url": live_server.url})
        context.add_cookies(cookies)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        # Of the console only what the content policy stops: refusals and lost connections are made on purpose here.
        page.on("console", lambda said: trouble.append(said.text) if "Security Policy" in said.text else None)
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert trouble == []


def copies(page: Any) -> list[str]:
    return list(page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('prakai.talk:'))"))


def test_said_without_leaving_the_page_and_only_once(
    cast: SimpleNamespace, window: Callable[..., Any]
) -> None:
    page = window(cast.talk.address, cast.somchai)
    page.fill("#words", " ")
    page.evaluate("document.querySelector('#words').form.noValidate = true")
    page.click("text=Say it")
    page.wait_for_selector("text=Please write something first.")
    page.fill("#words", TYPED)
    page.click("text=Say it")
    page.wait_for_selector(f"ol.comments >> text={TYPED}")
    made = Comment.objects.get()
    assert page.url.endswith(f"#c{made.pk}")
    assert page.evaluate("document.activeElement.id") == f"c{made.pk}"
    assert page.input_value("#words") == ""
    assert copies(page) == []
    page.reload()
    assert page.input_value("#words") == ""


def test_words_survive_a_closed_window_and_come_back_with_their_key(
    cast: SimpleNamespace, window: Callable[..., Any]
) -> None:
    first = make_comment(cast.talk, cast.nurse, "ถามหน่อย")
    page = window(cast.talk.address, cast.somchai)
    page.click("summary:has-text('Reply')")
    page.fill(f"#c{first.pk}-reply", TYPED)
    for _ in range(40):
        if copies(page):
            break
        page.wait_for_timeout(50)
    form = f"form:has(#c{first.pk}-reply)"
    key = page.input_value(f"{form} [name=client_key]")
    page.reload()
    page.wait_for_selector(f"#c{first.pk}-reply:visible")
    assert page.input_value(f"#c{first.pk}-reply") == TYPED
    assert page.input_value(f"{form} [name=client_key]") == key
    page.click(f"{form} button[type=submit]")
    page.wait_for_selector(f"ol.replies >> text={TYPED}")
    assert copies(page) == []
    assert Comment.objects.get(answers=first).client_key == key


def test_a_sign_in_that_ran_out_shows_the_words_and_the_way_back(
    cast: SimpleNamespace, window: Callable[..., Any]
) -> None:
    page = window(cast.talk.address, cast.somchai)
    page.fill("#words", TYPED)
    page.context.clear_cookies(name="sessionid")
    page.click("text=Say it")
    page.wait_for_selector("text=Sign in and come back here")
    assert TYPED in page.input_value("#kept-words")
    assert Comment.objects.count() == 0


def test_a_lost_connection_loses_no_words(cast: SimpleNamespace, window: Callable[..., Any]) -> None:
    page = window(cast.talk.address, cast.somchai)
    page.fill("#words", TYPED)
    page.context.set_offline(True)
    page.click("text=Say it")
    page.wait_for_selector("text=It could not be sent.")
    assert page.input_value("#words") == TYPED
    page.context.set_offline(False)
    page.click("text=Say it")
    page.wait_for_selector(f"ol.comments >> text={TYPED}")
    assert copies(page) == []


def test_a_name_is_offered_and_written(cast: SimpleNamespace, window: Callable[..., Any]) -> None:
    page = window(cast.talk.address, cast.somchai)
    page.locator("#words").press_sequentially("ขอบคุณ @นภา")
    page.wait_for_selector(".talk-offers button")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#words") == "ขอบคุณ @นภา แก้วดี "
    page.wait_for_timeout(600)
    assert page.locator(".talk-offers").count() == 0
    page.click("text=Say it")
    page.wait_for_selector("ol.comments >> text=@นภา แก้วดี")
    assert list(Comment.objects.get().mentions.values_list("person", flat=True)) == [cast.nurse.pk]


def test_withdrawn_and_brought_back_in_place(cast: SimpleNamespace, window: Callable[..., Any]) -> None:
    make_comment(cast.talk, cast.somchai, TYPED)
    page = window(cast.talk.address, cast.somchai)
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("button", name="Bring it back").click()
    page.wait_for_selector("text=Your comment is back.")
    assert Comment.objects.get().is_shown is True


def test_without_a_script_the_same_words_arrive(cast: SimpleNamespace, window: Callable[..., Any]) -> None:
    page = window(cast.talk.address, cast.somchai, java_script_enabled=False)
    page.fill("#words", TYPED)
    page.click("text=Say it")
    page.wait_for_selector(f"ol.comments >> text={TYPED}")
    assert page.url.endswith(Comment.objects.get().get_absolute_url())


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light")])
@pytest.mark.parametrize("reader", [None, "somchai", "malee", "steward"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    cast: SimpleNamespace, window: Callable[..., Any], reader: str | None, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    first = make_comment(
        cast.talk, cast.somchai, "ถึง @มาลี ใจงาม https://example.go.th/" + "a" * 90, builds_on=True
    )
    make_comment(cast.talk, cast.nurse, "ตอบ", answers=first)
    hidden = make_comment(cast.talk, cast.somchai, "ชื่อคนไข้")
    actions.hide_comment(hidden, by=cast.malee, because="เอ่ยชื่อ")
    put_comment(cast.talk, is_held=True)
    make_appreciation(cast.somchai, conversation=cast.talk)
    report = actions.report(cast.talk, reason="hurts", by=cast.nurse, comment=first)
    paths = [cast.talk.address, f"/talk/{cast.talk.pk}/comment", f"/talk/comments/{first.pk}/report"]
    if reader is not None:
        paths += [
            f"/talk/{cast.talk.pk}/appreciate",
            f"/talk/comments/{first.pk}/reply",
            "/desk/replies",
            "/desk/held",
        ]
    if reader == "steward":
        paths += ["/moderation", "/moderation/log", f"/moderation/reports/{report.pk}"]
        paths += [f"/talk/comments/{first.pk}/hide"]
    for path in paths:
        page = window(
            path, getattr(cast, reader) if reader else None, width, color_scheme=scheme, bypass_csp=True
        )
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        found = Axe().run(page).response["violations"]
        assert [(path, v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
