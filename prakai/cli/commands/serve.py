"""``prakai serve``: serve the pages, what streams, or both on one port."""

from __future__ import annotations

import os
from pathlib import Path

import click


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
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    help="จำนวนโปรเซส (กับ --pages-only) · Processes (with --pages-only; one a core by default).",
)
@click.option("--pages-only", is_flag=True, help="เฉพาะหน้าเว็บ หลายโปรเซส · Only the pages, as WSGI.")
@click.option("--live-only", is_flag=True, help="เฉพาะส่วนสด · Only what streams, as ASGI.")
@click.option(
    "--hall",
    is_flag=True,
    help="เปิดให้โทรศัพท์ในเครือข่ายเดียวกันเข้าได้ · Let the phones of this network in.",
)
def serve(port: int, host: str, workers: int | None, pages_only: bool, live_only: bool, hall: bool) -> None:
    """เปิดระบบบนพอร์ตเดียว หรือแยกหน้าเว็บกับส่วนสด · Serve on one port, or pages and live separately."""
    from prakai.cli.serving import server
    from prakai.cli.serving.hall import shown_in_hall
    from prakai.cli.troubles import wrong_usage

    if pages_only and live_only:
        raise wrong_usage("เลือกได้อย่างเดียว", "choose one of --pages-only and --live-only")
    if workers and not pages_only:
        raise wrong_usage("--workers ใช้กับ --pages-only เท่านั้น", "--workers goes with --pages-only")
    if hall and (pages_only or live_only):
        raise wrong_usage("--hall ใช้กับการเปิดบนพอร์ตเดียว", "--hall goes with serving on one port")
    prepared_or_trouble()
    banner = f"Prakai · http://{host}:{port}"
    if hall:
        host = way_for_hall(port)
        banner = shown_in_hall(os.environ["SITE_URL"])
    way = server.PAGES_ONLY if pages_only else server.LIVE_ONLY if live_only else server.ONE
    count = (workers or os.cpu_count() or 1) if pages_only else 1
    server.serve(way, host=host, port=port, workers=count, banner=banner)


def way_for_hall(port: int) -> str:
    """Let the phones of this network in and return the address to listen on; a trouble when there is no network."""
    from prakai.cli.serving.hall import EVERYWHERE, open_to_hall
    from prakai.cli.troubles import Trouble

    if not open_to_hall(port):
        raise Trouble(
            "เครื่องนี้ยังไม่อยู่ในเครือข่ายใด เปิดฮอตสปอตหรือต่อเราเตอร์ก่อน แล้วสั่งอีกครั้ง",
            "this machine is in no network yet: open a hotspot or join a router, then try again",
        )
    return EVERYWHERE


def prepared_or_trouble() -> None:
    """Do nothing when ``prakai setup`` has been run here; raise a trouble of one line otherwise."""
    from prakai.cli.preparing.stamps import data_dir
    from prakai.cli.troubles import Trouble

    manifest: Path = data_dir() / "static" / "staticfiles.json"
    if not manifest.exists():
        raise Trouble(
            f"ยังไม่ได้เตรียมระบบใน {data_dir()} สั่ง prakai setup ก่อน",
            f"{data_dir()} is not prepared yet: run prakai setup first",
        )
