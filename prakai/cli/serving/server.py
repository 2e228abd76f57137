"""Granian, driven by its Python interface: the three ways in which Prakai is served."""

from __future__ import annotations

import logging
import os
import resource
import socket
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from prakai.cli.troubles import Trouble, wrong_usage
from prakai.live.farewell import FAREWELL

if TYPE_CHECKING:
    from prakai.live.app import Live

ONE, PAGES_ONLY, LIVE_ONLY = "one", "pages", "live"

ROUNDS = 20_000, 20, 20
"""After so many new objects the collector looks through the young ones, and after so many such rounds through older."""


def threads() -> int:
    """Return how many threads answer pages in one process (``THREADS``, 4 by default)."""
    word = os.environ.get("THREADS") or "4"
    if not word.isdigit() or not 1 <= int(word) <= 64:
        raise wrong_usage(f"THREADS={word} ต้องเป็นจำนวน 1–64", f"THREADS={word} must be a number from 1 to 64")
    return int(word)


def free_or_trouble(host: str, port: int) -> None:
    """Do nothing when ``host:port`` can be listened on; raise a trouble of one line otherwise.

    Looked at before Granian starts, for Granian shares its port with any other Granian of the same user.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as problem:
        raise wrong_usage(f"ไม่รู้จักที่อยู่ {host}", f"the host {host} is not known") from problem
    with socket.socket(family, kind, proto) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as problem:
            raise Trouble(
                f"พอร์ต {port} ต้องใช้สิทธิ์ผู้ดูแลเครื่อง ลองพอร์ตอื่น เช่น make run PORT=8080",
                f"port {port} needs more rights than you have; try another, e.g. make run PORT=8080",
            ) from problem
        except OSError as problem:
            raise Trouble(
                f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ ลองพอร์ตอื่น เช่น make run PORT={port + 1}",
                f"port {port} is taken; try another, e.g. make run PORT={port + 1}",
            ) from problem


def at_once() -> int:
    """Return how many requests may be open at once: all who listen, and pages beside them."""
    from django.conf import settings

    return int(settings.LIVE_MOST + settings.WALL_MOST + 1024)


def let_open_files() -> None:
    """Let this process open as many files as the system allows it: each listener takes one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def serve(way: str, *, host: str, port: int, workers: int, banner: str = "") -> None:
    """Serve until told to stop (SIGTERM or SIGINT), then end cleanly; raise a trouble when a worker died by itself."""
    free_or_trouble(host, port)
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    logging.getLogger("_granian").setLevel(logging.WARNING)
    more: dict[str, Any] = (
        {"blocking_threads": threads()} if way == PAGES_ONLY else {"backpressure": at_once()}
    )
    let_open_files()
    granian = _server()(
        f"prakai.{way}",
        address=host,
        port=port,
        interface=Interfaces.WSGI if way == PAGES_ONLY else Interfaces.ASGI,
        workers=workers,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=20_000, keep_alive=True),
        log_level=LogLevels.warning,
        workers_kill_timeout=8,
        backlog=1024,
        **more,
    )
    try:
        granian.serve(target_loader=partial(load, way, banner, workers), wrap_loader=False)
    except SystemExit as left:
        if left.code:
            raise Trouble(
                "ระบบหยุดเองผิดปกติ ดูข้อความด้านบน แล้วสั่ง prakai doctor",
                "the server stopped by itself: see the lines above, then run prakai doctor",
            ) from left


def _server() -> Any:
    """Return Granian's server, made to say goodbye: it waits for open answers when it stops, and streams never end."""
    from granian.server.mp import MPServer

    stop: Any = MPServer._stop_workers

    class Server(MPServer):
        def _stop_workers(self) -> None:
            for worker in self.wrks:
                if worker.inner.is_alive():
                    os.kill(worker.inner.pid, FAREWELL)
            stop(self)

    return Server


def load(way: str, banner: str, workers: int) -> Any:
    """Return the application of this worker process; called by Granian inside it."""
    from prakai.cli.ready import ready

    ready()
    if way == PAGES_ONLY:
        return _pages(workers)
    from prakai.live.app import live_here

    return live_here() if way == LIVE_ONLY else _one_process(banner, live_here())


def _pages(workers: int) -> Any:
    from multiprocessing.util import Finalize

    from prakai.cli.serving.working import count_reads
    from prakai.web.wsgi import complete

    counting = count_reads()
    counting.start()
    Finalize(None, counting.stop, exitpriority=10)
    application = complete(workers=workers)
    settle()
    return application


def settle() -> None:
    """Read now what the first page would read, and keep it out of the garbage collector's rounds from here on.

    Half a million objects of code and settings never go away; looking through them holds every page up by 50 ms.
    A page makes some thousands of short-lived ones: to look through them every 700 takes a twentieth of its time.
    """
    import gc

    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(*ROUNDS)


def _one_process(banner: str, live: Live) -> Any:
    from django.conf import settings

    from prakai.cli.serving.bridge import Pages
    from prakai.cli.serving.front import Front
    from prakai.cli.serving.working import Work, count_reads
    from prakai.web.pagecache.serving import KeptPages, is_wanted, unmarked
    from prakai.web.static_files import ServedFiles
    from prakai.web.wsgi import pages

    kept = KeptPages() if is_wanted(1) else None
    application = kept.before(pages()) if kept is not None else unmarked(pages())
    bridge = Pages(application, threads=threads(), most_bytes=settings.UPLOAD_MOST_BYTES + 1024 * 1024)
    front = Front(bridge, ServedFiles(settings.STATIC_ROOT, prefix=settings.STATIC_URL), kept=kept, live=live)
    running: list[Any] = [count_reads()]
    if kept is not None:
        running.append(kept)
    if settings.WORKERS == "thread":
        running.append(Work())
    front.starting += [part.start for part in running]
    front.starting.append(settle)
    front.stopping += [part.stop for part in running]
    if banner:
        front.starting.append(lambda: click.echo(banner))
    return front
