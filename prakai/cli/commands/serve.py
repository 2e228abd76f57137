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
def serve(port: int, host: str, workers: int | None, pages_only: bool, live_only: bool) -> None:
    """เปิดระบบบนพอร์ตเดียว หรือแยกหน้าเว็บกับส่วนสด · Serve on one port, or pages and live separately."""
    from prakai.cli.serving import server
    from prakai.cli.troubles import wrong_usage

    if pages_only and live_only:
        raise wrong_usage("เลือกได้อย่างเดียว", "choose one of --pages-only and --live-only")
    if workers and not pages_only:
        raise wrong_usage("--workers ใช้กับ --pages-only เท่านั้น", "--workers goes with --pages-only")
    prepared_or_trouble()
    way = server.PAGES_ONLY if pages_only else server.LIVE_ONLY if live_only else server.ONE
    count = (workers or os.cpu_count() or 1) if pages_only else 1
    server.serve(way, host=host, port=port, workers=count, banner=f"Prakai · http://{host}:{port}")


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
