"""What pages of talk read, in a constant number of SQL queries."""

from prakai.talk.queries.appreciations import Given, appreciations_of_person, appreciations_of_unit, given_as
from prakai.talk.queries.conversations import (
    Said,
    Talk,
    Thread,
    conversation_page,
    latest_comments,
    said_as,
    who_may_read,
)
from prakai.talk.queries.moderation import (
    Case,
    case_of,
    decided_reports,
    held_comments,
    moderation_log,
    open_cases,
    open_reports,
)
from prakai.talk.queries.notices import Told, notices_of, unread_notices
from prakai.talk.queries.personal import things_of
from prakai.talk.queries.standing import people_in
from prakai.talk.queries.suggestions import Offer, suggested

__all__ = [
    "Case",
    "Given",
    "Offer",
    "Said",
    "Talk",
    "Thread",
    "Told",
    "appreciations_of_person",
    "appreciations_of_unit",
    "case_of",
    "conversation_page",
    "decided_reports",
    "given_as",
    "held_comments",
    "latest_comments",
    "moderation_log",
    "notices_of",
    "open_cases",
    "open_reports",
    "people_in",
    "said_as",
    "suggested",
    "things_of",
    "unread_notices",
    "who_may_read",
]
