"""The hub: who listens to which page. It lives in the event loop and knows neither rows nor requests.

What happened to a page is encoded once and the same bytes go to each listener. Nobody has a queue: what comes while a
listener is being told waits in one small place, and who does not read in time is let go. Whoever comes back brings the
id of what it heard last.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from prakai.live.happenings import Happening

Send = Callable[[dict[str, Any]], Awaitable[None]]
HEARTBEAT = 20.0
PATIENCE = 5.0
REMEMBERED = 1000
MOST_WAITING = 4096
MUCH = "much"
BEAT = b": \n\n"


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody's open page. ``gone`` is set when nobody will speak to it any more."""

    topic: str
    address: str
    send: Send
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: bytes = b""
    telling: asyncio.Task[None] | None = None

    @property
    def is_being_told(self) -> bool:
        """Whether something is on its way to it."""
        return self.telling is not None and not self.telling.done()


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

    @property
    def told(self) -> int:
        """The newest entry that changed a public page: of others not even the number is given away."""
        return self._lately[-1].entry_id if self._lately else self._floor

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
        listener.gone.set()
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
        """Tell what happened up to the entry ``newest`` to whoever listens."""
        self.newest = max(self.newest, newest)
        by_topic: dict[str, list[Happening]] = {}
        for happening in happened:
            if len(self._lately) == REMEMBERED:
                self._floor = self._lately[0].entry_id
            self._lately.append(happening)
            if happening.topic in self._listeners:
                by_topic.setdefault(happening.topic, []).append(happening)
        for topic, changes in by_topic.items():
            frame = changed(changes)
            for listener in self._listeners[topic]:
                self.tell(listener, frame)

    def missed(self, topic: str, last: int) -> list[Happening]:
        """Return how ``topic`` changed after the entry ``last``; ``MUCH``, whatever the page, when that is long ago."""
        if last >= self.newest:
            return []
        if last < self._floor:
            return [Happening(self.told, topic, MUCH)]
        return [one for one in self._lately if one.topic == topic and one.entry_id > last]

    async def beat(self) -> None:
        """Break the silence now and then, so that nothing between takes the line for dead, until cancelled."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            for here in self._listeners.values():
                for listener in here:
                    if not listener.is_being_told:
                        self.tell(listener, BEAT)

    async def say_goodbye(self) -> None:
        """End every stream; the pages come back by themselves."""
        everybody = [one for here in self._listeners.values() for one in here]
        await asyncio.gather(*(self._end(one) for one in everybody))

    def tell(self, listener: Listener, frame: bytes) -> None:
        """Send ``frame`` to one listener, after what is on its way; never waits."""
        if not listener.is_being_told:
            listener.telling = asyncio.get_running_loop().create_task(self._send(listener, frame))
        elif len(listener.waiting) + len(frame) <= MOST_WAITING:
            listener.waiting += frame

    async def _send(self, listener: Listener, frame: bytes) -> None:
        try:
            while frame:
                async with asyncio.timeout(PATIENCE):
                    await listener.send({"type": "http.response.body", "body": frame, "more_body": True})
                frame, listener.waiting = listener.waiting, b""
        except Exception:  # whatever is wrong with that line, it is given up
            self.leave(listener)

    async def _end(self, listener: Listener) -> None:
        with suppress(Exception):  # it may be gone already
            async with asyncio.timeout(1.0):
                await listener.send({"type": "http.response.body", "body": b"", "more_body": False})
        self.leave(listener)


def changed(happened: Iterable[Happening]) -> bytes:
    """Return the frames that say in which ways a page changed: the latest entry of each kind, in order."""
    latest = {one.kind: one.entry_id for one in happened}
    return b"".join(
        b"id: %d\nevent: changed\ndata: %s\n\n" % (entry_id, json.dumps({"kind": kind}).encode())
        for kind, entry_id in sorted(latest.items(), key=lambda pair: pair[1])
    )


def greeting(told: int) -> bytes:
    """Return the first frame: how soon to come back, and from where."""
    return b"retry: 4000\nid: %d\nevent: here\ndata: {}\n\n" % told
