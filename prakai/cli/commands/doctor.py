"""``prakai doctor``: check the place and say what to do."""

from __future__ import annotations

import sys

import click


@click.command()
def doctor() -> None:
    """ตรวจค่าตั้ง ฐานข้อมูล ดัชนี งานเบื้องหลัง ดิสก์ บัส ไฟล์ · Check everything; exit 1 when something needs you."""
    from prakai.cli.ready import ready
    from prakai.cli.troubles import FAILED, told

    ready()
    from prakai.cli.checking import place, rows
    from prakai.cli.checking.findings import TROUBLE, Check, Finding, trouble

    checks: list[Check] = [
        place.of_settings,
        rows.of_database,
        rows.of_followers,
        rows.of_tasks,
        place.of_index,
        place.of_files,
        place.of_disk,
        place.of_bus,
        place.of_made_parts,
    ]
    found: list[Finding] = []
    for check in checks:
        about = check.__name__.removeprefix("of_").replace("_", " ")
        try:
            seen = list(check())
        except Exception as problem:
            meant = told(problem)
            words = (
                meant.message
                if meant
                else f"{type(problem).__name__}: {' '.join(str(problem).split())[:200]}"
            )
            seen = [trouble(about, "ตรวจไม่สำเร็จ", words)]
        for finding in seen:
            click.echo(finding.line())
        found += seen
    if any(finding.state == TROUBLE for finding in found):
        click.echo("มีเรื่องต้องดู · Something needs you.", err=True)
        sys.exit(FAILED)
    click.echo("เรียบร้อยดี · All is well.")
