"""A progress bar for long work: drawn on standard error where somebody looks, silent otherwise."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

import click


class Bar:
    """``with Bar("label") as bar: bar.to(done, of)``; with an unknown end, ``bar.to(done)`` only counts."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.done = 0
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, problem, trace)
        elif self.done and self._is_seen():
            click.echo(err=True)

    def to(self, done: int, of: int | None = None) -> None:
        """Move the bar to ``done`` of ``of``."""
        if not self._is_seen():
            return
        if of is None:
            click.echo(f"\r{self.label}  {done:,}", nl=False, err=True)
        else:
            if self._bar is None:
                self._bar = click.progressbar(length=of, label=self.label, file=sys.stderr)
                self._bar.__enter__()
            self._bar.update(done - self.done)
        self.done = done

    @staticmethod
    def _is_seen() -> bool:
        return sys.stderr.isatty()
