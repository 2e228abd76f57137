"""``prakai demo``: the demo network, fictional and removable."""

from __future__ import annotations

from typing import Any

import click

from prakai.cli.commands.setup import tell_aloud


@click.group()
def demo() -> None:
    """เครือข่ายสาธิต (สมมติทั้งหมด) · The demo network, all fictional."""


def report(*words: Any) -> None:
    """Show one step of the loading as a line on standard error."""
    if words:
        click.echo(f"  {words[0]}", err=True)


@demo.command()
def add() -> None:
    """ใส่เครือข่ายสาธิต · Add it."""
    loading().add_demo(report=report)
    click.echo("ใส่เครือข่ายสาธิตแล้ว · The demo network is there")


@demo.command()
def remove() -> None:
    """ลบทุกแถวของเครือข่ายสาธิต · Remove every row of it."""
    loading().remove_demo()
    click.echo("ลบเครือข่ายสาธิตแล้ว · The demo network is gone")


@demo.command()
def reset() -> None:
    """ลบแล้วใส่ใหม่ · Remove it and add it afresh."""
    tell_aloud("กำลังเริ่มเครือข่ายสาธิตใหม่", "Resetting the demo network")
    loading().reset_demo()
    click.echo("เริ่มเครือข่ายสาธิตใหม่แล้ว · The demo network is as new")


def loading() -> Any:
    """Return the module that loads the demo network, with Django ready."""
    from importlib import import_module

    from prakai.cli.ready import ready

    ready()
    return import_module("prakai.exchange.demo.loading")
