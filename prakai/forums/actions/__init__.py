"""What can happen at a forum, one verb each."""

from prakai.forums.actions.agenda import (
    add_block,
    add_day,
    change_block,
    change_day,
    move_block,
    remove_block,
    remove_day,
)
from prakai.forums.actions.announcing import announce_forum, cancel_forum, revive_forum
from prakai.forums.actions.block_roles import end_block_role, give_block_role
from prakai.forums.actions.cloning import clone_forum
from prakai.forums.actions.closing import close_forum, reopen_forum
from prakai.forums.actions.founding import change_forum, found_forum, found_series
from prakai.forums.actions.roles import end_role, give_role

__all__ = [
    "add_block",
    "add_day",
    "announce_forum",
    "cancel_forum",
    "change_block",
    "change_day",
    "change_forum",
    "clone_forum",
    "close_forum",
    "end_block_role",
    "end_role",
    "found_forum",
    "found_series",
    "give_block_role",
    "give_role",
    "move_block",
    "remove_block",
    "remove_day",
    "reopen_forum",
    "revive_forum",
]
