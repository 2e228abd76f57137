"""The ASGI application: ``/live/pages?path=…`` and ``/live/walls/CODE`` as server-sent events, and ``/live/health``.

No row is read in the event loop: one thread looks at the journal when it speaks and hands over what is public.
"""

from __future__ import annotations

import asyncio
import json
import resource
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from prakai.journal.watching import Watch
from prakai.kernel.outages import Outage
from prakai.live.farewell import FAREWELL
from prakai.live.happenings import happenings_since, topic_of
from prakai.live.hub import Hub, Listener, changed, greeting
from prakai.live.walls import PREFIX, Full, NoWall, Walls

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
LOOKED_BACK = 500
LONGEST_PATH = 2000
FULL = "มีผู้ฟังเต็มแล้ว · too many are listening now\n"
STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Live:
    """One for each process that streams. ``start`` it in the event loop, ``stop`` it there."""

    def __init__(self, *, behind_proxy: bool = False) -> None:
        self.behind_proxy = behind_proxy
        self.hub = Hub(most=most_here(), most_from_one=300)
        self.walls = Walls(most=most_of_halls())
        self.watch = Watch(on_entry=lambda entry_id: self._spoken(), on_trust=self._trust)
        self.is_trusted = True
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._reader: threading.Thread | None = None
        self._beating: asyncio.Task[None] | None = None
        self._leaving: asyncio.Future[None] | None = None

    def start(self) -> None:
        """Begin to look and to tell; called in the event loop."""
        loop = asyncio.get_running_loop()
        self._beating = loop.create_task(self.hub.beat())
        if threading.current_thread() is threading.main_thread():
            loop.add_signal_handler(FAREWELL, self._say_goodbye)
        self._reader = threading.Thread(target=self._read, args=(loop,), name="live", daemon=True)
        self._reader.start()
        self.walls.start()
        self.watch.start()

    async def stop(self) -> None:
        """Let everybody go and end the threads."""
        self._stopping.set()
        self._wake.set()
        if self._beating is not None:
            self._beating.cancel()
        await asyncio.gather(self.hub.say_goodbye(), self.walls.stop())
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self.watch.stop)
        if self._reader is not None:
            await loop.run_in_executor(None, self._reader.join, 3)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the life of the process."""
        if scope["type"] == "lifespan":
            await self._follow_life(receive, send)
        elif scope["type"] == "http" and scope["path"] == "/live/pages" and scope["method"] == "GET":
            await self._listen(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(PREFIX) and scope["method"] == "GET":
            await self._listen_to_wall(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == "/live/health":
            state = {
                "listeners": self.hub.count,
                "walls": self.walls.hub.count,
                "told": self.hub.told,
                "journal": self.is_trusted,
            }
            await _answer(send, 200 if self.is_trusted else 503, json.dumps(state), b"application/json")
        elif scope["type"] == "http":
            await _answer(send, 404, "ไม่พบหน้านี้ · no such page\n")
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=8)
        path = asked.get("path", [""])[0]
        if not path.startswith("/") or len(path) > LONGEST_PATH:
            await _answer(send, 400, "บอกหน้าที่จะฟังด้วย ?path=/… · name the page: ?path=/…\n")
            return
        listener = Listener(topic_of(path), self._address(scope), send)
        if self.hub.is_full(listener.address):
            await _answer(send, 503, FULL, more=[(b"retry-after", b"60")])
            return
        last = _last_heard(scope, asked)
        await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
        missed = self.hub.missed(listener.topic, last) if last is not None else []
        # The greeting last: its id is the one to come back with.
        frame = changed(missed) + greeting(self.hub.told)
        self.hub.join(listener)
        self.hub.tell(listener, frame)
        away = asyncio.ensure_future(_until_away(receive))
        away.add_done_callback(lambda done: listener.gone.set())
        try:
            await listener.gone.wait()
        finally:
            self.hub.leave(listener)
            away.cancel()
            if listener.telling is not None:
                listener.telling.cancel()

    async def _listen_to_wall(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=8)
        away = asyncio.ensure_future(_until_away(receive))
        try:
            listening = await self.walls.enter(
                scope["path"].removeprefix(PREFIX), _last_heard(scope, asked), send
            )
        except NoWall:
            await _answer(send, 404, "ไม่มีกระดานที่เปิดอยู่ด้วยรหัสนี้ · no open wall has this code\n")
        except Full:
            await _answer(send, 503, FULL, more=[(b"retry-after", b"10")])
        else:
            away.add_done_callback(lambda done: listening.gone.set())
            try:
                await self.walls.hub.open(listening, STREAM_HEADERS)
                await listening.gone.wait()
            finally:
                self.walls.hub.leave(listening)
                if listening.telling is not None:
                    listening.telling.cancel()
        finally:
            away.cancel()

    def _address(self, scope: Scope) -> str:
        if self.behind_proxy:
            for name, value in scope["headers"]:
                if name == b"x-forwarded-for":
                    return str(value.decode("latin-1")).rsplit(",", 1)[-1].strip()
        client = scope.get("client")
        return str(client[0]) if client else ""

    async def _follow_life(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _say_goodbye(self) -> None:
        self._leaving = asyncio.ensure_future(self._end_all())

    async def _end_all(self) -> None:
        await asyncio.gather(self.hub.say_goodbye(), self.walls.hub.say_goodbye())

    def _spoken(self) -> None:
        self._wake.set()
        self.walls.wake()

    def _trust(self, trusted: bool) -> None:
        self.is_trusted = trusted

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        """The thread: read what is new whenever the journal speaks, and hand it to the loop."""
        from django.db import close_old_connections, connections

        outage = Outage("live.journal_unreadable")
        reached: int | None = None
        while not self._stopping.is_set():
            try:
                close_old_connections()
                if reached is None:
                    newest, _ = happenings_since(2**62)
                    floor = max(0, newest - LOOKED_BACK)
                    newest, lately = happenings_since(floor)
                    loop.call_soon_threadsafe(self.hub.begin_from, newest, lately, floor)
                else:
                    newest, happened = happenings_since(reached)
                    if newest != reached:
                        loop.call_soon_threadsafe(self.hub.hear, newest, happened)
                reached = newest
                outage.back()
            except Exception as trouble:
                outage.away(trouble)
                connections.close_all()
                self._stopping.wait(1.0)
                continue
            self._wake.wait()
            self._wake.clear()
        connections.close_all()


def live_here() -> Live:
    """Return what streams here, as the settings say."""
    from django.conf import settings

    return Live(behind_proxy=bool(settings.SECURE_PROXY_SSL_HEADER))


def most_here() -> int:
    """Return how many may listen at once (``LIVE_MOST``, 2,000 by default), and never more than half of the files
    that the system lets this process open: on one port, pages need some too.
    """
    from django.conf import settings

    return min(settings.LIVE_MOST, _files() // 2)


def most_of_halls() -> int:
    """Return how many phones and screens may listen to walls at once (``WALL_MOST``, 10,000 by default), and never more
    than three quarters of the files: who comes back after a broken line is counted twice for a moment.
    """
    from django.conf import settings

    return min(settings.WALL_MOST, _files() * 3 // 4)


def _files() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft if soft > 0 else 1_000_000


async def _until_away(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _last_heard(scope: Scope, asked: Mapping[str, list[str]]) -> int | None:
    """The entry that the page knows: as its browser says when a line broke, or as the page says (``after``)."""
    told = next((v.decode("latin-1") for n, v in scope["headers"] if n == b"last-event-id"), "")
    told = told or asked.get("after", [""])[0]
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else None


async def _answer(
    send: Send,
    status: int,
    text: str,
    kind: bytes = b"text/plain; charset=utf-8",
    more: list[tuple[bytes, bytes]] | None = None,
) -> None:
    headers = [(b"content-type", kind), (b"cache-control", b"no-store"), *(more or [])]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
