"""Who listens to which wall. It lives in the event loop and knows neither rows nor requests.

A hall is told in one round: the same bytes to everybody, without a queue and without a task for each of them. A server
takes them at once from whoever keeps up, so the sending is driven by hand; only for a line that is jammed a task waits,
and only so long. Who is let go comes back with the id of what it heard last, and hears the rest.
"""

from __future__ import annotations

import asyncio
import types
from collections.abc import Awaitable, Callable, Generator, Iterable
from dataclasses import dataclass, field
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]
PATIENCE = 5.0
MOST_WAITING = 256 * 1024
AT_A_TIME = 400
HEARTBEAT = 20.0
BEAT = b": \n\n"


@dataclass(eq=False, slots=True)
class Listening:
    """Somebody's open wall. ``gone`` is set when nobody will speak to it any more.

    ``is_opening``: its answer has not begun; what comes waits.
    """

    send: Send
    forum_id: int = 0
    is_opening: bool = True
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: bytes = b""
    telling: asyncio.Task[None] | None = None

    @property
    def is_jammed(self) -> bool:
        """Whether what was sent to it is still on its way."""
        return self.telling is not None and not self.telling.done()


class WallHub:
    """Listeners by forum. All methods are called in the event loop."""

    def __init__(self, *, most: int) -> None:
        self.most = most
        self.count = 0
        self._walls: dict[int, set[Listening]] = {}

    @property
    def is_full(self) -> bool:
        """Whether nobody more can listen. A hall stands behind one address, so addresses are not told apart."""
        return self.count >= self.most

    def heard(self) -> dict[int, int]:
        """Return the forums whose walls are listened to, and by how many; any thread may ask."""
        return {forum_id: len(here) for forum_id, here in dict(self._walls).items()}

    def join(self, listening: Listening, forum_id: int) -> None:
        """Let ``listening`` hear what comes from now on."""
        listening.forum_id = forum_id
        self._walls.setdefault(forum_id, set()).add(listening)
        self.count += 1

    def leave(self, listening: Listening) -> None:
        """Let ``listening`` go; leaving twice changes nothing."""
        listening.gone.set()
        here = self._walls.get(listening.forum_id)
        if here is None or listening not in here:
            return
        here.remove(listening)
        if not here:
            del self._walls[listening.forum_id]
        self.count -= 1

    async def open(self, listening: Listening, headers: list[tuple[bytes, bytes]]) -> None:
        """Begin its answer, and send what has been waiting since it joined."""
        await listening.send({"type": "http.response.start", "status": 200, "headers": headers})
        while listening.waiting:
            frame, listening.waiting = listening.waiting, b""
            await listening.send(_piece(frame))
        listening.is_opening = False

    async def tell(self, forum_id: int, frame: bytes) -> None:
        """Send ``frame`` to everybody who listens to this wall; others in the loop come in between."""
        piece = _piece(frame)
        for number, listening in enumerate(list(self._walls.get(forum_id, ())), 1):
            self._tell(listening, frame, piece)
            if not number % AT_A_TIME:
                await asyncio.sleep(0)

    async def beat(self) -> None:
        """Break the silence now and then, so that nothing between takes the line for dead, until cancelled."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            for forum_id in list(self._walls):
                await self.tell(forum_id, BEAT)

    async def say_goodbye(self, only: Iterable[int] | None = None) -> None:
        """End the streams of everybody, or of these walls; the pages come back by themselves."""
        chosen = list(self._walls) if only is None else list(only)
        everybody = [one for forum_id in chosen for one in self._walls.get(forum_id, ())]
        await asyncio.gather(*(self._end(one) for one in everybody))

    def _tell(self, listening: Listening, frame: bytes, piece: dict[str, Any]) -> None:
        if listening.gone.is_set():
            return
        if listening.is_opening or listening.is_jammed:
            if len(listening.waiting) + len(frame) > MOST_WAITING:
                self.leave(listening)
            else:
                listening.waiting += frame
            return
        try:
            steps = listening.send(piece).__await__()
            waited = next(steps)
        except StopIteration:
            return
        except Exception:  # whatever is wrong with that line, it is given up
            self.leave(listening)
            return
        listening.telling = asyncio.get_running_loop().create_task(self._finish(listening, steps, waited))

    async def _finish(self, listening: Listening, steps: Generator[Any, Any, None], waited: Any) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await _rest(steps, waited)
            while listening.waiting:
                frame, listening.waiting = listening.waiting, b""
                async with asyncio.timeout(PATIENCE):
                    await listening.send(_piece(frame))
        except Exception:  # whatever is wrong with that line, it is given up
            self.leave(listening)

    async def _end(self, listening: Listening) -> None:
        try:
            async with asyncio.timeout(1.0):
                if not listening.is_opening:
                    await listening.send({"type": "http.response.body", "body": b"", "more_body": False})
        except Exception:  # noqa: S110  it may be gone already
            pass
        self.leave(listening)


def _piece(frame: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": frame, "more_body": True}


@types.coroutine
def _rest(steps: Generator[Any, Any, None], waited: Any) -> Generator[Any, Any, None]:
    """Go on with what was begun by hand, from the thing it waits for."""
    while True:
        try:
            came = yield waited
        except BaseException as trouble:
            waited = _next(steps.throw, trouble)
        else:
            waited = _next(steps.send, came)
        if waited is _DONE:
            return


_DONE = object()


def _next(go: Callable[[Any], Any], word: Any) -> Any:
    try:
        return go(word)
    except StopIteration:
        return _DONE
