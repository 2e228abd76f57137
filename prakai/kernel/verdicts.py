"""Verdicts: the answer to "may she?", with a reason that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed; if not, why, and what the person can do next. Truthy when allowed."""

    allowed: bool
    reason: str | _StrPromise = ""
    next_step: str | _StrPromise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_refuse(self) -> None:
        """Do nothing when allowed; raise ``Refused`` carrying this verdict otherwise."""
        if not self.allowed:
            raise Refused(self)


YES = Verdict(True)


def no(reason: str | _StrPromise, next_step: str | _StrPromise = "") -> Verdict:
    """Return a refusal. ``reason`` says why, ``next_step`` what to do about it; both translated lazily."""
    return Verdict(False, reason, next_step)


class Refused(Exception):
    """You may not, or not now. Doors answer with a page (403) that shows ``verdict``."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict
