"""A note is found by people as they type, in a browser, within seconds of coming in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import Place

TITLE = "ตู้เย็นยาหน้าหอผู้ป่วย"
NOTE = f"""---
title: {TITLE}
date: 2007-01-29
tags: [ตู้เย็นยา]
---

เช้าวันที่ ๒๙ มกราคม ๒๕๕๐ เราขอให้สำนักงานคณะกรรมการพัฒนาระบบราชการมาดูอินซูลินที่เราเก็บไว้กับกระติกน้ำแข็ง
แล้วคุยกันสามชั่วโมงเรื่องคนไข้ที่อยู่ไกล
"""


@pytest.fixture(scope="module")
def told(place: Place) -> None:
    """A note comes in, and the index hears of it."""
    file = place.folder / "ตู้เย็น.md"
    file.write_text(NOTE, encoding="utf-8")
    place.command("import", str(file), "--as", "steward@demo.prakai.example", "--rights", "held")


def found(window: Any, query: str) -> list[str]:
    window.goto("/search")
    window.locator("input[type=search]").last.fill(query)
    window.locator("input[type=search]").last.press("Enter")
    window.wait_for_url(lambda url: "q=" in url)
    return [link.inner_text() for link in window.locator("main h3 a, main h2 a").all()]


@pytest.mark.parametrize(
    "query",
    [
        "อินซูลิน",  # a word inside running text
        "กพร อินซูลิน",  # an abbreviation without dots, of what is written out
        "ตุ้เย็นยาหน้าหอผุ้ป่วย",  # a misspelling
        "ตู้เย็นยา 2550",  # an old number in the other digits
        "ตู้เย็นยา ๒๕๕๐",  # a year in Thai digits
    ],
)
def test_a_note_is_found_however_it_is_asked_for(told: None, window: Callable[..., Any], query: str) -> None:
    visitor = window()
    until = time.monotonic() + 20
    titles = found(visitor, query)
    while TITLE not in titles and time.monotonic() < until:
        time.sleep(0.5)
        titles = found(visitor, query)
    assert TITLE in titles[:2]
    assert visitor.locator("mark").count() > 0
