"""Taking the wall along: a table, a picture, cards to cut out. For those who prepare the day."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.forums import spark_rules
from prakai.forums.models import Forum
from prakai.forums.queries import walls as queries
from prakai.forums.queries.walls import WallSpark
from prakai.kernel.typesetting import TypesettingFailed, typeset
from prakai.thai.graphemes import graphemes
from prakai.thai.words import segments
from prakai.web.downloads import taken_along
from prakai.web.forums.qr import qr_svg
from prakai.web.forums.wall_frame import forum_of_wall, join_address
from prakai.web.requests import member, moment_for, reader_of

log = structlog.get_logger(__name__)
FOLDER = Path(__file__).parents[1] / "typst"
ON_PICTURE = 18
MOST_CARDS = 1000
MAY_END = "\u200b"
STAYS_TOGETHER = "\u2060"
RUN = 20
STAYS_BEHIND = "ๆฯ"
"""What never begins a line; signs and brackets stay where they are by themselves."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@never_cache
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """All sparks on the wall as CSV: UTF-8 with a mark that Excel needs, no cell that a sheet would calculate."""
    forum = _forum(request, pk)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_head())
    yes = pgettext("wall table", "yes")
    for one in queries.sparks_one_by_one(forum):
        when = timezone.localtime(one.moment).strftime("%Y-%m-%d %H:%M:%S")
        writer.writerow(
            [
                one.public_id,
                when,
                plain_cell(one.text),
                plain_cell(one.signed),
                plain_cell(one.group),
                one.echoes,
                one.builds_on_id,
                yes if one.is_pinned else "",
                yes if one.has_picture else "",
            ]
        )
    return taken_along(out.getvalue().encode("utf-8-sig"), f"sparks-{forum.code}", "csv")


def plain_cell(text: str) -> str:
    """Return ``text`` so that no sheet takes it for a formula."""
    return f"'{text}" if text.lstrip().startswith(_RISKY) or text.startswith(_RISKY) else text


@require_safe
@never_cache
def wall_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The wall as a picture of 1920 × 1080: pinned sparks and the newest, set with shaped Thai."""
    forum = _forum(request, pk)
    pinned = queries.pinned_sparks(forum)
    newest = [one for one in queries.sparks_on_wall(forum, most=ON_PICTURE) if not one.is_pinned]
    told = _told(request, forum, [*pinned, *newest][:ON_PICTURE])
    return _set(request, "wall.typ", told, "png", f"wall-{forum.code}")


@require_safe
@never_cache
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """The sparks as cards to cut out, eight on a page of A4, in the order in which they came."""
    forum = _forum(request, pk)
    told = _told(request, forum, queries.sparks_one_by_one(forum)[:MOST_CARDS])
    return _set(request, "spark_cards.typ", told, "pdf", f"sparks-{forum.code}")


@require_safe
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The QR of the wall's address, to print or to put on a slide."""
    reader = reader_of(request)
    forum = forum_of_wall(pk, reader)
    return HttpResponse(qr_svg(join_address(request, forum)), content_type="image/svg+xml")


def _forum(request: HttpRequest, pk: int) -> Forum:
    reader = member(request)
    forum = forum_of_wall(pk, reader)
    spark_rules.may_keep_wall(reader, forum).or_refuse()
    return forum


def _told(request: HttpRequest, forum: Forum, sparks: Sequence[WallSpark]) -> dict[str, Any]:
    wall = spark_rules.wall_of(forum)
    nobody = pgettext("spark", "Somebody in the room")
    return {
        "title": forum.title,
        "question": wall.question if wall is not None else "",
        "when": moment_for(request, forum.starts_at, "long") if forum.starts_at else "",
        "code": forum.code,
        "empty": pgettext("wall", "No sparks yet."),
        "sparks": [
            {
                "text": may_break(one.text) or pgettext("wall", "(a picture)"),
                "by": may_break(one.signed) or nobody,
                "group": may_break(one.group),
            }
            for one in sparks
        ],
    }


def may_break(text: str) -> str:
    """Return ``text`` with places, that nobody sees, where a line may end: between words, and in what is too long."""
    told = ""
    for piece in segments(text):
        letters = graphemes(piece)
        parts = ["".join(letters[at : at + RUN]) for at in range(0, len(letters), RUN)]
        told += (MAY_END if _may_end(told[-1:], piece[0]) else "") + MAY_END.join(parts)
    return re.sub(f"(?<=\\S)(?=[{STAYS_BEHIND}])", STAYS_TOGETHER, told)


def _may_end(last: str, first: str) -> bool:
    """Whether a line may end between these two letters: Thai writes no space there, and other scripts do."""
    if not last or last.isspace() or last == "ฯ" or first in STAYS_BEHIND or not first.isalnum():
        return False
    return any("\u0e00" <= letter <= "\u0e7f" for letter in (last, first))


def _set(request: HttpRequest, template: str, told: dict[str, Any], form: Any, name: str) -> HttpResponse:
    try:
        made = typeset(FOLDER / template, told, form=form)
    except TypesettingFailed as trouble:
        log.exception("wall.not_set", template=template, trouble=str(trouble))
        problem = pgettext("wall", "The page could not be made just now. Please try again; nothing is lost.")
        return render(request, "400.html", {"problems": [problem]}, status=503)
    return taken_along(made, name, form)


def _head() -> list[str]:
    return [
        pgettext("wall table", "Number"),
        pgettext("wall table", "When"),
        pgettext("wall table", "Spark"),
        pgettext("wall table", "Signed"),
        pgettext("wall table", "Group"),
        pgettext("wall table", "Same here"),
        pgettext("wall table", "Builds on"),
        pgettext("wall table", "Pinned"),
        pgettext("wall table", "Picture"),
    ]
