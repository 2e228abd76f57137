"""What can happen in talk, by verb."""

from prakai.talk.actions.appreciating import (
    appreciate,
    keep_appreciation_private,
    share_appreciation,
    withdraw_appreciation,
)
from prakai.talk.actions.commenting import (
    bring_comment,
    make_comment,
    return_comment,
    reword_comment,
    withdraw_comment,
)
from prakai.talk.actions.guarding import (
    close_conversation,
    guard_conversation,
    release_comment,
    reopen_conversation,
)
from prakai.talk.actions.hiding import hide_comment, show_comment
from prakai.talk.actions.hosting import open_conversation, retell
from prakai.talk.actions.noticing import read_notices
from prakai.talk.actions.reporting import decide_on_report, report

__all__ = [
    "appreciate",
    "bring_comment",
    "close_conversation",
    "decide_on_report",
    "guard_conversation",
    "hide_comment",
    "keep_appreciation_private",
    "make_comment",
    "open_conversation",
    "read_notices",
    "release_comment",
    "reopen_conversation",
    "report",
    "retell",
    "return_comment",
    "reword_comment",
    "share_appreciation",
    "show_comment",
    "withdraw_appreciation",
    "withdraw_comment",
]
