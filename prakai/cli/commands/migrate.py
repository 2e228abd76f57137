"""``prakai migrate``: bring the tables up to date."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--check", is_flag=True, help="เพียงตรวจ ไม่เปลี่ยน · Only look; exit 1 when something is to be done."
)
def migrate(check: bool) -> None:
    """ปรับตารางในฐานข้อมูลให้ทันโปรแกรม · Bring the tables up to date with the program."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from prakai.cli.preparing.stamps import data_dir
    from prakai.cli.ready import ready
    from prakai.cli.troubles import Trouble

    data_dir().mkdir(mode=0o700, parents=True, exist_ok=True)
    ready()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if check:
        if plan:
            names = ", ".join(f"{m.app_label}.{m.name}" for m, _ in plan[:5])
            raise Trouble(f"ยังมี {len(plan)} รายการต้องปรับ สั่ง prakai migrate", f"{len(plan)} to apply: {names}")
        click.echo("ตารางทันสมัยแล้ว · The tables are up to date")
        return
    call_command("migrate", interactive=False, verbosity=0)
    click.echo(f"ปรับตารางแล้ว {len(plan)} รายการ · {len(plan)} migrations applied")
