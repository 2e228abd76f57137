"""``prakai setup``: prepare without starting."""

from __future__ import annotations

import click


def tell_aloud(thai: str, english: str) -> None:
    """Say what is being done, on standard error."""
    click.echo(f"{thai} · {english} …", err=True)


def tell_nobody(thai: str, english: str) -> None:
    """Say nothing."""


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="ไม่ต้องบอกอะไร · Say nothing.")
@click.option("--again", is_flag=True, help="ทำใหม่ทั้งหมด · Make everything again.")
def setup(quiet: bool, again: bool) -> None:
    """เตรียมโฟลเดอร์ ฐานข้อมูล ฟอนต์ คำแปล และไฟล์หน้าเว็บ · Prepare folders, database, fonts, catalogue, static files."""
    from prakai.cli.preparing.place import prepare
    from prakai.cli.preparing.stamps import data_dir

    prepared = prepare(tell_nobody if quiet else tell_aloud, again=again)
    if not quiet:
        what = ", ".join(prepared.made) or "ไม่มีอะไรต้องทำ nothing to do"
        click.echo(f"พร้อมแล้วใน {data_dir()} · Ready ({what})")
