"""What can happen at a forum, one verb each."""

from prakai.forums.actions.announcing import announce_forum, cancel_forum, revive_forum
from prakai.forums.actions.closing import close_forum, reopen_forum
from prakai.forums.actions.founding import change_forum, found_forum, found_series
from prakai.forums.actions.roles import end_role, give_role

__all__ = [
    "announce_forum",
    "cancel_forum",
    "change_forum",
    "close_forum",
    "end_role",
    "found_forum",
    "found_series",
    "give_role",
    "reopen_forum",
    "revive_forum",
]
