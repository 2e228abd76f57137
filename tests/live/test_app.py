"""The application itself, asked as a server asks it: who does not read is let go, and nobody is kept for ever."""

from __future__ import annotations

import asyncio
import resource
from typing import Any

import pytest

from prakai.live.app import Live, most_here
from prakai.live.happenings import Happening

SCOPE = {
    "type": "http",
    "method": "GET",
    "path": "/live/pages",
    "query_string": b"path=/notes/1-%E0%B8%9D%E0%B8%99",
    "headers": [],
    "client": ("10.0.0.7", 1234),
}


class Line:
    """A line to a browser that stops reading after ``reads`` pieces, or goes away when told."""

    def __init__(self, *, reads: int = 1000) -> None:
        self.reads = reads
        self.sent: list[dict[str, Any]] = []
        self.away = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.away.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if len(self.sent) >= self.reads:
            await asyncio.sleep(3600)
        self.sent.append(message)


def test_who_does_not_read_is_let_go_and_the_others_hear_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prakai.live.hub.PATIENCE", 0.05)

    async def story() -> None:
        live = Live()
        slow, good = Line(reads=2), Line()
        open_pages = [asyncio.create_task(live(SCOPE, line.receive, line.send)) for line in (slow, good)]
        await asyncio.sleep(0.01)
        assert live.hub.count == 2
        live.hub.hear(7, [Happening(7, "/notes/1", "comment.made")])
        await asyncio.sleep(0.01)
        assert b"id: 7\n" in good.sent[2]["body"]
        async with asyncio.timeout(2):
            await open_pages[0]  # the server closes the line when this ends
        assert (live.hub.count, open_pages[1].done()) == (1, False)
        good.away.set()
        async with asyncio.timeout(2):
            await open_pages[1]
        assert live.hub.count == 0

    asyncio.run(story())


def test_the_answer_is_a_stream_that_nobody_keeps() -> None:
    async def story() -> None:
        live, line = Live(), Line()
        page = asyncio.create_task(live(SCOPE, line.receive, line.send))
        await asyncio.sleep(0.01)
        told = {name.decode(): value.decode() for name, value in line.sent[0]["headers"]}
        assert (line.sent[0]["status"], told["content-type"], told["cache-control"]) == (
            200,
            "text/event-stream; charset=utf-8",
            "no-store",
        )
        line.away.set()
        await page

    asyncio.run(story())


def test_only_half_of_the_open_files_is_for_listeners(settings: Any) -> None:
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    settings.LIVE_MOST = files * 3
    assert most_here() == files // 2
    settings.LIVE_MOST = 7
    assert most_here() == 7
