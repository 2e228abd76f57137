"""``prakai demo``: the demo network, fictional and removable."""

from __future__ import annotations

from typing import Any

import click


@click.group()
def demo() -> None:
    """เครือข่ายสาธิต (สมมติทั้งหมด) · The demo network, all fictional."""


@demo.command()
def add() -> None:
    """ใส่เครือข่ายสาธิต · Add it."""
    if add_with_progress():
        click.echo("ใส่เครือข่ายสาธิตแล้ว · The demo network is there")
    else:
        click.echo("มีเครือข่ายสาธิตอยู่แล้ว · The demo network was there already")


@demo.command()
def remove() -> None:
    """ลบทุกแถวของเครือข่ายสาธิต · Remove every row of it."""
    from prakai.cli.ready import ready

    ready()
    from prakai.exchange.demo.removing import take_demo_away

    rows = sum(take_demo_away().values())
    forget_index()
    keep_links()
    click.echo(f"ลบเครือข่ายสาธิตแล้ว {rows} แถว · The demo network is gone ({rows} rows)")


@demo.command()
def reset() -> None:
    """ลบแล้วใส่ใหม่ · Remove it and add it afresh."""
    from prakai.cli.ready import ready

    ready()
    from prakai.exchange.demo.removing import take_demo_away

    take_demo_away()
    forget_index()
    add_with_progress()
    click.echo("เริ่มเครือข่ายสาธิตใหม่แล้ว · The demo network is as new")


def add_with_progress() -> bool:
    """Load the demo network, showing a bar where somebody looks; return whether anything was added."""
    from prakai.cli.progress import Bar
    from prakai.cli.ready import ready

    ready()
    from prakai.exchange.demo.loading import add_demo

    with Bar("เครือข่ายสาธิต · demo") as bar:

        def told(what: str, done: int, of: int) -> None:
            bar.to(done, of)

        is_new = add_demo(told)
    keep_links()
    return is_new


def forget_index() -> None:
    """Let the index of search be made anew: so many rows went without a line in the journal."""
    from prakai.search.engine import the_engine

    the_engine().forget()


def keep_links() -> None:
    """Remember who of the demo can be signed in as, so that the next start of ``prakai run`` need not ask."""
    from prakai.cli.preparing.stamps import Stamps, data_dir

    Stamps(data_dir()).keep("demo", links())


def links() -> list[Any]:
    """Return [role, e-mail] of the demo persons through whom a visitor may look around."""
    from prakai.exchange.demo.loading import demo_links

    return [list(pair) for pair in demo_links()]
