"""The hub: the same bytes for everybody, nobody waits for anybody, and whoever comes back hears what was missed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from prakai.live.happenings import Happening, topic_of
from prakai.live.hub import BEAT, MOST_WAITING, MUCH, Hub, Listener, changed

MADE, SAVED = "comment.made", "note.saved"


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
        hub.begin_from(100, [Happening(90, "/notes/1", SAVED), Happening(95, "/notes/2", MADE)], 80)
        beating = asyncio.create_task(hub.beat())
        await story(hub)
        beating.cancel()

    asyncio.run(tell())


def test_only_who_listens_to_that_page_hears() -> None:
    async def story(hub: Hub) -> None:
        one, other = Ear("/notes/1"), Ear("/notes/2")
        hub.join(one.listener)
        hub.join(other.listener)
        hub.hear(105, [Happening(101, "/notes/1", MADE), Happening(103, "/notes/1", MADE)])
        await asyncio.sleep(0.01)
        frame = b'id: 103\nevent: changed\ndata: {"kind": "comment.made"}\n\n'
        assert (one.heard, other.heard, hub.newest, hub.told) == ([frame], [], 105, 103)

    with_hub(story)


def test_everybody_gets_the_same_bytes_and_each_kind_once_in_order() -> None:
    async def story(hub: Hub) -> None:
        one, other = Ear("/notes/1"), Ear("/notes/1")
        hub.join(one.listener)
        hub.join(other.listener)
        kinds = [(101, MADE), (102, SAVED), (103, MADE)]
        hub.hear(103, [Happening(entry_id, "/notes/1", kind) for entry_id, kind in kinds])
        await asyncio.sleep(0.01)
        assert [line for line in one.heard[0].split(b"\n") if line.startswith(b"id")] == [
            b"id: 102",
            b"id: 103",
        ]
        assert one.heard[0] is other.heard[0]

    with_hub(story)


def test_of_what_is_not_public_not_even_the_number_is_told() -> None:
    async def story(hub: Hub) -> None:
        assert hub.told == 95
        hub.hear(400, [])
        assert (hub.newest, hub.told, hub.missed("/notes/1", hub.told)) == (400, 95, [])

    with_hub(story)


@pytest.mark.parametrize(
    ("topic", "last", "missed"),
    [
        ("/notes/1", 85, [(90, SAVED)]),
        ("/notes/1", 90, []),
        ("/notes/2", 85, [(95, MADE)]),
        ("/notes/3", 85, []),
        ("/notes/1", 100, []),
        ("/notes/1", 500, []),
        ("/notes/1", 10, [(95, MUCH)]),  # longer ago than anybody remembers: look again, to be sure
    ],
)
def test_who_comes_back_hears_what_was_missed(topic: str, last: int, missed: list[tuple[int, str]]) -> None:
    async def story(hub: Hub) -> None:
        assert [(one.entry_id, one.kind) for one in hub.missed(topic, last)] == missed

    with_hub(story)


def test_who_is_gone_or_does_not_read_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prakai.live.hub.PATIENCE", 0.02)

    async def story(hub: Hub) -> None:
        gone, deaf, good = Ear("/notes/1", gone=True), Ear("/notes/1", deaf=True), Ear("/notes/1")
        for ear in (gone, deaf, good):
            hub.join(ear.listener)
        one, two = Happening(101, "/notes/1", MADE), Happening(102, "/notes/1", SAVED)
        hub.hear(101, [one])
        await asyncio.sleep(0)
        hub.hear(102, [two])  # nobody waits for the deaf one
        await asyncio.sleep(0.01)
        assert (hub.count, good.heard) == (2, [changed([one]), changed([two])])
        await asyncio.sleep(0.1)
        assert (hub.count, good.heard) == (1, [changed([one]), changed([two])])
        assert (gone.listener.gone.is_set(), deaf.listener.gone.is_set()) == (True, True)
        assert good.listener.gone.is_set() is False

    with_hub(story)


def test_what_waits_for_a_slow_reader_is_bounded() -> None:
    async def story(hub: Hub) -> None:
        slow = Ear("/notes/1", deaf=True)
        hub.join(slow.listener)
        for entry_id in range(101, 2101):
            hub.hear(entry_id, [Happening(entry_id, "/notes/1", MADE)])
        await asyncio.sleep(0)
        assert 0 < len(slow.listener.waiting) <= MOST_WAITING
        assert hub.missed("/notes/1", 500) == [Happening(2100, "/notes/1", MUCH)]

    with_hub(story)


def test_goodbye_waits_for_nobody() -> None:
    async def story(hub: Hub) -> None:
        ears = [Ear("/notes/1", deaf=True), Ear("/notes/1", gone=True), Ear("/notes/1")]
        for ear in ears:
            hub.join(ear.listener)
        async with asyncio.timeout(5):
            await hub.say_goodbye()
        assert (hub.count, [ear.listener.gone.is_set() for ear in ears]) == (0, [True, True, True])
        assert ears[2].heard == [b""]

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
        assert set(ear.heard) == {BEAT}

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
