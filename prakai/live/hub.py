"""The hub: who listens to which page. It lives in the event loop and knows neither rows nor requests.

One task speaks to everybody: a happening is encoded once and the same bytes go to each listener; there is neither a
queue nor a task for each. Who does not read is let go and comes back with the id of what it heard last.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from prakai.live.happenings import Happening

Send = Callable[[dict[str, Any]], Awaitable[None]]
HEARTBEAT = 20.0
PATIENCE = 5.0
REMEMBERED = 1000
BEAT = b": \n\n"


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody's open page."""

    topic: str
    address: str
    send: Send


class Hub:
    """Listeners by topic, and what happened lately. All methods are called in the event loop."""

    def __init__(self, *, most: int, most_from_one: int) -> None:
        self.most = most
        self.most_from_one = most_from_one
        self.count = 0
        self.newest = 0
        self._floor = 0
        self._listeners: dict[str, set[Listener]] = {}
        self._from: Counter[str] = Counter()
        self._lately: deque[Happening] = deque(maxlen=REMEMBERED)
        self._coming: asyncio.Queue[list[Happening]] = asyncio.Queue()

    def is_full(self, address: str) -> bool:
        """Return whether nobody more (or nobody more from ``address``) can listen now."""
        return self.count >= self.most or self._from[address] >= self.most_from_one

    def join(self, listener: Listener) -> None:
        """Let ``listener`` hear what happens from now on."""
        self._listeners.setdefault(listener.topic, set()).add(listener)
        self._from[listener.address] += 1
        self.count += 1

    def leave(self, listener: Listener) -> None:
        """Let ``listener`` go; leaving twice changes nothing."""
        here = self._listeners.get(listener.topic)
        if here is None or listener not in here:
            return
        here.remove(listener)
        if not here:
            del self._listeners[listener.topic]
        self._from[listener.address] -= 1
        if not self._from[listener.address]:
            del self._from[listener.address]
        self.count -= 1

    def begin_from(self, newest: int, lately: Iterable[Happening], floor: int) -> None:
        """Remember what happened after the entry ``floor``, before anybody listened."""
        self.newest, self._floor = newest, floor
        self._lately.extend(lately)

    def hear(self, newest: int, happened: list[Happening]) -> None:
        """Take note of what happened up to the entry ``newest``; the speaker tells it soon."""
        self.newest = max(self.newest, newest)
        for happening in happened:
            if len(self._lately) == REMEMBERED:
                self._floor = self._lately[0].entry_id
            self._lately.append(happening)
        if happened:
            self._coming.put_nowait(happened)

    def missed(self, topic: str, last: int) -> int | None:
        """Return the id of the latest entry that changed ``topic`` after ``last`` (too long ago: the newest of all)."""
        if last >= self.newest:
            return None
        if last < self._floor:
            return self.newest
        ids = [h.entry_id for h in self._lately if h.topic == topic and h.entry_id > last]
        return max(ids, default=None)

    async def speak(self) -> None:
        """Tell what comes, and beat where nothing comes, until cancelled."""
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    happened = await self._coming.get()
            except TimeoutError:
                for topic in list(self._listeners):
                    await self._give(topic, BEAT)
                continue
            latest = {happening.topic: happening.entry_id for happening in happened}
            for topic, entry_id in latest.items():
                await self._give(topic, changed(entry_id))

    async def say_goodbye(self) -> None:
        """End every stream; the pages come back by themselves."""
        for listener in [one for here in self._listeners.values() for one in here]:
            await self._send(listener, {"type": "http.response.body", "body": b"", "more_body": False})
            self.leave(listener)

    async def _give(self, topic: str, frame: bytes) -> None:
        message = {"type": "http.response.body", "body": frame, "more_body": True}
        for listener in list(self._listeners.get(topic, ())):
            await self._send(listener, message)

    async def _send(self, listener: Listener, message: dict[str, Any]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await listener.send(message)
        except Exception:
            self.leave(listener)


def changed(entry_id: int) -> bytes:
    """Return the frame that says that a page changed by that entry."""
    return b"id: %d\nevent: changed\ndata: %d\n\n" % (entry_id, entry_id)


def greeting(newest: int) -> bytes:
    """Return the first frame: how soon to come back, and from where."""
    return b"retry: 4000\nid: %d\n\n" % newest
