"""Tables of forums, one noun a file."""

from prakai.forums.models.agenda import Block, BlockKind, BlockRole, Day
from prakai.forums.models.answers import Answer, Pattern, Settling
from prakai.forums.models.before import BeforeReview
from prakai.forums.models.circles import Circle, Placement, Round, SeatWish, WishKind
from prakai.forums.models.cores import Core, Nugget
from prakai.forums.models.forums import (
    Announcement,
    Cancellation,
    Closing,
    Forum,
    ForumAudience,
    ForumQuerySet,
    ForumSeries,
    Mode,
    WalkIns,
    owned,
    owner_of,
)
from prakai.forums.models.growths import Growth
from prakai.forums.models.participants import Arrival, Experience, Leaving, Participant
from prakai.forums.models.passages import Difference, Parcel, Passage
from prakai.forums.models.promises import (
    AFTER_DAYS,
    NewsKind,
    Promise,
    PromiseAsking,
    PromiseNews,
    PromiseSum,
)
from prakai.forums.models.reviews import (
    Phase,
    PhaseKind,
    Question,
    QuestionKind,
    Ready,
    Review,
    Slip,
    Voice,
)
from prakai.forums.models.roles import PREPARES, Role, RoleKind, forums_held_by
from prakai.forums.models.sparks import Echo, Spark, SparkGroup, SparkHiding, Wall
from prakai.forums.models.stories import PARTS, Story, StoryWithdrawal, forums_with_circles_of
from prakai.forums.models.turns import ASKING, TELLING, Turn

__all__ = [
    "AFTER_DAYS",
    "ASKING",
    "PARTS",
    "PREPARES",
    "TELLING",
    "Announcement",
    "Answer",
    "Arrival",
    "BeforeReview",
    "Block",
    "BlockKind",
    "BlockRole",
    "Cancellation",
    "Circle",
    "Closing",
    "Core",
    "Day",
    "Difference",
    "Echo",
    "Experience",
    "Forum",
    "ForumAudience",
    "ForumQuerySet",
    "ForumSeries",
    "Growth",
    "Leaving",
    "Mode",
    "NewsKind",
    "Nugget",
    "Parcel",
    "Participant",
    "Passage",
    "Pattern",
    "Phase",
    "PhaseKind",
    "Placement",
    "Promise",
    "PromiseAsking",
    "PromiseNews",
    "PromiseSum",
    "Question",
    "QuestionKind",
    "Ready",
    "Review",
    "Role",
    "RoleKind",
    "Round",
    "SeatWish",
    "Settling",
    "Slip",
    "Spark",
    "SparkGroup",
    "SparkHiding",
    "Story",
    "StoryWithdrawal",
    "Turn",
    "Voice",
    "WalkIns",
    "Wall",
    "WishKind",
    "forums_held_by",
    "forums_with_circles_of",
    "owned",
    "owner_of",
]
