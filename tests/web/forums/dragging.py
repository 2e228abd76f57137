"""Moving things with a hand on a mouse."""

from __future__ import annotations

from typing import Any


def drag(
    page: Any, what: str, to: str, *, by: tuple[int, int] = (30, 10), onto: tuple[int, int] = (10, 10)
) -> None:
    """Drag as a hand does, in many small moves: from ``by`` inside the one thing to ``onto`` inside the other."""
    page.locator(what).scroll_into_view_if_needed()
    start, end = page.locator(what).bounding_box(), page.locator(to).bounding_box()
    page.mouse.move(start["x"] + by[0], start["y"] + by[1])
    page.mouse.down()
    page.mouse.move(start["x"] + by[0] + 8, start["y"] + by[1] - 6, steps=4)
    page.mouse.move(end["x"] + onto[0], end["y"] + onto[1], steps=8)
    page.mouse.up()
