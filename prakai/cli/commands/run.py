"""``prakai run``: what ``make run`` calls: prepare, load the demo network once, open the platform, show the way in."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Any

import click

from prakai.cli.commands.setup import tell_aloud

ROLES = {"reader": "ผู้อ่าน", "writer": "ผู้เขียน", "facilitator": "กระบวนกร", "steward": "ผู้ดูแล"}


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    envvar="PORT",
    show_default=True,
    help="พอร์ต · Port.",
)
@click.option(
    "--host", default="127.0.0.1", envvar="HOST", show_default=True, help="ที่อยู่ที่เปิดรับ · Address to listen on."
)
def run(port: int, host: str) -> None:
    """เตรียมทุกอย่าง ใส่เครือข่ายสาธิตครั้งแรก แล้วเปิดระบบ · Set up, load the demo once, and open the platform."""
    from prakai.cli.preparing.place import prepare
    from prakai.cli.preparing.stamps import Stamps, data_dir
    from prakai.cli.serving import server

    os.environ.setdefault("DEMO", "1")
    server.free_or_trouble(host, port)
    prepare(tell_aloud)
    stamps = Stamps(data_dir())
    if stamps.get("demo") is None:
        offer_demo(stamps)
    server.serve(server.ONE, host=host, port=port, workers=1, banner=welcome(host, port, stamps.get("demo")))


def offer_demo(stamps: Any) -> None:
    """Load the demo network when the place has no people yet; once, so that a removed demo stays removed."""
    from prakai.cli.commands.demo import loading, report
    from prakai.cli.ready import ready

    ready()
    if find_spec("prakai.exchange.demo.loading") is None:
        return
    from prakai.people.models import Person

    if Person.objects.exists():
        stamps.keep("demo", [])
        return
    tell_aloud("กำลังใส่เครือข่ายสาธิต", "Loading the demo network")
    demo = loading()
    demo.add_demo(report=report)
    stamps.keep("demo", [list(pair) for pair in demo.demo_links()])


def welcome(host: str, port: int, links: list[list[str]] | None) -> str:
    """Return the lines that show the way in: the address, and a one-click sign-in for each role of the demo."""
    shown = f"[{host}]" if ":" in host else "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    base = f"http://{shown}:{port}"
    lines = ["", f"  ประกาย · Prakai   {base}/", ""]
    if links and os.environ.get("DEMO") not in ("0", "false", "no", "off"):
        lines.append("  เข้าใช้แบบสาธิตด้วยคลิกเดียว · One-click demo sign-in:")
        lines += [
            f"    {ROLES.get(role, role)} ({role})".ljust(28) + f" {base}/demo/{role}" for role, _ in links
        ]
        lines.append("")
    lines.append("  หยุด · Stop: Ctrl+C")
    return "\n".join(lines)
