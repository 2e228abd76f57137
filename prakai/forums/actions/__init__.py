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
from prakai.forums.actions.answering import (
    be_ready,
    change_answer,
    join_review,
    withdraw_answer,
    write_answer,
)
from prakai.forums.actions.arriving import check_in, undo_arrival, walk_in
from prakai.forums.actions.before import write_before_review
from prakai.forums.actions.block_roles import end_block_role, give_block_role
from prakai.forums.actions.circles import hide_round, lay_again, lay_circles, remove_round, show_round
from prakai.forums.actions.cloning import clone_forum
from prakai.forums.actions.closing import close_forum, reopen_forum
from prakai.forums.actions.founding import change_forum, found_forum, found_series
from prakai.forums.actions.grouping import drop_core, move_core, name_core, put_nuggets, rename_core
from prakai.forums.actions.growing import accept_growth, decline_growth, grow_into_note
from prakai.forums.actions.keying import enter_answers, key_slip, print_slips
from prakai.forums.actions.marking import drop_nugget, mark_nugget, mark_nuggets, word_nugget
from prakai.forums.actions.patterning import drop_pattern, make_pattern, put_answers, rename_pattern
from prakai.forums.actions.placing import (
    end_seat_wish,
    let_placements_go,
    name_circle_keepers,
    note_seat_wish,
    place_by_hand,
)
from prakai.forums.actions.promising import (
    begin_askings,
    change_promise,
    make_promise,
    stop_asking,
    tell_news,
    withdraw_promise,
)
from prakai.forums.actions.registering import (
    Entered,
    change_participant,
    enter_participant,
    enter_participants,
    leave_forum,
    register,
    take_back,
)
from prakai.forums.actions.reviewing import (
    add_question,
    begin_phase,
    change_phase,
    change_question,
    collect_until,
    drop_question,
    end_phase,
    mark_spoken,
    open_review,
    reveal_question,
)
from prakai.forums.actions.roles import end_role, give_role
from prakai.forums.actions.settling import settle_theme, unsettle_theme
from prakai.forums.actions.sparking import claim_spark, echo_spark, throw_spark, withdraw_spark
from prakai.forums.actions.summing import publish_sums
from prakai.forums.actions.taking_back import return_story, withdraw_story
from prakai.forums.actions.telling import correct_story, record_story
from prakai.forums.actions.tending import (
    group_sparks,
    hide_spark,
    pin_spark,
    release_spark,
    show_spark,
    unpin_spark,
)
from prakai.forums.actions.turns import begin_turn, end_turn
from prakai.forums.actions.walls import change_wall, close_wall, freeze_wall, open_wall, thaw_wall

__all__ = [
    "Entered",
    "accept_growth",
    "add_block",
    "add_day",
    "add_question",
    "announce_forum",
    "be_ready",
    "begin_askings",
    "begin_phase",
    "begin_turn",
    "cancel_forum",
    "change_answer",
    "change_block",
    "change_day",
    "change_forum",
    "change_participant",
    "change_phase",
    "change_promise",
    "change_question",
    "change_wall",
    "check_in",
    "claim_spark",
    "clone_forum",
    "close_forum",
    "close_wall",
    "collect_until",
    "correct_story",
    "decline_growth",
    "drop_core",
    "drop_nugget",
    "drop_pattern",
    "drop_question",
    "echo_spark",
    "end_block_role",
    "end_phase",
    "end_role",
    "end_seat_wish",
    "end_turn",
    "enter_answers",
    "enter_participant",
    "enter_participants",
    "found_forum",
    "found_series",
    "freeze_wall",
    "give_block_role",
    "give_role",
    "group_sparks",
    "grow_into_note",
    "hide_round",
    "hide_spark",
    "join_review",
    "key_slip",
    "lay_again",
    "lay_circles",
    "leave_forum",
    "let_placements_go",
    "make_pattern",
    "make_promise",
    "mark_nugget",
    "mark_nuggets",
    "mark_spoken",
    "move_block",
    "move_core",
    "name_circle_keepers",
    "name_core",
    "note_seat_wish",
    "open_review",
    "open_wall",
    "pin_spark",
    "place_by_hand",
    "print_slips",
    "publish_sums",
    "put_answers",
    "put_nuggets",
    "record_story",
    "register",
    "release_spark",
    "remove_block",
    "remove_day",
    "remove_round",
    "rename_core",
    "rename_pattern",
    "reopen_forum",
    "return_story",
    "reveal_question",
    "revive_forum",
    "settle_theme",
    "show_round",
    "show_spark",
    "stop_asking",
    "take_back",
    "tell_news",
    "thaw_wall",
    "throw_spark",
    "undo_arrival",
    "unpin_spark",
    "unsettle_theme",
    "walk_in",
    "withdraw_answer",
    "withdraw_promise",
    "withdraw_spark",
    "withdraw_story",
    "word_nugget",
    "write_answer",
    "write_before_review",
]
