"""What can happen to a unit, one verb a file."""

from prakai.units.actions.close import close_unit, reopen_unit
from prakai.units.actions.correct import correct_unit
from prakai.units.actions.found import found_unit
from prakai.units.actions.merge import merge_units
from prakai.units.actions.move import move_unit
from prakai.units.actions.rename import rename_unit
from prakai.units.actions.split import split_unit

__all__ = [
    "close_unit",
    "correct_unit",
    "found_unit",
    "merge_units",
    "move_unit",
    "rename_unit",
    "reopen_unit",
    "split_unit",
]
