"""May she? for units: pure, with reasons."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from prakai.kernel.actors import Actor
from prakai.kernel.verdicts import YES, Verdict, no
from prakai.units.models import Unit


def may_read(reader: Actor | None, unit: Unit) -> Verdict:
    """May ``reader`` open this unit's page? Anybody: what public bodies exist is public, as ``visible_to`` says."""
    return YES


def may_change_units(by: Actor | None) -> Verdict:
    """May ``by`` found, rename, move, merge, split and close units? Only stewards of the network."""
    if by is None or not by.is_authenticated:
        return no(
            pgettext_lazy("unit refusal", "Only a steward of the network looks after the list of units."),
            pgettext_lazy("unit refusal", "If you are one, please sign in first."),
        )
    if not by.is_steward:
        return no(
            pgettext_lazy("unit refusal", "Only a steward of the network looks after the list of units."),
            pgettext_lazy(
                "unit refusal", "Please tell a steward what is missing or wrong; it is quickly put right."
            ),
        )
    return YES


def may_change_unit(by: Actor | None, unit: Unit) -> Verdict:
    """May ``by`` rename, merge, split or close this unit now? A steward, while the unit has not ended."""
    if not (verdict := may_change_units(by)):
        return verdict
    if unit.valid_to is not None:
        return no(
            pgettext_lazy("unit refusal", "This unit has ended; what became of it stays as it was written."),
            pgettext_lazy(
                "unit refusal",
                "You can still correct its name, and open it again if it was closed by mistake.",
            ),
        )
    return YES


def may_close_unit(by: Actor | None, unit: Unit) -> Verdict:
    """May ``by`` close this unit now? Not while units beneath it go on: they would hang under nothing."""
    if not (verdict := may_change_unit(by, unit)):
        return verdict
    if unit.children.filter(valid_to__isnull=True).exists():
        return no(
            pgettext_lazy("unit refusal", "There are units beneath it that go on."),
            pgettext_lazy("unit refusal", "Move them under another unit, or close them first."),
        )
    return YES


def may_reopen_unit(by: Actor | None, unit: Unit) -> Verdict:
    """May ``by`` open this unit again? A steward, when it was closed; not when it went into another."""
    if not (verdict := may_change_units(by)):
        return verdict
    if unit.valid_to is None or unit.successions.exists():
        return no(
            pgettext_lazy("unit refusal", "Only a unit that was closed can be opened again."),
            pgettext_lazy(
                "unit refusal", "One that was merged or split stays ended; if there is a new unit, add it."
            ),
        )
    return YES
