"""What happened at the forums of the demo network: who came, what was told, said and promised."""

from django.utils.translation import override

from prakai.exchange.demo.forum_days.day import ForumDay
from prakai.exchange.demo.forum_days.people import seat_people
from prakai.exchange.demo.forum_days.review import hold_review
from prakai.exchange.demo.forum_days.stories import tell_stories
from prakai.exchange.demo.forum_days.wall import fill_wall

__all__ = ["ForumDay", "fill_day"]


def fill_day(day: ForumDay) -> None:
    """Let everything happen that the content files tell of this forum, in the order of a day.

    In Thai, whoever loads it: names are kept as people are called in the language of the moment.
    """
    with override("th"):
        seats = seat_people(day)
        tell_stories(day, seats)
        fill_wall(day)
        hold_review(day)
