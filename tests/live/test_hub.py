"""The hub: one task speaks to everybody, and whoever comes back hears what was missed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from prakai.live.happenings import Happening, topic_of
from prakai.live.hub import Hub, Listener, changed


class Ear:
    """Somebody who listens: keeps what was sent, or is deaf."""

    def __init__(self, topic: str, *, deaf: bool = False, gone: bool = False) -> None:
        self.heard: list[bytes] = []
        self.deaf, self.gone = deaf, gone
        self.listener = Listener(topic, "10.0.0.7", self.send)

    async def send(self, message: dict[str, Any]) -> None:
        if self.gone:
            raise OSError("the connection is closed")
        if self.deaf:
            await asyncio.sleep(3600)
        self.heard.append(message["body"])


def with_hub(story: Callable[[Hub], Awaitable[None]]) -> None:
    async def tell() -> None:
        hub = Hub(most=3, most_from_one=2)
        hub.begin_from(100, [Happening(90, "/notes/1"), Happening(95, "/notes/2")], 80)
        speaker = asyncio.create_task(hub.speak())
        await story(hub)
        speaker.cancel()

    asyncio.run(tell())


def test_only_who_listens_to_that_page_hears() -> None:
    async def story(hub: Hub) -> None:
        one, other = Ear("/notes/1"), Ear("/notes/2")
        hub.join(one.listener)
        hub.join(other.listener)
        hub.hear(103, [Happening(101, "/notes/1"), Happening(103, "/notes/1")])
        await asyncio.sleep(0.01)
        assert (one.heard, other.heard, hub.newest) == ([changed(103)], [], 103)

    with_hub(story)


@pytest.mark.parametrize(
    ("topic", "last", "missed"),
    [
        ("/notes/1", 85, 90),
        ("/notes/1", 90, None),
        ("/notes/2", 85, 95),
        ("/notes/3", 85, None),
        ("/notes/1", 100, None),
        ("/notes/1", 500, None),
        ("/notes/1", 10, 100),  # longer ago than anybody remembers: look again, to be sure
    ],
)
def test_who_comes_back_hears_what_was_missed(topic: str, last: int, missed: int | None) -> None:
    async def story(hub: Hub) -> None:
        assert hub.missed(topic, last) == missed

    with_hub(story)


def test_who_is_gone_or_does_not_read_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prakai.live.hub.PATIENCE", 0.02)

    async def story(hub: Hub) -> None:
        gone, deaf, good = Ear("/notes/1", gone=True), Ear("/notes/1", deaf=True), Ear("/notes/1")
        for ear in (gone, deaf, good):
            hub.join(ear.listener)
        hub.hear(101, [Happening(101, "/notes/1")])
        await asyncio.sleep(0.1)
        assert (hub.count, good.heard) == (1, [changed(101)])

    with_hub(story)


def test_who_is_many_is_bounded() -> None:
    async def story(hub: Hub) -> None:
        ears = [Ear("/notes/1"), Ear("/notes/1")]
        for ear in ears:
            hub.join(ear.listener)
        assert (hub.is_full("10.0.0.7"), hub.is_full("10.0.0.8")) == (True, False)
        third = Listener("/notes/1", "10.0.0.8", ears[0].send)
        hub.join(third)
        assert hub.is_full("10.0.0.9") is True
        hub.leave(third)
        hub.leave(third)
        assert (hub.count, hub.is_full("10.0.0.9")) == (2, False)

    with_hub(story)


def test_silence_is_broken_by_a_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prakai.live.hub.HEARTBEAT", 0.02)

    async def story(hub: Hub) -> None:
        ear = Ear("/notes/1")
        hub.join(ear.listener)
        await asyncio.sleep(0.07)
        assert set(ear.heard) == {b": \n\n"}

    with_hub(story)


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        ("/notes/12-ฝนตก", "/notes/12"),
        ("/notes/12", "/notes/12"),
        ("/notes/120", "/notes/120"),
        ("/about", "/about"),
    ],
)
def test_a_page_keeps_its_topic_when_its_words_change(path: str, topic: str) -> None:
    assert topic_of(path) == topic
