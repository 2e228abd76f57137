"""``prakai restore``: bring an archive back, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="แทนที่ของที่มีอยู่ · Replace what is here now.")
def restore(file: Path, replace: bool) -> None:
    """นำข้อมูลสำรองกลับมา ครบทั้งหมดหรือไม่เปลี่ยนอะไรเลย · Bring an archive back: whole, or nothing is changed.

    หยุดระบบก่อน · Stop the platform first. Works from SQLite to PostgreSQL and back.
    """
    from prakai.cli.progress import Bar
    from prakai.cli.ready import ready
    from prakai.cli.troubles import Trouble, wrong_usage

    if not file.exists():
        raise wrong_usage(f"ไม่พบ {file}", f"{file} was not found")
    ready()
    from django.db import transaction

    from prakai.cli.keeping import files, rows
    from prakai.cli.keeping.archive import Reading
    from prakai.search.engine import the_engine

    store = files.here()
    with Reading(file) as archive:
        with Bar("ตรวจไฟล์ · verify") as bar:
            for done, _ in enumerate(archive.verify(), start=1):
                bar.to(done, len(archive.manifest.members))
        rows.fits_or_trouble(archive)
        if not replace and not (rows.is_empty() and next(files.names_in(store), None) is None):
            raise Trouble(
                "ที่นี่มีข้อมูลอยู่แล้ว ถ้าต้องการแทนที่ทั้งหมดให้เติม --replace",
                "there is something here already; add --replace to put the backup in its place",
            )
        of = sum(archive.manifest.rows.values())
        with (
            Bar("ไฟล์ · files") as file_bar,
            Bar("ข้อมูล · rows") as row_bar,
            files.put_back_files(archive, store, lambda done: file_bar.to(done)) as swap,
            transaction.atomic(),
        ):
            rows.put_back_rows(archive, lambda done: row_bar.to(done, of))
            swap()
        # The index knows other rows; the background work makes it anew.
        the_engine().forget()
        count = len(files.names_kept(archive))
        made_on = archive.manifest.made_at[:10]
        click.echo(
            f"นำกลับแล้ว {of:,} แถว {count:,} ไฟล์ ของวันที่ {made_on} · {of:,} rows and {count:,} files are back"
        )
