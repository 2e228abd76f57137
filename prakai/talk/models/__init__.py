"""Tables of talk, one noun a file."""

from prakai.talk.models.appreciations import Appreciation
from prakai.talk.models.comments import Comment, Decision, DecisionKind, Mention, Report, ReportReason
from prakai.talk.models.conversations import Closing, Conversation, Guard
from prakai.talk.models.notices import Notice, NoticeKind

__all__ = [
    "Appreciation",
    "Closing",
    "Comment",
    "Conversation",
    "Decision",
    "DecisionKind",
    "Guard",
    "Mention",
    "Notice",
    "NoticeKind",
    "Report",
    "ReportReason",
]
