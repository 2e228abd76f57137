"""Who sits in which circle: pure, knows no rows and no pages.

``seat`` finds the places, ``unmet_wishes`` tells what they leave open, and why. The hard part is done by
HiGHS; what is asked of it, and why in small steps, is told in ``docs/decisions/0013-circles-by-a-solver.md``.
"""

from prakai.forums.allocation.seating import Seating, seat
from prakai.forums.allocation.sitters import LEAST, MOST, WISHED, Plan, Sitter, circles_for, is_under
from prakai.forums.allocation.unmet import Lack, Unmet, Why, unmet_wishes

__all__ = [
    "LEAST",
    "MOST",
    "WISHED",
    "Lack",
    "Plan",
    "Seating",
    "Sitter",
    "Unmet",
    "Why",
    "circles_for",
    "is_under",
    "seat",
    "unmet_wishes",
]
