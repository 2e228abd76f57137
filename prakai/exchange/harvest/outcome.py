"""What a harvest tells of the day as it was planned, and of the notes that grew out of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import pgettext

from prakai.exchange.harvest.report import Part, Table
from prakai.forums.queries.harvest_shape import Harvest


def meter_told(told: Harvest) -> Iterable[tuple[str, str]]:
    """Yield the two-way meter of the day as it was planned; nothing when there was no plan."""
    if told.meter is None:
        return
    if told.meter.share is not None:
        yield pgettext("harvest", "Dialogue, % of talking time (as planned)"), str(told.meter.share)
    yield pgettext("harvest", "Review, minutes (as planned)"), str(told.meter.aar)
    yield pgettext("harvest", "Longest one-way run, minutes (as planned)"), str(told.meter.longest_one_way)


def grown_told(told: Harvest) -> list[Part]:
    """Return the notes that grew out of the day, each with what it grew out of."""
    if not told.grown:
        return []
    headings = (
        pgettext("harvest", "Note"),
        pgettext("harvest", "By"),
        pgettext("harvest", "Grew out of"),
    )
    return [Table(headings, tuple((one.title, one.byline, one.origin) for one in told.grown))]
