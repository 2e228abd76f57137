"""Tables of talk, one noun a file."""

from prakai.talk.models.appreciations import Appreciation
from prakai.talk.models.comments import Comment, Hiding, Mention
from prakai.talk.models.conversations import Closing, Conversation, Guard
from prakai.talk.models.notices import Notice, NoticeKind
from prakai.talk.models.reports import Decision, DecisionKind, Report, ReportReason

__all__ = [
    "Appreciation",
    "Closing",
    "Comment",
    "Conversation",
    "Decision",
    "DecisionKind",
    "Guard",
    "Hiding",
    "Mention",
    "Notice",
    "NoticeKind",
    "Report",
    "ReportReason",
]
