"""``prakai run``: what ``make run`` calls: prepare, load the demo network once, open the platform, show the way in."""

from __future__ import annotations

import os
import sys

import click

from prakai.cli.commands.serve import way_for_hall
from prakai.cli.commands.setup import tell_aloud

STANDS = "PRAKAI_PLACE_STANDS"  # from one start of this command to the next, not a setting
ROLES = {"reader": "ผู้อ่าน", "writer": "ผู้เขียน", "facilitator": "คุณอำนวย", "steward": "ผู้ดูแล"}


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
@click.option(
    "--hall",
    is_flag=True,
    help="เปิดให้โทรศัพท์ในเครือข่ายเดียวกันเข้าได้ · Let the phones of this network in.",
)
def run(port: int, host: str, hall: bool) -> None:
    """เตรียมทุกอย่าง ใส่เครือข่ายสาธิตครั้งแรก แล้วเปิดระบบ · Set up, load the demo once, and open the platform."""
    from prakai.cli.preparing.place import prepare
    from prakai.cli.preparing.stamps import Stamps, data_dir
    from prakai.cli.serving import server
    from prakai.cli.serving.hall import shown_in_hall

    os.environ.setdefault("DEMO", "1")
    if hall:
        host = way_for_hall(port)
    server.free_or_trouble(host, port)
    if os.environ.pop(STANDS, None) is None:
        prepare(tell_aloud)
        if Stamps(data_dir()).get("demo") is None:
            offer_demo()
        begin_afresh()
    stamps = Stamps(data_dir())
    banner = welcome(host, port, stamps.get("demo"))
    if hall:
        banner = f"{shown_in_hall(os.environ['SITE_URL'])}\n{banner}"
    server.serve(server.ONE, host=host, port=port, workers=1, banner=banner)


def begin_afresh() -> None:
    """Start this very command again when preparing has loaded what serving does not need: half of the memory."""
    if "django" in sys.modules:
        os.environ[STANDS] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  our own command line


def offer_demo() -> None:
    """Load the demo network when the place has no people yet; once, so that a removed demo stays removed."""
    from prakai.cli.commands.demo import add_with_progress, keep_links
    from prakai.cli.ready import ready

    ready()
    from prakai.people.models import Person

    if not Person.objects.exists():
        tell_aloud("กำลังใส่เครือข่ายสาธิต", "Loading the demo network")
        add_with_progress()
    keep_links()


def welcome(host: str, port: int, links: list[list[str]] | None) -> str:
    """Return the lines that show the way in: the address, and a one-click sign-in for each role of the demo."""
    shown = f"[{host}]" if ":" in host else "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    base = f"http://{shown}:{port}"
    lines = ["", f"  ประกาย · Prakai   {base}/", ""]
    if links and os.environ.get("DEMO") not in ("0", "false", "no", "off"):
        lines.append("  เข้าใช้แบบสาธิตด้วยคลิกเดียว · One-click demo sign-in:")
        lines += [
            f"    {ROLES.get(role, role)} ({role})".ljust(28) + f" {base}/demo/enter/{role}"
            for role, _ in links
        ]
        lines.append("")
    lines.append("  หยุด · Stop: Ctrl+C")
    return "\n".join(lines)
