"""``make bench``: one table of ratios from one run on one machine, written to bench/out/pages.json.

Every page is measured against the same server answering "hello" in the same run; read ratios, not absolute times.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.machines import ROOT, Load, Server, load, serving

PRAKAI = [sys.executable, "-m", "prakai"]
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what, how much, in what, against which goal, and whether it is met."""

    what: str
    value: float
    unit: str
    goal: str = ""
    met: bool | None = None


def main() -> int:
    """Measure, print, write; return 0 (a benchmark is not a test)."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="prakai-bench-") as folder:
        env = {"DATA_DIR": folder, "DEMO": "1", "DJANGO_SETTINGS_MODULE": "prakai.settings", "THREADS": "4"}
        for name in ("DATABASE_URL", "BUS_URL", "FILES_URL"):
            os.environ.pop(name, None)
        _command(env, "setup", "--quiet")
        _command(env, "demo", "add")
        rows += _cached(env)
        rows += _signed_in(env)
        rows += _embedded(env)
        rows += _reads(env)
        rows += _import(env, Path(folder))
        rows += _growth(env)
    _print(rows)
    out = ROOT / "bench" / "out"
    out.mkdir(exist_ok=True)
    text = json.dumps(
        {"cores": os.cpu_count(), "rows": [asdict(row) for row in rows]}, ensure_ascii=False, indent=1
    )
    (out / "pages.json").write_text(text)
    return 0


def _command(env: dict[str, str], *words: str) -> None:
    subprocess.run([*PRAKAI, *words], env={**os.environ, **env}, cwd=ROOT, check=True, capture_output=True)


def _note_path(server: Server) -> str:
    status, headers, _ = server.get("/notes/20")
    assert status == 301, status
    return urlsplit(headers["location"]).path


def _best(server: Server, path: str, **headers: str) -> Load:
    loads = [load(server, path, **headers) for _ in range(ROUNDS)]
    return Load(max(one.per_second for one in loads), min(one.cpu_ms for one in loads))


def _against(hello: Load, page: Load) -> float:
    """Return how much of the server's own speed a page reaches: by processor time, which the client does not share."""
    return hello.cpu_ms / page.cpu_ms


def _cached(env: dict[str, str]) -> list[Row]:
    """Anonymous pages from the page cache, one WSGI worker, against the same server's hello."""
    rows = []
    with serving(sys.executable, "-m", "bench.hello", "wsgi", "{port}") as server:
        hello = _best(server, "/")
    rows.append(Row("hello, WSGI, processor time", hello.cpu_ms, "ms"))
    with serving(*PRAKAI, "serve", "--pages-only", "--workers", "1", "--port", "{port}", env=env) as server:
        for name, path in (("note", _note_path(server)), ("home", "/")):
            _, headers, body = server.get(path, Accept_Encoding="br")
            found = _best(server, path, Accept_Encoding="br")
            ratio = _against(hello, found)
            rows.append(Row(f"{name}, visitor, cached / hello", ratio, "×", "≥ 0.6", ratio >= 0.6))
            rows.append(Row(f"{name}, bytes over the wire (br)", len(body), "bytes"))
            tag = headers.get("etag", "")
            found = _best(server, path, Accept_Encoding="br", If_None_Match=tag)
            ratio = _against(hello, found)
            rows.append(Row(f"{name}, 304 / hello", ratio, "×", "≥ 0.9", ratio >= 0.9))
    return rows


def _enter(server: Server, role: str) -> str:
    _, headers, _ = server.get(f"/demo/enter/{role}")
    return "; ".join(
        part.split(";")[0].strip() for part in headers["set-cookie"].split(",") if "=" in part.split(";")[0]
    )


def _signed_in(env: dict[str, str]) -> list[Row]:
    """Signed-in pages, which the page cache does not answer: processor time against a new Django project's hello.

    Once as a member gets them (what is the same for members like her was made before), once with nothing kept at all.
    """
    rows = []
    with serving(sys.executable, "-m", "bench.hello", "django", "{port}") as server:
        hello = _best(server, "/")
    rows.append(Row("Django hello, processor time", hello.cpu_ms, "ms"))
    serve = [*PRAKAI, "serve", "--pages-only", "--workers", "1", "--port", "{port}"]
    for how, more in (("shared", {}), ("made anew", {"PAGE_CACHE": "off"})):
        with serving(*serve, env={**env, **more}) as server:
            cookie = _enter(server, "reader")
            for name, path in (("note", _note_path(server)), ("home", "/")):
                ratio = _best(server, path, Cookie=cookie).cpu_ms / hello.cpu_ms
                what = f"{name}, member, {how} / Django hello (processor)"
                rows.append(Row(what, ratio, "×", "≤ 10", ratio <= 10))
    return rows


