"""A load from a second process: so many kept connections, each asking again as soon as it is answered.

    python -m bench.client PORT SECONDS CONNECTIONS < request > {"count": …, "statuses": {…}}

Reads only as much of HTTP as the servers under measurement write: status, Content-Length, body.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter


class Asker(asyncio.Protocol):
    """One connection that asks the same thing again and again."""

    def __init__(self, request: bytes, seen: Counter[str]) -> None:
        self.request = request
        self.seen = seen
        self.waiting = 0
        self.head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        self.transport = transport
        transport.write(self.request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Count an answer when it is whole, and ask again."""
        if not self.waiting:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            head, data = self.head[:end].lower(), self.head[end + 4 :]
            self.head = b""
            self.status = head[9:12].decode()
            at = head.find(b"content-length:")
            self.waiting = (
                int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 and self.status != "304" else 0
            )
        self.waiting -= len(data)
        if self.waiting <= 0:
            self.waiting = 0
            self.seen[self.status] += 1
            self.transport.write(self.request)  # type: ignore[attr-defined]

    def connection_lost(self, problem: Exception | None) -> None:
        """Count what should not happen."""
        self.seen["lost"] += 1


async def ask(port: int, seconds: float, connections: int, request: bytes) -> Counter[str]:
    """Return how often each status was answered within so many seconds."""
    loop = asyncio.get_running_loop()
    seen: Counter[str] = Counter()
    opened = [
        await loop.create_connection(lambda: Asker(request, seen), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.sleep(seconds)
    found = Counter(seen)
    for transport, _ in opened:
        transport.abort()
    return found


def main() -> None:
    """Ask what stands on standard input; print what came of it."""
    port, seconds, connections = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    found = asyncio.run(ask(port, seconds, connections, sys.stdin.buffer.read()))
    print(json.dumps({"count": sum(found.values()), "statuses": dict(found)}))


if __name__ == "__main__":
    main()
