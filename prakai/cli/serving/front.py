"""The front of the one-process form: one ASGI application for static files, kept pages, what streams, and Django."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from prakai.cli.serving.bridge import Message, Pages, Receive, Scope, Send

if TYPE_CHECKING:
    from prakai.live.app import Live
    from prakai.web.pagecache.serving import KeptPages
    from prakai.web.static_files import ServedFiles


class Front:
    """Sends each request to who answers it cheapest."""

    def __init__(
        self,
        pages: Pages,
        files: ServedFiles,
        *,
        kept: KeptPages | None = None,
        live: Live | None = None,
        starting: list[Callable[[], Any]] | None = None,
        stopping: list[Callable[[], Any]] | None = None,
    ) -> None:
        self.pages = pages
        self.files = files
        self.kept = kept
        self.live = live
        self.starting = starting or []
        self.stopping = stopping or []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the life of the process."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        path: str = scope["path"]
        if path.startswith(self.files.prefix):
            await self._static(scope, send)
            return
        if path.startswith("/live/") and self.live is not None:
            await self.live(scope, receive, send)
            return
        found = self.kept.find(scope) if self.kept is not None else None
        if found is None:
            await self.pages(scope, receive, send)
            return
        status, variant, no_body = found
        await send({"type": "http.response.start", "status": status, "headers": variant.byte_headers})
        await send({"type": "http.response.body", "body": b"" if no_body else variant.body})

    async def _static(self, scope: Scope, send: Send) -> None:
        asked = {
            f"HTTP_{n.decode('latin-1').upper().replace('-', '_')}": v.decode("latin-1")
            for n, v in scope["headers"]
        }
        status, headers, body = self.files.answer(scope["method"], scope["path"], asked)
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": body})

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message: Message = await receive()
            if message["type"] == "lifespan.startup":
                for start in self.starting:
                    start()
                if self.live is not None:
                    self.live.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                loop = asyncio.get_running_loop()
                if self.live is not None:
                    await self.live.stop()
                for stop in self.stopping:
                    await loop.run_in_executor(None, stop)
                self.pages.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
