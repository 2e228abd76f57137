"""The look in Chromium: axe finds nothing, nothing scrolls sideways, keys and windows work.

Switched on by ``BROWSER=1``; ``CHROMIUM=`` names the program when it is not /usr/bin/chromium.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from prakai.web.templatetags import prakai_tags

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("BROWSER"), reason="needs Chromium: BROWSER=1"),
]


@pytest.fixture(autouse=True)
def files_as_they_lie(settings: Any) -> Iterator[None]:
    """The server of a test gives files under their own names, not under those with a hash."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    prakai_tags.asset.cache_clear()
    yield
    prakai_tags.asset.cache_clear()


PAGES = ["/styleguide", "/nothing-of-the-kind"]


def opened(chromium: Any, url: str, width: int = 1280, height: int = 800, **how: Any) -> Any:
    page = chromium.new_context(viewport={"width": width, "height": height}, **how).new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [*PAGES, "/styleguide?lang=en"])
def test_axe_finds_nothing(chromium: Any, live_server: Any, path: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(chromium, live_server.url + path, width, color_scheme=scheme, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    page.context.close()
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []


@pytest.mark.parametrize("width", [320, 360, 640, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(chromium: Any, live_server: Any, path: str, width: int) -> None:
    """320 px is 400 % zoom of a 1280 px window; 640 px is 200 %."""
    page = opened(chromium, live_server.url + path, width, 568)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert wide == width


def test_the_strict_policy_stops_nothing_of_ours(chromium: Any, live_server: Any) -> None:
    page = chromium.new_context().new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(live_server.url + "/styleguide")
    page.wait_for_load_state("networkidle")
    page.context.close()
    assert [line for line in trouble if "fonts/" not in line and "404" not in line] == []


def test_what_is_pressed_is_large_enough(chromium: Any, live_server: Any) -> None:
    """44 px each way for what stands by itself; links inside running text are excepted (WCAG 2.5.8)."""
    page = opened(chromium, live_server.url + "/styleguide", 360)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            '.button, .site-nav a, .site-footer a, .tabs a, .tag, .choice-card, .check')]
          .filter((e) => e.checkVisibility())
          .map((e) => [e.textContent.trim(), Math.round(e.getBoundingClientRect().height)])
          .filter(([, height]) => height < 44)"""
    )
    page.context.close()
    assert small == []


def test_tabbing_begins_with_the_skip_link_which_leads_to_the_text(chromium: Any, live_server: Any) -> None:
    page = opened(chromium, live_server.url + "/styleguide")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_keys_help_search_and_go_with_any_layout(chromium: Any, live_server: Any) -> None:
    page = opened(chromium, live_server.url + "/nothing-of-the-kind")
    page.keyboard.press("Shift+Slash")
    assert page.evaluate("document.getElementById('keyboard-help').open") is True
    page.keyboard.press("Escape")
    assert page.evaluate("document.getElementById('keyboard-help').open") is False
    # With the Thai layout the key of "/" writes ฝ; its place (event.code) is what counts.
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {code: 'Slash', key: 'ฝ', bubbles: true}))"
    )
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("gh?")
    assert page.evaluate("[document.activeElement.value, location.pathname]") == [
        "gh?",
        "/nothing-of-the-kind",
    ]
    page.context.close()


def test_j_and_k_walk_through_the_things_of_a_page(chromium: Any, live_server: Any) -> None:
    page = opened(chromium, live_server.url + "/styleguide")
    count = page.evaluate("document.querySelectorAll('[data-step]').length")
    walked = []
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
        walked.append(
            page.evaluate(
                "[...document.querySelectorAll('[data-step]')].indexOf(document.activeElement.closest('[data-step]'))"
            )
        )
    page.context.close()
    assert count > 3
    assert walked == [0, 1, 0]


def test_keys_can_be_switched_off_on_this_device(chromium: Any, live_server: Any) -> None:
    page = opened(chromium, live_server.url + "/styleguide")
    page.keyboard.press("Shift+Slash")
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Slash")
    assert page.evaluate("document.getElementById('keyboard-help').open") is False
    page.reload()
    page.keyboard.press("Shift+Slash")
    assert page.evaluate("document.getElementById('keyboard-help').open") is False
    page.context.close()


def test_a_window_gives_the_focus_back(chromium: Any, live_server: Any) -> None:
    page = opened(chromium, live_server.url + "/styleguide")
    page.locator('[data-dialog="sample-dialog"]').click()
    assert page.evaluate("document.getElementById('sample-dialog').open") is True
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.dialog") == "sample-dialog"
    page.context.close()


def test_without_script_links_lead_on_and_windows_stay_shut(chromium: Any, live_server: Any) -> None:
    page = opened(chromium, live_server.url + "/styleguide", java_script_enabled=False)
    assert page.locator("#sample-dialog").is_visible() is False
    assert page.locator("[data-share-copy]").is_visible() is False
    assert page.locator('[data-dialog="sample-dialog"]').get_attribute("href") == "/about"
    page.context.close()


def test_paper_carries_no_navigation(chromium: Any, live_server: Any) -> None:
    page = opened(chromium, live_server.url + "/styleguide")
    page.emulate_media(media="print", color_scheme="dark")
    shown = {
        name: page.locator(name).first.is_visible()
        for name in (".site-nav", ".site-footer", ".rail", ".button")
    }
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.context.close()
    assert shown == {".site-nav": False, ".site-footer": False, ".rail": False, ".button": False}
    assert ground == "rgb(255, 255, 255)"


def test_less_motion_means_none(chromium: Any, live_server: Any) -> None:
    page = opened(chromium, live_server.url + "/styleguide", reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((e) => {
             const s = getComputedStyle(e);
             return s.animationName !== 'none' || s.transitionDuration.split(',').some((d) => parseFloat(d) > 0);
           }).length"""
    )
    page.context.close()
    assert moving == 0
