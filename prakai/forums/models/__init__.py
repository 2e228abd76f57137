"""Tables of forums, one noun a file."""

from prakai.forums.models.agenda import Block, BlockKind, BlockRole, Day
from prakai.forums.models.circles import Circle, Placement, Round
from prakai.forums.models.forums import (
    Announcement,
    Cancellation,
    Closing,
    Forum,
    ForumQuerySet,
    ForumSeries,
    Mode,
    WalkIns,
)
from prakai.forums.models.participants import Arrival, Experience, Leaving, Participant
from prakai.forums.models.roles import PREPARES, Role, RoleKind, forums_held_by
from prakai.forums.models.sparks import Echo, Spark, SparkGroup, SparkHiding, Wall

__all__ = [
    "PREPARES",
    "Announcement",
    "Arrival",
    "Block",
    "BlockKind",
    "BlockRole",
    "Cancellation",
    "Circle",
    "Closing",
    "Day",
    "Echo",
    "Experience",
    "Forum",
    "ForumQuerySet",
    "ForumSeries",
    "Leaving",
    "Mode",
    "Participant",
    "Placement",
    "Role",
    "RoleKind",
    "Round",
    "Spark",
    "SparkGroup",
    "SparkHiding",
    "WalkIns",
    "Wall",
    "forums_held_by",
]
