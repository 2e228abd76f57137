"""``/live/walls/CODE``: the sparks of a wall as server-sent events, from the entry that was heard last.

One thread reads the rows once for all walls and all who listen: at once when something turns after a silence, and then
at most once a tick, so that the sparks of a tick go out in one frame. Who comes in is let in by the same reading, so
that nothing falls between what was missed and what comes.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from prakai.forums.codes import code_in
from prakai.kernel.outages import Outage
from prakai.live.wall_hub import Listening, WallHub
from prakai.live.wall_reading import Admission, Asked, News, news_since

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
PREFIX = "/live/walls/"
TICK = 0.03
TICK_OF_EACH = 4e-6
LEFT_TO_OTHERS = 0.25
ENTERING = 30.0


class NoWall(Exception):
    """There is no wall with this code that everybody who has it may see."""


class Full(Exception):
    """Nobody more can listen now."""


class Walls:
    """One for each process that streams."""

    def __init__(self, *, most: int) -> None:
        self.hub = WallHub(most=most)
        self._asked: dict[Asked, list[asyncio.Future[Listening | None]]] = defaultdict(list)
        self._senders: dict[asyncio.Future[Listening | None], Send] = {}
        self._wake = threading.Event()
        self._told = threading.Event()
        self._stopping = threading.Event()
        self._reader: threading.Thread | None = None
        self._beating: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to read and to tell; called in the event loop."""
        loop = asyncio.get_running_loop()
        self._beating = loop.create_task(self.hub.beat())
        self._reader = threading.Thread(target=self._read, args=(loop,), name="walls", daemon=True)
        self._reader.start()

    def wake(self) -> None:
        """Say that the journal has spoken; called by any thread."""
        self._wake.set()

    async def stop(self) -> None:
        """Let everybody go and end the thread."""
        self._stopping.set()
        self._wake.set()
        self._told.set()
        if self._beating is not None:
            self._beating.cancel()
        await self.hub.say_goodbye()
        if self._reader is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._reader.join, 3)

    async def enter(self, typed: str, last: int | None, send: Send) -> Listening:
        """Let somebody listen to the wall with this code, from the entry ``last`` on; errors: ``NoWall``, ``Full``."""
        code = code_in(typed)
        if not code:
            raise NoWall
        if self.hub.count + len(self._senders) >= self.hub.most:
            raise Full
        entering: asyncio.Future[Listening | None] = asyncio.get_running_loop().create_future()
        self._asked[code, last].append(entering)
        self._senders[entering] = send
        self._wake.set()
        try:
            async with asyncio.timeout(ENTERING):
                listening = await entering
        except TimeoutError as trouble:
            raise Full from trouble
        except asyncio.CancelledError:
            if entering.done() and not entering.cancelled() and (joined := entering.result()) is not None:
                self.hub.leave(joined)
            raise
        finally:
            self._senders.pop(entering, None)
        if listening is None:
            raise NoWall
        return listening

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        """The thread: read what is new when the journal speaks or somebody comes, and hand it to the loop."""
        from django.db import close_old_connections, connections

        outage = Outage("live.walls_unreadable")
        reached: int | None = None
        while not self._stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            begun = time.monotonic()
            heard, asked = self.hub.heard(), list(self._asked)
            if not heard and not asked:
                reached = None
                continue
            try:
                close_old_connections()
                news = news_since(reached, heard=heard, asked=asked)
                outage.back()
            except Exception as trouble:
                outage.away(trouble)
                connections.close_all()
                self._wake.set()
                self._stopping.wait(1.0)
                continue
            reached = news.reached
            self._told.clear()
            loop.call_soon_threadsafe(self._hand_over, news, asked)
            self._told.wait(10)
            tick = TICK + TICK_OF_EACH * sum(heard.values())
            taken = time.monotonic() - begun
            self._stopping.wait(max(tick - taken, taken * LEFT_TO_OTHERS))
        connections.close_all()

    def _hand_over(self, news: News, asked: list[Asked]) -> None:
        self._telling = asyncio.ensure_future(self._tell(news, asked))

    async def _tell(self, news: News, asked: list[Asked]) -> None:
        """Tell everybody who listened until now, then let in who asked: their first frame has what came until now."""
        try:
            for forum_id, frame in news.frames.items():
                await self.hub.tell(forum_id, frame)
            for ask in asked:
                for entering in self._asked.pop(ask, ()):
                    self._let_in(entering, news.admitted.get(ask))
            if news.shut:
                await self.hub.say_goodbye(news.shut)
        finally:
            self._told.set()

    def _let_in(self, entering: asyncio.Future[Listening | None], admission: Admission | None) -> None:
        send = self._senders.get(entering)
        if send is None or entering.done():
            return
        if admission is None:
            entering.set_result(None)
            return
        listening = Listening(send, waiting=admission.frame)
        self.hub.join(listening, admission.forum_id)
        entering.set_result(listening)
