"""Agendas to begin with: a whole day, half a day, two days online, a knowledge market of two days. Pure.

``blocks_in_words`` gives the titles in the language that is spoken now; from then on they are the forum's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Final

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class TemplateBlock:
    """A block of a template."""

    kind: str
    minutes: int
    title: _StrPromise


@dataclass(frozen=True, slots=True)
class TemplateDay:
    """A day of a template."""

    begins_at: time
    blocks: tuple[TemplateBlock, ...]


@dataclass(frozen=True, slots=True)
class AgendaTemplate:
    """An agenda to begin with."""

    key: str
    name: _StrPromise
    about: _StrPromise
    days: tuple[TemplateDay, ...]
    mode: str = "place"


def _day(begins_at: time, *rows: tuple[str, int, _StrPromise]) -> TemplateDay:
    return TemplateDay(begins_at, tuple(TemplateBlock(*row) for row in rows))


_OPENING: Final = pgettext_lazy(
    "agenda template", "Why we meet: the work to improve, and the manners of the circles"
)
_FIRST_ROUND: Final = pgettext_lazy(
    "agenda template", "Circles, first round: when it went well, what exactly did we do?"
)
_SECOND_ROUND: Final = pgettext_lazy(
    "agenda template", "Circles, second round: other people, the next stories"
)
_FROM_CIRCLES: Final = pgettext_lazy("agenda template", "One story from each circle, told by its teller")
_SPARKS: Final = pgettext_lazy("agenda template", "Sparks on the wall: one line from everybody")
_BREAK: Final = pgettext_lazy("agenda template", "Break")
_LUNCH: Final = pgettext_lazy("agenda template", "Lunch")
_AAR_ONE: Final = pgettext_lazy(
    "agenda template", "AAR 1: what I expected, what went beyond it, what fell short, and why"
)
_AAR_TWO: Final = pgettext_lazy(
    "agenda template", "AAR 2: what to change next time, what I will go back and do"
)
_AAR: Final = pgettext_lazy("agenda template", "AAR: the five questions, everybody speaks")
_PROMISES: Final = pgettext_lazy("agenda template", "Promises read aloud, thanks, and the way home")
_NUGGETS: Final = pgettext_lazy(
    "agenda template", "What exactly worked: nuggets on cards, each with its teller’s name"
)
_CORES: Final = pgettext_lazy("agenda template", "From nuggets to cores: group them together")
_STALLS: Final = pgettext_lazy("agenda template", "Knowledge market: walk round, ask the doers how")
_PLANS: Final = pgettext_lazy("agenda template", "Each unit: whom we will visit, what we will try")
_GREETING: Final = pgettext_lazy("agenda template", "Hello again: what stayed with me since yesterday")

_WHOLE: Final = _day(
    time(8, 30),
    ("opening", 20, _OPENING), ("circle", 70, _FIRST_ROUND), ("meal", 15, _BREAK), ("circle", 50, _SECOND_ROUND),
    ("story", 25, _FROM_CIRCLES), ("sparks", 15, _SPARKS), ("meal", 60, _LUNCH), ("aar", 75, _AAR_ONE),
    ("meal", 15, _BREAK), ("aar", 75, _AAR_TWO), ("dialogue", 15, _PROMISES),
)  # fmt: skip
_HALF: Final = _day(
    time(8, 30),
    ("opening", 10, _OPENING), ("circle", 75, _FIRST_ROUND), ("meal", 15, _BREAK), ("aar", 75, _AAR),
    ("dialogue", 15, _PROMISES),
)  # fmt: skip
_ONLINE_ONE: Final = _day(
    time(9, 0),
    ("opening", 15, _OPENING), ("circle", 75, _FIRST_ROUND), ("meal", 20, _BREAK), ("circle", 50, _SECOND_ROUND),
    ("sparks", 20, _SPARKS),
)  # fmt: skip
_ONLINE_TWO: Final = _day(
    time(9, 0),
    ("dialogue", 15, _GREETING), ("aar", 75, _AAR_ONE), ("meal", 20, _BREAK), ("aar", 60, _AAR_TWO),
    ("dialogue", 20, _PROMISES),
)  # fmt: skip
_MARKET_ONE: Final = _day(
    time(8, 30),
    ("opening", 20, _OPENING), ("circle", 70, _FIRST_ROUND), ("meal", 15, _BREAK), ("circle", 75, _SECOND_ROUND),
    ("meal", 60, _LUNCH), ("dialogue", 75, _NUGGETS), ("meal", 15, _BREAK), ("dialogue", 75, _STALLS),
    ("sparks", 15, _SPARKS),
)  # fmt: skip
_MARKET_TWO: Final = _day(
    time(8, 30),
    ("dialogue", 15, _GREETING), ("dialogue", 75, _CORES), ("meal", 15, _BREAK), ("dialogue", 75, _PLANS),
    ("meal", 60, _LUNCH), ("aar", 75, _AAR_ONE), ("meal", 15, _BREAK), ("aar", 75, _AAR_TWO),
    ("dialogue", 15, _PROMISES),
)  # fmt: skip

TEMPLATES: Final = (
    AgendaTemplate(
        "whole-day",
        pgettext_lazy("agenda template", "A whole day"),
        pgettext_lazy("agenda template", "Two rounds of circles, sparks, and 150 minutes of review"),
        (_WHOLE,),
    ),
    AgendaTemplate(
        "half-day",
        pgettext_lazy("agenda template", "Half a day"),
        pgettext_lazy("agenda template", "One round of circles and a short review; for a first try"),
        (_HALF,),
    ),
    AgendaTemplate(
        "two-online",
        pgettext_lazy("agenda template", "Two mornings online"),
        pgettext_lazy(
            "agenda template", "Short enough for a screen: circles on the first, review on the second"
        ),
        (_ONLINE_ONE, _ONLINE_TWO),
        mode="online",
    ),
    AgendaTemplate(
        "market",
        pgettext_lazy("agenda template", "A knowledge market of two days"),
        pgettext_lazy(
            "agenda template", "Stories, nuggets, market, cores, plans of the units, and a long review"
        ),
        (_MARKET_ONE, _MARKET_TWO),
    ),
)


def template_of(key: str) -> AgendaTemplate | None:
    """Return the template with this key, or ``None``."""
    return next((one for one in TEMPLATES if one.key == key), None)


def blocks_in_words(day: TemplateDay) -> Iterator[tuple[str, int, str]]:
    """Yield kind, minutes and title of a day's blocks, in the language that is spoken now."""
    for block in day.blocks:
        yield block.kind, block.minutes, str(block.title)
