"""``prakai backup``: rows and files into one checksummed archive."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """สำรองข้อมูลและไฟล์ทั้งหมดลงไฟล์เดียว ขณะระบบเปิดอยู่ก็ได้ · Put rows and files into one archive, also while serving.

    ไฟล์นี้มีข้อมูลส่วนบุคคล เก็บให้ดี · The archive holds personal data: keep it safe. The secret key is not in it.
    """
    from importlib.metadata import version

    from prakai.cli.progress import Bar
    from prakai.cli.ready import ready
    from prakai.cli.troubles import wrong_usage

    if file.exists():
        raise wrong_usage(f"มี {file} อยู่แล้ว ตั้งชื่ออื่น", f"{file} is there already: choose another name")
    if not file.absolute().parent.is_dir():
        raise wrong_usage(
            f"ไม่มีโฟลเดอร์ {file.absolute().parent}", f"there is no folder {file.absolute().parent}"
        )
    ready()
    from django.db import connection
    from django.utils import timezone

    from prakai.cli.keeping import files, rows
    from prakai.cli.keeping.archive import Writing

    store = files.here()
    with Writing(file) as archive:
        archive.manifest.version = version("prakai")
        archive.manifest.made_at = timezone.now().isoformat()
        archive.manifest.engine = connection.vendor
        # Rows first: a file that they name was written before them.
        with rows.one_moment(), Bar("ข้อมูล · rows") as bar:
            archive.manifest.migrations = rows.migrations_applied()
            of = rows.count_rows()
            rows.keep_rows(archive, lambda done: bar.to(done, of))
        with Bar("ไฟล์ · files") as bar:
            files.keep_files(archive, store, lambda done: bar.to(done))
    kept = sum(archive.manifest.rows.values())
    count = sum(1 for name in archive.manifest.members if name.startswith(files.PREFIX))
    size = file.stat().st_size / 1e6
    click.echo(
        f"สำรองแล้ว {kept:,} แถว {count:,} ไฟล์ ({size:.1f} MB) ใน {file} · {kept:,} rows and {count:,} files kept"
    )
