"""How the meter of a forum speaks, how lengths of time are said, and how somebody is called who has left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import npgettext, pgettext, pgettext_lazy

# In Thai, as everything that is kept under no name: the shell of a person says the same.
SOMEBODY = "อดีตสมาชิก"


def care_in_words(care: str, amount: int, *, day: int = 0, blocks: Sequence[str] = (), name: str = "") -> str:
    """Return a warning of the meter (``meter.Care``) as one says it to a colleague.

    ``amount`` is its figure, ``day`` the number of the day when there are several, ``blocks`` the names of those
    it is about, ``name`` the room or the person.
    """
    facts = {
        "amount": amount,
        "length": length_in_words(amount),
        "first": blocks[0] if blocks else "",
        "last": blocks[-1] if blocks else "",
        "name": name,
    }
    said = str(_CARES[care]) % facts
    if day:
        said = pgettext("meter", "Day %(day)d: %(said)s") % {"day": day, "said": said}
    return said


def length_in_words(minutes: int) -> str:
    """Return a length of time as it is said: "45 minutes", "2 hours", "2 hours 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    said = []
    if hours:
        said.append(npgettext("length of time", "%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if rest or not hours:
        said.append(npgettext("length of time", "%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(said)


_CARES: Final = {
    "short": pgettext_lazy(
        "meter", "%(length)s in all. A day that sinks in takes six hours: stories need time to open up."
    ),
    "little-aar": pgettext_lazy(
        "meter",
        "%(length)s of after-action review. Two to three hours let everybody speak, and reach what to do next.",
    ),
    "one-way": pgettext_lazy(
        "meter",
        "%(amount)d%% of the talking time goes one way. Give at least six parts in ten to those who came.",
    ),
    "aar-last": pgettext_lazy(
        "meter",
        "The review “%(last)s” stands at the very end, when people look for the door. Move it before another block.",
    ),
    "no-break": pgettext_lazy(
        "meter",
        "%(length)s without a break, from “%(first)s” to “%(last)s”. After 90 minutes people need one.",
    ),
    "large-circles": pgettext_lazy(
        "meter", "One circle has %(amount)d people. With more than ten, some will not get a word in."
    ),
    "room-twice": pgettext_lazy(
        "meter", "“%(first)s” and “%(last)s” are in the same room, %(name)s, at the same time."
    ),
    "person-twice": pgettext_lazy(
        "meter", "%(name)s is needed in “%(first)s” and in “%(last)s” at the same time."
    ),
}
