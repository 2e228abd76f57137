"""Moving by hand in Chromium: blocks of an agenda and people between circles, by mouse, buttons and keys; and the
teller's clock, which is one for all phones of a circle.

Switched on by ``BROWSER=1``; ``CHROMIUM=`` names the program when it is not /usr/bin/chromium.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from prakai.forums.actions import give_role, lay_circles, show_round
from prakai.forums.models import Block, Forum, Placement, Story, Turn
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.forums.test_circles import crowd
from tests.web.forums.dragging import drag

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("BROWSER"), reason="needs Chromium: BROWSER=1"),
    pytest.mark.django_db(transaction=True),
]
Open = Callable[..., Any]


@pytest.fixture
def planned(cast: SimpleNamespace) -> Forum:
    return make_forum(
        cast.malee, cast.hospital, agenda="market", first_on=timezone.localdate() + timedelta(days=9)
    )


def order(day: int = 0) -> list[int]:
    """The blocks of a day as the rows stand."""
    of = Block.objects.order_by("day__on").values_list("day", flat=True).distinct()
    days = list(dict.fromkeys(of))
    return list(Block.objects.filter(day=days[day]).order_by("position").values_list("pk", flat=True))


def seen(page: Any, day: int = 0) -> list[int]:
    """The blocks of a day as the page shows them."""
    rows = page.locator(".forum-blocks").nth(day).locator("[data-block]")
    return [int(one) for one in rows.evaluate_all("rows => rows.map((row) => row.dataset.block)")]


def begins(page: Any, block: int) -> str:
    return str(page.locator(f"#block-{block} .forum-times time").first.get_attribute("datetime"))


def until_first(page: Any, block: int, day: int = 0) -> None:
    page.wait_for_function(
        "([block, day]) => document.querySelectorAll('.forum-blocks')[day]"
        ".querySelector('[data-block]').dataset.block === String(block)",
        arg=[block, day],
    )


def test_a_block_is_dragged_and_times_follow(cast: SimpleNamespace, planned: Forum, phone: Open) -> None:
    page = phone(f"/forums/{planned.pk}/agenda", cast.malee, 1280)
    first, second, third = order()[:3]
    opening = begins(page, first)
    drag(page, f"#block-{third} .forum-what", f"#block-{first} .forum-what", onto=(30, 2))
    until_first(page, third)
    assert order()[:3] == seen(page)[:3] == [third, first, second]
    assert begins(page, third) == opening
    assert begins(page, first) > opening
    drag(page, f"#block-{third} .forum-what", f"#block-{second} .forum-what", onto=(30, 60))
    until_first(page, first)
    assert order()[:3] == seen(page)[:3] == [first, second, third]
    assert begins(page, first) == opening


def test_a_block_is_dragged_to_another_day(cast: SimpleNamespace, planned: Forum, phone: Open) -> None:
    page = phone(f"/forums/{planned.pk}/agenda", cast.malee, 1280)
    page.set_viewport_size({"width": 1280, "height": 4000})
    moved, before = order()[2], order(1)
    drag(page, f"#block-{moved} .forum-what", f"#block-{before[0]} .forum-what", onto=(30, 2))
    until_first(page, moved, 1)
    assert order(1) == seen(page, 1) == [moved, *before]
    assert moved not in seen(page)


# A board that has just come is not yet listened to: what is pressed in that moment is sent as a form.
SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-added, .htmx-settling')"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_block_is_moved_by_buttons_and_keys_alone(
    cast: SimpleNamespace, planned: Forum, phone: Open, width: int
) -> None:
    page = phone(f"/forums/{planned.pk}/agenda", cast.malee, width)
    first, second, third = order()[:3]
    page.click(f"#down-{first}")
    until_first(page, second)
    page.wait_for_function(SETTLED)
    page.locator(f"#up-{third}").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "(block) => document.querySelectorAll('[data-block]')[1].dataset.block === String(block)", arg=third
    )
    # Her focus comes back once the board has settled, so that the next press goes on.
    page.wait_for_function("(id) => document.activeElement.id === id", arg=f"up-{third}")
    page.wait_for_function(SETTLED)
    page.keyboard.press("Enter")
    until_first(page, third)
    assert order()[:3] == seen(page)[:3] == [third, second, first]
    # At the head "up" is over; who moves by keys stays at the block.
    page.wait_for_function(
        "(block) => document.activeElement.closest('[data-block]')?.dataset.block === String(block)",
        arg=third,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def day(cast: SimpleNamespace) -> SimpleNamespace:
    forum = make_forum(cast.malee, cast.hospital, starts_at=timezone.now() - timedelta(hours=1))
    people = crowd(forum, 15)
    seat = make_participant(forum, cast.somchai, unit=cast.town)
    recorder = make_person("ลิขิต")
    give_role(forum, recorder, "recorder", by=cast.malee)
    laid = lay_circles(forum, by=cast.malee)
    show_round(laid, by=cast.malee)
    own = laid.circles.get(placements__participant=seat)
    mate = own.placements.exclude(participant=seat)[0].participant
    return SimpleNamespace(
        forum=forum,
        people=people,
        seat=seat,
        mate=mate,
        own=own,
        other=laid.circles.exclude(pk=own.pk).get(),
        recorder=recorder,
        at=f"/forums/{forum.pk}/circles",
    )


def sits(participant: Any) -> tuple[int, bool]:
    found = Placement.objects.select_related("circle").get(participant=participant)
    return found.circle.number, found.by_hand


def test_somebody_is_dragged_to_another_circle(
    cast: SimpleNamespace, day: SimpleNamespace, phone: Open
) -> None:
    page = phone(day.at, cast.malee, 1280)
    page.set_viewport_size({"width": 1280, "height": 3000})
    box = f"[data-circle='{day.other.number}']"
    with page.expect_navigation():
        drag(page, f"[data-who]:has([value='{day.seat.pk}'])", f"{box} h3", by=(60, 10))
    assert sits(day.seat) == (day.other.number, True)
    assert page.locator(f"{box} [data-who]:has([value='{day.seat.pk}']) .circle-mark").count() == 1
    page.check(f"[name=who][value='{day.seat.pk}']")
    with page.expect_navigation():  # who is ticked goes along with who is dragged
        drag(page, f"[data-who]:has([value='{day.mate.pk}'])", f"{box} h3", by=(60, 10))
    assert sits(day.mate) == sits(day.seat) == (day.other.number, True)


@pytest.mark.parametrize("width", [360, 1280])
def test_somebody_is_moved_by_keys_alone(
    cast: SimpleNamespace, day: SimpleNamespace, phone: Open, width: int
) -> None:
    page = phone(day.at, cast.malee, width)
    page.focus(f"[name=who][value='{day.seat.pk}']")
    page.keyboard.press("Space")
    page.focus("#to")
    page.keyboard.type(str(day.other.number))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert sits(day.seat) == (day.other.number, True)


def test_all_phones_of_a_circle_show_one_clock(
    cast: SimpleNamespace, day: SimpleNamespace, phone: Open
) -> None:
    address = f"{day.at}/1/{day.own.number}"
    hers, recorders = phone(address, cast.somchai), phone(address, day.recorder)
    assert recorders.locator("[data-clock]").count() == 0
    hers.click(f"[data-member='{day.mate.pk}'] button")
    hers.wait_for_selector("[data-left]:visible")
    recorders.wait_for_selector(f"h3:has-text('{day.mate.name} กำลังเล่า')", timeout=20_000)
    assert recorders.locator("[data-member][aria-current=true]").get_attribute("data-member") == str(
        day.mate.pk
    )
    assert recorders.locator("[data-left]").inner_text().startswith(("5:00", "4:5"))
    assert recorders.evaluate("document.documentElement.scrollWidth") <= 360
    recorders.click(".circle-clock a[href*='/stories/new']")
    assert day.mate.name in recorders.input_value("[name=teller]")
    assert recorders.input_value("[name=circle]") == str(day.own.pk)
    recorders.fill("[name=title]", "เรื่องของวงนี้")
    recorders.fill("[name=what_we_did]", "ทำ")
    recorders.click("text=เก็บเรื่องนี้")
    recorders.wait_for_url(re.compile(r"/stories/[0-9]+$"))
    assert Story.objects.get().circle == day.own
    recorders.goto(recorders.url.split("/forums")[0] + address)
    recorders.wait_for_selector(".circle-stories a:has-text('เรื่องของวงนี้')")
    hers.click("text=หยุดนาฬิกา")
    hers.wait_for_selector("[data-clock]", state="detached")
    recorders.wait_for_selector("[data-clock]", state="detached", timeout=20_000)


def test_the_clock_turns_gently_and_says_each_phase_once(
    cast: SimpleNamespace, day: SimpleNamespace, phone: Open
) -> None:
    now = timezone.now()
    for gone, state in ((1, "telling"), (4.5, "soon"), (6, "asking"), (9, "over")):
        Turn.objects.all().delete()
        Turn.objects.create(circle=day.own, participant=day.mate, began_at=now - timedelta(minutes=gone))
        page = phone(f"{day.at}/1/{day.own.number}", cast.somchai)
        page.wait_for_selector(f"[data-clock][data-state={state}]")
        assert page.locator("[data-left]").inner_text().startswith("+") is (state == "over")
