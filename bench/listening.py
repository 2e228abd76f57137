"""A hall in a process of its own: so many open walls, read by one loop over epoll.

    python -m bench.listening PORT[,PORT…] CODE COUNT

Told on standard input, one word a line, and answering each with a line of JSON: ``round`` begins to count anew;
``end N`` waits until everybody has heard N sparks (or nothing comes for five seconds) and tells the times; ``again``
breaks every line at once, comes back with what was heard last, and tells how long that took; ``quit``.

A spark's words are ``… NUMBER SENT``: its number in the round and when the phone began to send it, by this machine's
clock.
"""

from __future__ import annotations

import json
import re
import resource
import select
import socket
import sys
import time
from dataclasses import dataclass, field
from functools import lru_cache

SPARK = re.compile(rb'"words":"[^"]*?(\d+) (\d+\.\d+)"')
LAST = re.compile(rb"^id: (\d+)", re.M)
HERE = b"event: here\n"
SILENCE = 5.0
# Less than what malloc takes from the system by itself: a page table changed at each read slows both processes.
PIECE = 16 * 1024


@dataclass(eq=False, slots=True)
class Line:
    """One open wall."""

    socket: socket.socket
    last: str = ""
    is_here: bool = False
    heard: int = 0  # a bit for each spark of the round
    rest: bytes = b""


@dataclass
class Hall:
    """All of them."""

    ports: list[int]
    code: str
    count: int
    opened: int = 0
    lines: dict[int, Line] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    twice: int = 0
    broken: int = 0
    here: int = 0

    def __post_init__(self) -> None:
        self.poll = select.epoll()

    def come(self, lasts: list[str]) -> float:
        """Open a line for each of ``lasts`` (with what was heard last) and return how long until all were greeted."""
        begun, coming = time.monotonic(), list(lasts)
        self.here = 0
        while self.here < self.count and time.monotonic() - begun < 120:
            # Some at a time, as many as a system keeps waiting at its door.
            while coming and len(self.lines) - self.here < 500:
                self._open(coming.pop())
            self.hear(0.2)
        return time.monotonic() - begun

    def again(self) -> float:
        """Break every line at once and come back."""
        lasts = [line.last for line in self.lines.values()]
        for line in self.lines.values():
            line.socket.close()
        self.lines.clear()
        return self.come(lasts)

    def begin(self) -> None:
        """Count anew."""
        self.times, self.twice, self.broken = [], 0, 0
        for line in self.lines.values():
            line.heard = 0

    def end(self, number: int) -> dict[str, object]:
        """Wait for what is still coming of ``number`` sparks and return what came of it."""
        wanted = number * self.count
        before, still = len(self.times), time.monotonic()
        while len(self.times) < wanted and time.monotonic() - still < SILENCE:
            self.hear(0.2)
            if len(self.times) != before:
                before, still = len(self.times), time.monotonic()
        self.times.sort()
        lost = wanted - sum(line.heard.bit_count() for line in self.lines.values())
        shares = {"p50_ms": 0.5, "p99_ms": 0.99, "most_ms": 1.0}
        found = {name: self._time_of(share) for name, share in shares.items()}
        return {**found, "lost": lost, "twice": self.twice, "broken": self.broken}

    def _time_of(self, share: float) -> float:
        return round(self.times[int((len(self.times) - 1) * share)] * 1000, 1) if self.times else 0.0

    def hear(self, wait: float) -> None:
        """Take what has come, waiting at most so long for something."""
        for number, _ in self.poll.poll(wait, 4096):
            line = self.lines.get(number)
            if line is None:
                continue
            try:
                came = line.socket.recv(PIECE)
            except BlockingIOError:
                continue
            except OSError:
                came = b""
            if came:
                self._take(line, came)
            else:
                self.broken += 1
                self._come_back(line)

    def _come_back(self, line: Line) -> None:
        """Open a line anew that the server has closed, as a page does."""
        self.lines.pop(line.socket.fileno())
        line.socket.close()
        self.here -= line.is_here
        self._open(line.last, line.heard)

    def _open(self, last: str, heard: int = 0) -> None:
        wire = socket.create_connection(("127.0.0.1", self.ports[self.opened % len(self.ports)]))
        self.opened += 1
        more = f"Last-Event-ID: {last}\r\n" if last else ""
        wire.sendall(f"GET /live/walls/{self.code} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode())
        wire.setblocking(False)
        self.lines[wire.fileno()] = Line(wire, last, heard=heard)
        self.poll.register(wire.fileno(), select.EPOLLIN)

    def _take(self, line: Line, came: bytes) -> None:
        now = time.time()
        came = line.rest + came if line.rest else came
        whole, end, line.rest = came.rpartition(b"\n\n")
        if not end:
            return
        is_here, last, sparks = read(whole)
        if is_here and not line.is_here:
            line.is_here = True
            self.here += 1
        line.last = last or line.last
        for bit, sent in sparks:
            if line.heard & bit:
                self.twice += 1
            else:
                line.heard |= bit
                self.times.append(now - sent)


@lru_cache(maxsize=64)
def read(whole: bytes) -> tuple[bool, str, list[tuple[int, float]]]:
    """Return whether these events greet, the last id in them, and their sparks; everybody gets the same bytes."""
    numbers = LAST.findall(whole)
    sparks = [(1 << int(number), float(sent)) for number, sent in SPARK.findall(whole)]
    return HERE in whole, numbers[-1].decode() if numbers else "", sparks


def main() -> None:
    """Open the hall and do as told."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    hall = Hall([int(port) for port in sys.argv[1].split(",")], sys.argv[2], int(sys.argv[3]))
    answer: dict[str, object] = {"seconds": round(hall.come([""] * hall.count), 2), "here": hall.here}
    print(json.dumps(answer), flush=True)
    hall.poll.register(sys.stdin.fileno(), select.EPOLLIN)
    while True:
        if select.select([sys.stdin], [], [], 0)[0]:
            word, *more = sys.stdin.readline().split() or ["quit"]
            if word == "quit":
                return
            answer = {}
            if word == "round":
                hall.begin()
            elif word == "again":
                answer = {"seconds": round(hall.again(), 2), "here": hall.here}
            elif word == "end":
                answer = hall.end(int(more[0]))
            print(json.dumps(answer), flush=True)
        hall.hear(0.5)


if __name__ == "__main__":
    main()
