"""Checks of the rows: the database, the followers of the journal, the task queue."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from prakai.cli.checking.findings import Finding, look, trouble, well

LATE = timedelta(minutes=2)


def of_database() -> Iterator[Finding]:
    """The database: does it answer, is it whole, are its tables those of the program?"""
    about = "ฐานข้อมูล database"
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            said = cursor.fetchone()[0]
        if said != "ok":
            yield trouble(
                about, f"แฟ้มฐานข้อมูลเสีย ({said}) นำข้อมูลสำรองกลับมา", f"damaged: {said}; restore a backup"
            )
            return
        name = f"SQLite {sqlite3.sqlite_version}"
    else:
        version = connection.get_database_version()
        name = "PostgreSQL " + ".".join(str(n) for n in version)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield trouble(about, f"ตารางยังไม่ทันโปรแกรม {len(plan)} รายการ สั่ง prakai migrate", "run prakai migrate")
        return
    yield well(about, f"{name} ตารางทันสมัย", "whole, and its tables are up to date")


def of_followers() -> Iterator[Finding]:
    """The followers of the journal: is anybody behind, and has anything been put aside?"""
    from prakai.journal.following import lag
    from prakai.journal.models import Cursor, Entry, Setback

    about = "ผู้ตามสมุดเหตุการณ์ followers"
    behind = {name: count for name, count in lag().items() if count}
    reached = dict(Cursor.objects.values_list("follower", "last_id"))
    waiting = [
        name
        for name in behind
        if Entry.objects.filter(pk__gt=reached.get(name, 0), at__lt=timezone.now() - LATE).exists()
    ]
    stumbling = Cursor.objects.filter(tries__gt=0).values_list("follower", "trouble").first()
    aside = Setback.objects.count()
    if stumbling:
        yield trouble(
            about, f"{stumbling[0]} สะดุด: {stumbling[1][:160]}", "stumbles: see the log of the worker"
        )
    elif waiting:
        how = "เปิด prakai serve" if settings.WORKERS == "thread" else "เปิด prakai work"
        yield trouble(
            about,
            f"ค้างอยู่ {max(behind.values())} เหตุการณ์ ({', '.join(sorted(waiting)[:3])}) {how}",
            f"{max(behind.values())} entries behind: is the worker running?",
        )
    else:
        yield well(about, "ทันทุกคน", "all have caught up")
    if aside:
        yield look(
            about, f"มี {aside} เรื่องที่พักไว้ ดูในตาราง Setback", f"{aside} entries were put aside as setbacks"
        )


def of_tasks() -> Iterator[Finding]:
    """The task queue."""
    from django_tasks_db.models import DBTaskResult

    about = "งานเบื้องหลัง tasks"
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - LATE).count()
    failed = DBTaskResult.objects.failed().count()
    if late:
        yield trouble(
            about,
            f"มี {late} งานรอนานเกินไป มีโปรเซสทำงานอยู่ไหม",
            f"{late} have waited long: is the worker running?",
        )
    else:
        yield well(about, "ไม่มีงานค้าง", "nothing waits")
    if failed:
        yield look(
            about,
            f"มี {failed} งานที่ทำไม่สำเร็จ",
            f"{failed} failed: prakai django shell, DBTaskResult.objects.failed()",
        )
