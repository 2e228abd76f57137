"""Open wishes in words: about whom, in which circle, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import pgettext

from prakai.forums.allocation import Lack, Unmet, Why
from prakai.forums.models import Participant

WEIGHTY = frozenset({Lack.SEAT, Lack.BOSS, Lack.APART, Lack.TOGETHER, Lack.EASY, Lack.SIZE})


@dataclass(frozen=True, slots=True)
class OpenWish:
    """A wish that is not kept. ``circle`` is 0 where it is about none."""

    circle: int
    words: str
    reason: str
    is_weighty: bool = True


def in_words(
    unmet: Iterable[Unmet], people: Mapping[int, Participant], *, unread: Iterable[Participant] = ()
) -> list[OpenWish]:
    """Return open wishes as who prepares the day reads them; ``unread`` wrote a need that nobody has decided on."""
    told = [
        OpenWish(
            one.circle, _words(one, [people[key] for key in one.people]), _reason(one), one.lack in WEIGHTY
        )
        for one in unmet
    ]
    for one in unread:
        words = pgettext("open wish", "%(name)s wrote a need that nobody has decided on.") % {
            "name": one.name
        }
        told.append(
            OpenWish(
                0, words, pgettext("open wish", "Read it under “Needs”, and say what it means for circles.")
            )
        )
    return told


def _words(unmet: Unmet, people: list[Participant]) -> str:
    names = [one.name for one in people]
    facts = {
        "name": names[0] if names else "",
        "others": ", ".join(names[1:]),
        "names": ", ".join(names),
        "many": unmet.many,
        "of": unmet.of,
    }
    return _sentence(unmet.lack, people) % facts


def _sentence(lack: Lack, people: list[Participant]) -> str:
    if lack == Lack.BOSS:
        return pgettext("open wish", "%(name)s heads the unit of %(others)s.")
    if lack == Lack.APART:
        return pgettext("open wish", "%(names)s sit together; they were to sit apart.")
    if lack == Lack.TOGETHER:
        return pgettext("open wish", "%(name)s does not sit with %(others)s.")
    if lack == Lack.EASY:
        return pgettext("open wish", "%(name)s needs a circle that is easy to reach.")
    if lack == Lack.SIZE:
        return pgettext("open wish", "This circle has %(many)d people; 6 to 10 talk best.")
    if lack == Lack.UNIT:
        return pgettext("open wish", "%(names)s are of the same unit.")
    if lack == Lack.REPEAT:
        return pgettext("open wish", "%(names)s have sat together before.")
    if lack == Lack.EXPERIENCE:
        return pgettext("open wish", "Nobody in this circle has done the work for many years.")
    return pgettext("open wish", "%(name)s has no circle yet.")


def _reason(unmet: Unmet) -> str:
    facts = {"many": unmet.many, "of": unmet.of}
    if unmet.why == Why.BY_HAND:
        return pgettext("open wish", "They were put there by hand.")
    if unmet.why == Why.NONE_EASY:
        return pgettext("open wish", "No circle is marked as easy to reach yet.")
    if unmet.why == Why.OTHER_WISHES:
        return pgettext("open wish", "Otherwise a wish that weighs more, or several, would be open.")
    if unmet.lack == Lack.BOSS:
        return pgettext(
            "open wish", "People of hers sit in every circle. She could be the guest of all circles."
        )
    if unmet.lack == Lack.SIZE:
        return pgettext("open wish", "%(of)d people cannot be parted otherwise.") % facts
    if unmet.lack == Lack.UNIT:
        return pgettext("open wish", "%(many)d of this unit come, and there are %(of)d circles.") % facts
    if unmet.lack == Lack.REPEAT:
        return pgettext("open wish", "%(many)d sat together then, and there are %(of)d circles now.") % facts
    return pgettext("open wish", "%(many)d such people come, and there are %(of)d circles.") % facts
