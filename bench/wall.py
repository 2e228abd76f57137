"""``bench/wall``: a hall listens to one wall of sparks; one table, also in bench/out/wall.json.

One ``prakai serve`` (pages, wall and work in one process, on SQLite) of a fresh place; the hall in a second process
(``bench/listening.py``); the phones that throw in this one, through the page's own address. What is timed is the whole
way: from when a phone begins to send its spark until each screen has it.

With ``--live N``, as behind a proxy: pages in one process, background work in another, what streams in N more, over the
bus of ``BUS_URL``; each client listens to one of the N.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from bench.machines import ROOT, Server, serving

PRAKAI = [sys.executable, "-m", "prakai"]
GOAL_MS = 250
GOALS = {(5_000, 10), (10_000, 1)}
PHONES = 20
OPEN = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from prakai.forums.actions import announce_forum, found_forum, open_wall
from prakai.people.models import Person
person = next(one for one in Person.objects.filter(is_active=True) if one.unit_circle)
from prakai.units.models import Unit
forum = found_forum(Unit.objects.get(pk=min(person.unit_circle)), by=person, title="เวทีคนหน้างาน", purpose="ลดเวลารอ")
forum.starts_at = timezone.now()
forum.ends_at = forum.starts_at + timedelta(hours=8)
forum.save()
announce_forum(forum, by=person)
open_wall(forum, by=person)
print(forum.code)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A hall of so many clients at so many sparks a second."""

    clients: int
    rate: int
    live: int
    p50_ms: float
    p99_ms: float
    most_ms: float
    posted_p50_ms: float
    kib_each: float
    come_seconds: float
    again_seconds: float
    lost: int
    twice: int
    broken: int
    server_cores: float


class Phones:
    """Phones that throw sparks, each with its own token and a kept connection."""

    def __init__(self, port: int, code: str) -> None:
        self.port, self.code = port, code
        self.posted: list[float] = []
        self._here = threading.local()
        self._tokens = [self._token() for _ in range(PHONES)]

    def throw(self, count: int, rate: int) -> None:
        """Throw ``count`` sparks, ``rate`` a second, whatever becomes of those before."""
        begun = time.monotonic()
        with ThreadPoolExecutor(max_workers=16) as pool:
            for number in range(count):
                time.sleep(max(0.0, begun + number / rate - time.monotonic()))
                pool.submit(self._post, number)

    def _post(self, number: int) -> None:
        sent = time.time()
        body = urlencode(
            {"client_id": f"bench-{time.time_ns()}", "words": f"ยิ้มก่อนถาม คนไข้เล่าเอง {number} {sent:.6f}"}
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "Cookie": self._tokens[number % PHONES],
        }
        line = getattr(self._here, "line", None)
        if line is None:
            line = self._here.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("POST", f"/w/{self.code}/sparks", body=body, headers=headers)
        answer = line.getresponse()
        said = answer.read()
        if answer.status != 201:
            print(f"{answer.status}: {said[:200].decode(errors='replace')}", file=sys.stderr)
        self.posted.append(time.time() - sent)

    def _token(self) -> str:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", f"/w/{self.code}")
        answer = line.getresponse()
        answer.read()
        line.close()
        return (answer.getheader("Set-Cookie") or "").split(";")[0]


class Hall:
    """The hall in its process."""

    def __init__(self, ports: list[int], code: str, clients: int) -> None:
        told = ",".join(str(port) for port in ports)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.listening", told, code, str(clients)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.came = self._answer()

    def ask(self, words: str) -> dict[str, float]:
        """Tell it what to do and return what it answers."""
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """Send everybody home."""
        self.process.kill()
        self.process.wait()

    def _answer(self) -> dict[str, float]:
        assert self.process.stdout is not None
        found: dict[str, float] = json.loads(self.process.stdout.readline())
        return found


@dataclass
class Place:
    """The servers of one place and the code of its open wall."""

    code: str
    pages: Server
    live: list[Server]
    work: list[Server]

    @property
    def ports(self) -> list[int]:
        """Return where a wall is listened to."""
        return [server.port for server in self.live or [self.pages]]

    def cpu_seconds(self) -> float:
        """Return the processor time of all its processes."""
        return sum(server.cpu_seconds() for server in [self.pages, *self.live, *self.work])

    def memory_mib(self) -> float:
        """Return the memory of what streams."""
        return sum(server.memory_mib() for server in self.live or [self.pages])


