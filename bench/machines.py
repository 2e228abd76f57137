"""Servers under measurement, and the load from a second process: requests a second and processor time a request."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Server:
    """A server process and its children."""

    process: subprocess.Popen[bytes]
    port: int
    started: float
    ready_after: float = 0.0
    env: dict[str, str] = field(default_factory=dict)

    def pids(self) -> list[int]:
        """Return the process and all below it."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            try:
                for task in Path(f"/proc/{pid}/task").iterdir():
                    waiting += [int(word) for word in (task / "children").read_text().split()]
            except OSError:
                continue
        return found

    def cpu_seconds(self) -> float:
        """Return the processor time that all its processes have used."""
        total = 0
        for pid in self.pids():
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            total += int(fields[11]) + int(fields[12])
        return total / TICK

    def memory_mib(self) -> float:
        """Return the proportional memory (PSS) of all its processes, in MiB."""
        total = 0
        for pid in self.pids():
            try:
                text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            total += int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1))  # type: ignore[union-attr]
        return total / 1024

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Fetch one page and return status, headers and body; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@contextmanager
def serving(
    *command: str, env: dict[str, str] | None = None, port: int | None = None, log: Path | None = None
) -> Iterator[Server]:
    """Run a server until the block ends; ``{port}`` in the command stands for its port. It writes to ``log``."""
    number = port or free_port()
    words = [word.replace("{port}", str(number)) for word in command]
    started = time.perf_counter()
    with (log or Path(os.devnull)).open("ab") as said:
        process = subprocess.Popen(
            words, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=said, stderr=subprocess.STDOUT
        )
    server = Server(process, number, started)
    try:
        for _ in range(3000):
            try:
                server.get("/")
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(f"{' '.join(words)} ended by itself") from None
                time.sleep(0.02)
        server.ready_after = time.perf_counter() - started
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()


@dataclass(frozen=True, slots=True)
class Load:
    """What a load came to."""

    per_second: float
    cpu_ms: float


SECONDS = 4.0
CONNECTIONS = 32


def load(server: Server, path: str, **headers: str) -> Load:
    """Load one address with 32 kept connections from a second process and return the figures.

    On two cores the client takes as much as the server, so requests a second say less than processor time a request.
    """
    status, _, _ = server.get(path, **headers)
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    address = quote(path, safe="/?=&%")
    request = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{named}\r\n".encode()
    before, begun = server.cpu_seconds(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.client", str(server.port), str(SECONDS), str(CONNECTIONS)],
        input=request,
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    passed = time.perf_counter() - begun
    found = json.loads(done.stdout)
    if set(found["statuses"]) != {str(status)}:
        raise RuntimeError(f"{path} was answered with {found['statuses']}, not only with {status}")
    count = max(found["count"], 1)
    return Load(count / passed, (server.cpu_seconds() - before) * 1000 / count)
