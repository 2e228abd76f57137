"""The hall: the same bytes to everybody no task for who keeps up, and nothing left out for who does not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from prakai.live.wall_hub import MOST_WAITING, Listening, WallHub

ONE, TWO, THREE = b"id: 1\n\n", b"id: 2\n\n", b"id: 3\n\n"


class Phone:
    """A phone that keeps up, reads slowly (waits for ``lets`` each time), or is not there any more."""

    def __init__(self, *, slow: bool = False, lost: bool = False) -> None:
        self.heard: list[bytes] = []
        self.slow, self.lost = slow, lost
        self.lets = asyncio.Event()
        self.listening = Listening(self.send, is_opening=False)

    async def send(self, message: dict[str, Any]) -> None:
        if self.lost:
            raise OSError("the connection is closed")
        if self.slow:
            await self.lets.wait()
        if "body" in message:
            self.heard.append(message["body"])


def with_hall(story: Callable[[WallHub], Awaitable[None]]) -> None:
    async def tell() -> None:
        await story(WallHub(most=5))

    asyncio.run(tell())


def joined(hub: WallHub, forum_id: int = 1, **kind: bool) -> Phone:
    phone = Phone(**kind)
    hub.join(phone.listening, forum_id)
    return phone


def test_only_that_wall_hears_and_everybody_gets_the_same_bytes_without_a_task() -> None:
    async def story(hub: WallHub) -> None:
        one, two, other = joined(hub), joined(hub), joined(hub, 2)
        tasks = len(asyncio.all_tasks())
        await hub.tell(1, ONE)
        assert (one.heard, two.heard, other.heard) == ([ONE], [ONE], [])
        assert one.heard[0] is two.heard[0]
        assert (len(asyncio.all_tasks()), hub.heard()) == (tasks, {1: 2, 2: 1})

    with_hall(story)


def test_who_is_slow_gets_all_of_it_in_order_and_holds_nobody_up() -> None:
    async def story(hub: WallHub) -> None:
        slow, quick = joined(hub, slow=True), joined(hub)
        for frame in (ONE, TWO, THREE):
            await hub.tell(1, frame)
        assert (slow.heard, quick.heard, slow.listening.is_jammed) == ([], [ONE, TWO, THREE], True)
        slow.slow = False
        slow.lets.set()
        await asyncio.sleep(0.01)
        assert (b"".join(slow.heard), slow.listening.is_jammed) == (ONE + TWO + THREE, False)
        await hub.tell(1, ONE)
        assert slow.heard[-1] == ONE

    with_hall(story)


def test_who_does_not_read_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prakai.live.wall_hub.PATIENCE", 0.02)

    async def story(hub: WallHub) -> None:
        deaf, lost, good = joined(hub, slow=True), joined(hub, lost=True), joined(hub)
        await hub.tell(1, ONE)
        assert (lost.listening.gone.is_set(), hub.count) == (True, 2)
        await asyncio.sleep(0.1)
        assert (deaf.listening.gone.is_set(), good.listening.gone.is_set(), hub.count) == (True, False, 1)

    with_hall(story)


def test_whose_backlog_grows_is_let_go_and_nothing_is_left_out_silently() -> None:
    async def story(hub: WallHub) -> None:
        slow = joined(hub, slow=True)
        frame = b"x" * (MOST_WAITING // 2)
        for _ in range(3):
            await hub.tell(1, frame)
        assert (slow.listening.gone.is_set(), hub.count) == (False, 1)
        await hub.tell(1, frame)
        assert (slow.listening.gone.is_set(), hub.count) == (True, 0)

    with_hall(story)


def test_what_comes_while_an_answer_begins_waits_for_it() -> None:
    async def story(hub: WallHub) -> None:
        phone = Phone()
        phone.listening.is_opening = True
        phone.listening.waiting = ONE
        hub.join(phone.listening, 1)
        await hub.tell(1, TWO)
        assert phone.heard == []
        await hub.open(phone.listening, [])
        await hub.tell(1, THREE)
        assert phone.heard == [ONE + TWO, THREE]

    with_hall(story)


def test_leaving_twice_changes_nothing_and_there_is_a_limit() -> None:
    async def story(hub: WallHub) -> None:
        phones = [joined(hub) for _ in range(5)]
        assert hub.is_full is True
        hub.leave(phones[0].listening)
        hub.leave(phones[0].listening)
        assert (hub.count, hub.is_full) == (4, False)
        await hub.say_goodbye()
        assert (hub.count, phones[1].heard, hub.heard()) == (0, [b""], {})

    with_hall(story)
