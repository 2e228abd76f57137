"""Finding the round or the circle that an address means."""

from __future__ import annotations

from django.http import Http404

from prakai.forums.models import Circle, Forum, Round
from prakai.people.models import Person


def round_at(forum: Forum, number: int) -> Round:
    """Return a round of ``forum``, which was loaded through what the reader may see, else 404."""
    found = Round.objects.filter(forum=forum, number=number).first()
    if found is None:
        raise Http404
    found.forum = forum
    return found


def circle_at(forum: Forum, round_number: int, number: int, reader: Person | None) -> Circle:
    """Return the circle if ``reader`` may see it, else 404."""
    rows = Circle.objects.visible_to(reader).select_related("round", "facilitator", "recorder")
    found = rows.filter(round__forum=forum, round__number=round_number, number=number).first()
    if found is None:
        raise Http404
    found.round.forum = forum
    return found


def round_address(laid: Round) -> str:
    """Return where a round is prepared."""
    return f"/forums/{laid.forum_id}/circles?round={laid.number}"
