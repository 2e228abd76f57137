"""``prakai work``: the background work as a process of its own (``WORKERS=process``)."""

from __future__ import annotations

import signal
import threading

import click


@click.command()
@click.option("--once", is_flag=True, help="ทำงานที่ค้างให้หมดแล้วจบ · Do what waits, then end.")
def work(once: bool) -> None:
    """ตามสมุดเหตุการณ์และทำงานที่รออยู่ · Follow the journal and run queued tasks until told to stop."""
    from prakai.cli.ready import ready
    from prakai.cli.serving.working import Work, run_tasks, tidy_tasks, want_news

    ready()
    if once:
        from prakai.journal.following import catch_up_all
        from prakai.search.keeping import keep_whole

        keep_whole()
        passed = catch_up_all()
        tidy_tasks()
        want_news()
        done = run_tasks(threading.Event())
        passed += catch_up_all()  # what the tasks told
        click.echo(f"ตามแล้ว {passed} เหตุการณ์ ทำแล้ว {done} งาน · {passed} entries followed, {done} tasks done")
        return
    working = Work()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: working.stop())
    click.echo("กำลังทำงานเบื้องหลัง · Working", err=True)
    working.run()