def _embedded(env: dict[str, str]) -> list[Row]:
    """The embedded default: cold start, memory after use, cached pages against the same server's hello."""
    rows = []
    with serving(sys.executable, "-m", "bench.hello", "asgi", "{port}") as server:
        hello = _best(server, "/")
    rows.append(Row("hello, ASGI, processor time", hello.cpu_ms, "ms"))
    with serving(*PRAKAI, "run", "--port", "{port}", env=env) as server:
        rows.append(Row("later start of make run", server.ready_after, "s", "≤ 2", server.ready_after <= 2))
        _until_followed(server)
        path = _note_path(server)
        ratio = _against(hello, _best(server, path, Accept_Encoding="br"))
        rows.append(Row("embedded: note, visitor, cached / hello (ASGI)", ratio, "×", "≥ 0.6", ratio >= 0.6))
        cookie = _enter(server, "writer")
        for address in (
            "/",
            path,
            "/units",
            "/people",
            "/tags",
            "/desk",
            "/write",
            "/feeds/all.atom",
            "/search?q=คิว",
        ):
            server.get(address.replace("คิว", "%E0%B8%84%E0%B8%B4%E0%B8%A7"), Cookie=cookie)
        memory = server.memory_mib()
        rows.append(
            Row("embedded: memory of all processes after use (PSS)", memory, "MiB", "≤ 130", memory <= 130)
        )
    return rows


def _until_followed(server: Server) -> None:
    """Wait until the followers have dealt with the demo network: their work is not that of pages."""
    until = time.perf_counter() + 180
    while json.loads(server.get("/healthz")[2])["behind"] and time.perf_counter() < until:
        time.sleep(0.5)


def _inside(env: dict[str, str], code: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **env},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.strip().splitlines()[-1])


def _reads(env: dict[str, str]) -> list[Row]:
    """Counting reads: remembering one, and writing a batch, for each read."""
    code = (
        "import time, django; django.setup()\n"
        "from prakai.notes.models import Note\n"
        "from prakai.notes.actions.reading import count_reads, note_read\n"
        "pks = list(Note.objects.published().values_list('pk', flat=True)[:20])\n"
        "agent = 'Mozilla/5.0 (Linux; Android 13) Chrome/120'\n"
        "note_read(pks[0], 'warm', agent); count_reads()\n"
        "t = time.process_time()\n"
        "for n in range(20_000): note_read(pks[n % 20], f'10.0.{n % 50}.{n % 7}|{agent}', agent)\n"
        "count_reads()\n"
        "print((time.process_time() - t) / 20_000 * 1e6)"
    )
    value = _inside(env, code)
    return [Row("a read counted, in batches", value, "µs", "≤ 5", value <= 5)]


def _import(env: dict[str, str], folder: Path) -> list[Row]:
    """Import of notes of 3 KB, indexing left to the follower."""
    pages = folder / "pages"
    pages.mkdir()
    for number in range(900_000, 900_600):
        story = f"เช้าวันนั้นเราลองย้ายโต๊ะไปไว้หน้าห้องบัตร แล้วถามคนที่มารอว่ารู้สึกอย่างไร ครั้งที่ {number} "
        body = "\n\n".join(story * 3 for _ in range(4))
        (pages / f"{number}.txt").write_text(
            f"เรื่องเล่าหมายเลข {number}\n\n{body}\n\nบันทึกนี้เขียนที่ GotoKnow โดย  ใน ห้องบัตร\n\n"
            f"คำสำคัญ (Tags)#คิว#ห้องบัตร\n\nหมายเลขบันทึก: {number}, เขียน: 29 Jan 2015 @ 10:25 (), "
            "แก้ไข: 22 Jun 2016 @ 10:34 (), สัญญาอนุญาต: สงวนสิทธิ์ทุกประการ, อ่าน: คลิก\n\nความเห็น (0)"
        )
    code = (
        "import time, django; django.setup()\n"
        "from pathlib import Path\n"
        "from prakai.people.models import Person\n"
        "from prakai.exchange.importing.bringing import bring_in\n"
        "by = Person.objects.filter(is_demo=True).first()\n"
        "t = time.perf_counter()\n"
        f"report = bring_in([Path({str(pages)!r})], by=by, rights='held')\n"
        "passed = time.perf_counter() - t\n"
        "assert report.counts == {'added': 600}, report.counts\n"
        "print(600 / passed)"
    )
    value = _inside(env, code)
    return [Row("import of notes of 3 KB", value, "notes/s", "≥ 200", value >= 200)]


def _growth(env: dict[str, str]) -> list[Row]:
    """The same pages, made anew each time, with 1,000 and with 100,000 notes."""
    rows, seen = [], {}
    for size in (1_000, 100_000):
        subprocess.run(
            [sys.executable, "-m", "bench.growth", str(size)], env={**os.environ, **env}, cwd=ROOT, check=True
        )
        time.sleep(1)
        with serving(
            *PRAKAI,
            "serve",
            "--pages-only",
            "--workers",
            "1",
            "--port",
            "{port}",
            env={**env, "PAGE_CACHE": "off"},
        ) as server:
            cookie = _enter(server, "reader")
            for name, path in (("note", _note_path(server)), ("home", "/")):
                seen[name, size] = _best(server, path, Cookie=cookie).cpu_ms
    for name in ("note", "home"):
        ratio = seen[name, 100_000] / seen[name, 1_000]
        rows.append(
            Row(f"{name}, member: 100,000 notes / 1,000 notes (processor)", ratio, "×", "≤ 1.3", ratio <= 1.3)
        )
    return rows


def _print(rows: list[Row]) -> None:
    wide = max(len(row.what) for row in rows)
    for row in rows:
        verdict = "" if row.met is None else ("met" if row.met else "NOT MET")
        print(f"{row.what:<{wide}}  {row.value:>10,.2f} {row.unit:<8} {row.goal:<8} {verdict}")


if __name__ == "__main__":
    sys.exit(main())
