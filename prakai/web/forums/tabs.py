"""The row of a forum's pages. A noun that brings a page adds one line to ``PAGES``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.models import Forum
from prakai.people.models import Person

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


BEFORE, ON_THE_DAY, AFTER = "before", "day", "after"
TIMES: Final = (
    (BEFORE, pgettext_lazy("forum tab", "Before")),
    (ON_THE_DAY, pgettext_lazy("forum tab", "On the day")),
    (AFTER, pgettext_lazy("forum tab", "After")),
)
IN_ONE_ROW: Final = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom the row is drawn."""

    forum: Forum
    reader: Person | None
    may_prepare: bool
    has_role: bool = False


@dataclass(frozen=True, slots=True)
class ForumTab:
    """One page of a forum: its key, its words, what stands behind ``/forums/12/``, and who sees it in the row."""

    key: str
    label: _StrPromise
    path: str
    seen: Callable[[Asked], bool]
    time: str


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab as ``parts/tabs.html`` shows it."""

    label: str
    url: str
    current: bool
    time: str


@dataclass(frozen=True, slots=True)
class TabTime:
    """The pages of one time of the day, and whether the current one is among them."""

    label: str
    tabs: list[TabLink]

    @property
    def current(self) -> bool:
        """Whether this time is open: its page is the one that is shown."""
        return any(tab.current for tab in self.tabs)


def everybody(asked: Asked) -> bool:
    """Who may open the forum sees this page."""
    return True


def may_come(asked: Asked) -> bool:
    """While a forum is announced and not over, everybody sees where to register."""
    forum = asked.forum
    is_over = forum.closed_at is not None or (forum.ends_at is not None and forum.ends_at < timezone.now())
    return forum.announced_at is not None and forum.cancelled_at is None and not is_over


def preparing(asked: Asked) -> bool:
    """Who prepares the forum sees this page."""
    return asked.may_prepare


def briefed(asked: Asked) -> bool:
    """Who has any role at the forum, recorders above all, reads the briefing."""
    return asked.may_prepare or asked.has_role


def changing(asked: Asked) -> bool:
    """Who prepares the forum sees this page while the plan can change."""
    return asked.may_prepare and asked.forum.closed_at is None


def receiving(asked: Asked) -> bool:
    """Who prepares the forum sees the door until it is closed or cancelled."""
    return changing(asked) and asked.forum.cancelled_at is None


def members(asked: Asked) -> bool:
    """Who is signed in sees this page."""
    return asked.reader is not None


def begun(asked: Asked) -> bool:
    """Who may open the forum sees this page once it has begun; who prepares it, before."""
    return asked.may_prepare or asked.forum.has_begun


def reviewing(asked: Asked) -> bool:
    """Who prepares the forum sees its review once it is announced; members from its day on."""
    if asked.forum.announced_at is None:
        return False
    return asked.may_prepare or (asked.reader is not None and asked.forum.has_begun)


def harvested(asked: Asked) -> bool:
    """Who may open the forum sees its harvest once it has begun, or is closed."""
    forum = asked.forum
    return forum.cancelled_at is None and (forum.has_begun or forum.closed_at is not None)


PAGES: Final = (
    # In the order of time; each time keeps its pages together.
    ForumTab("forum", pgettext_lazy("forum tab", "The day"), "", everybody, BEFORE),
    ForumTab("register", pgettext_lazy("forum tab", "Register"), "register", may_come, BEFORE),
    ForumTab("people", pgettext_lazy("forum tab", "Who comes"), "people", everybody, BEFORE),
    ForumTab("agenda", pgettext_lazy("forum tab", "Set up the agenda"), "agenda", changing, BEFORE),
    ForumTab("bar", pgettext_lazy("forum tab", "Before the day"), "bar", preparing, BEFORE),
    ForumTab("roles", pgettext_lazy("forum tab", "Roles"), "roles", preparing, BEFORE),
    ForumTab("briefing", pgettext_lazy("forum tab", "Briefing"), "briefing", briefed, BEFORE),
    ForumTab("door", pgettext_lazy("forum tab", "Door"), "door", receiving, ON_THE_DAY),
    ForumTab("circles", pgettext_lazy("forum tab", "Circles"), "circles", members, ON_THE_DAY),
    ForumTab("stories", pgettext_lazy("forum tab", "Stories"), "stories", begun, ON_THE_DAY),
    ForumTab("wall", pgettext_lazy("forum tab", "Sparks"), "wall/list", everybody, ON_THE_DAY),
    ForumTab("review", pgettext_lazy("forum tab", "Review"), "review", reviewing, ON_THE_DAY),
    ForumTab("cores", pgettext_lazy("forum tab", "Cores"), "cores", begun, AFTER),
    ForumTab("harvest", pgettext_lazy("forum tab", "Harvest"), "harvest", harvested, AFTER),
)


def tabs_of(asked: Asked, *, current: str) -> list[TabLink]:
    """Return the pages that the reader sees in the row; nothing to query for what is asked here."""
    forum = asked.forum
    return [
        TabLink(
            str(page.label),
            f"/forums/{forum.pk}/{page.path}" if page.path else forum.get_absolute_url(),
            page.key == current,
            page.time,
        )
        for page in PAGES
        if page.seen(asked)
    ]


def times_of(tabs: list[TabLink]) -> list[TabTime]:
    """Return the same pages by the time of the day; nothing when they are few enough for one row."""
    if len(tabs) <= IN_ONE_ROW:
        return []
    return [
        TabTime(str(label), [tab for tab in tabs if tab.time == time])
        for time, label in TIMES
        if any(tab.time == time for tab in tabs)
    ]
