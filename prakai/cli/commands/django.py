"""``prakai django …``: Django's own commands."""

from __future__ import annotations

import sys

import click


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """คำสั่งของ Django เอง เช่น prakai django shell · Django's own commands, e.g. prakai django shell."""
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["prakai django", *(arguments or ("help",))])
    except SystemExit as left:
        sys.exit(left.code)