@contextmanager
def running(most: int, live: int) -> Iterator[Place]:
    """Serve a fresh place with one open wall: in one process, or with ``live`` more for what streams."""
    with tempfile.TemporaryDirectory(prefix="prakai-wall-") as folder, ExitStack() as stack:
        env = {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "prakai.settings", "WALL_MOST": str(most)}
        if live:
            env |= {"BUS_URL": os.environ["BUS_URL"], "WORKERS": "process"}
        for name in ("DATABASE_URL", "FILES_URL", *(() if live else ("BUS_URL",))):
            os.environ.pop(name, None)
        for words in (["setup", "--quiet"], ["demo", "add"]):
            subprocess.run(
                [*PRAKAI, *words], env={**os.environ, **env}, cwd=ROOT, check=True, capture_output=True
            )
        opened = subprocess.run(
            [sys.executable, "-c", OPEN], env={**os.environ, **env}, cwd=ROOT, check=True, capture_output=True
        )

        def serve(*more: str) -> Server:
            return stack.enter_context(serving(*PRAKAI, "serve", "--port", "{port}", *more, env=env))

        place = Place(
            opened.stdout.decode().strip(),
            serve(*(("--pages-only", "--workers", "1") if live else ())),
            [],
            [],
        )
        if live:
            process = subprocess.Popen(
                [*PRAKAI, "work"], env={**os.environ, **env}, cwd=ROOT, stdout=subprocess.DEVNULL
            )
            stack.callback(process.terminate)
            place.work.append(Server(process, 0, time.perf_counter()))
        place.live += [serve("--live-only") for _ in range(live)]
        place.pages.get(f"/w/{place.code}")
        yield place


def measured(clients: int, rates: list[int], seconds: int, live: int) -> list[Row]:
    """Measure one hall at each rate, on servers of its own."""
    rows = []
    with running(clients * 2, live) as place:
        phones = Phones(place.pages.port, place.code)
        phones.throw(3, 3)
        before = place.memory_mib()
        hall = Hall(place.ports, place.code, clients)
        try:
            each = (place.memory_mib() - before) * 1024 / clients
            for rate in rates:
                count = max(10, rate * seconds)
                phones = Phones(place.pages.port, place.code)
                hall.ask("round")
                used, begun = place.cpu_seconds(), time.monotonic()
                phones.throw(count, rate)
                cores = (place.cpu_seconds() - used) / (time.monotonic() - begun)
                found = hall.ask(f"end {count}")
                again = hall.ask("again")["seconds"]
                posted = sorted(phones.posted)[len(phones.posted) // 2] * 1000
                rows.append(
                    Row(
                        clients=clients, rate=rate, live=live, p50_ms=found["p50_ms"], p99_ms=found["p99_ms"],
                        most_ms=found["most_ms"], posted_p50_ms=round(posted, 1), kib_each=round(each, 1),
                        come_seconds=hall.came["seconds"], again_seconds=again, lost=int(found["lost"]),
                        twice=int(found["twice"]), broken=int(found["broken"]), server_cores=round(cores, 2),
                    )
                )  # fmt: skip
                told(rows[-1])
        finally:
            hall.close()
    return rows


def told(row: Row) -> None:
    """Print one row."""
    goal = ""
    if (row.clients, row.rate) in GOALS:
        goal = f"< {GOAL_MS}: " + ("met" if row.p99_ms < GOAL_MS and not row.lost else "NOT MET")
    print(
        f"{row.clients:>7,} {row.rate:>5} {row.p50_ms:>8.0f} {row.p99_ms:>8.0f} {row.posted_p50_ms:>8.0f} "
        f"{row.kib_each:>6.0f} {row.come_seconds:>6.1f} {row.again_seconds:>6.1f} {row.lost:>5} {row.twice:>5} "
        f"{row.server_cores:>6.2f}  {goal}",
        flush=True,
    )


def main() -> int:
    """Measure, print, write; return 0 (a benchmark is not a test)."""
    parser = argparse.ArgumentParser(prog="bench/wall")
    parser.add_argument("--clients", default="1000,3000,5000,10000")
    parser.add_argument("--rates", default="1,10")
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--live", type=int, default=0, help="processes for what streams, over BUS_URL")
    asked = parser.parse_args()
    if asked.live and not os.environ.get("BUS_URL"):
        parser.error("--live needs BUS_URL=redis://…: processes speak to one another over the bus")
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print("clients  /s   p50 ms   p99 ms  post ms  KiB/c  come s again s  lost twice  cores  goal")
    rows: list[Row] = []
    for clients in (int(word) for word in asked.clients.split(",")):
        if clients > hard // 2:
            print(f"{clients:>7,}  left out: this system lets a process open {hard} files (ulimit -Hn)")
            continue
        rows += measured(clients, [int(word) for word in asked.rates.split(",")], asked.seconds, asked.live)
    out = ROOT / "bench" / "out"
    out.mkdir(exist_ok=True)
    whole = {"cores": os.cpu_count(), "load": os.getloadavg()[0], "rows": [asdict(row) for row in rows]}
    (out / "wall.json").write_text(json.dumps(whole, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
