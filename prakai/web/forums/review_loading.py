"""Finding a review and the voice that writes in it: by the signed-in person, or by what this phone keeps."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import pgettext

from prakai.forums.codes import code_in
from prakai.forums.models import Forum, Review, Voice
from prakai.forums.queries.voices import voice_of
from prakai.people.models import Person
from prakai.web.requests import reader_of

YEAR = 365 * 24 * 3600


def forum_of_review(pk: int, reader: Person | None) -> Forum:
    """Return the forum if ``reader`` may see it, else 404."""
    found = Forum.objects.visible_to(reader).select_related("unit", "series").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def review_at(pk: int, reader: Person | None) -> Review:
    """Return the review of the forum with this number if ``reader`` may see that, else 404."""
    forum = forum_of_review(pk, reader)
    found = (
        Review.objects.filter(forum=forum)
        .select_related("forum__unit", "forum__network", "forum__series")
        .first()
    )
    if found is None:
        raise Http404
    return found


def review_to_write_in(request: HttpRequest, pk: int, code: str = "") -> Review:
    """Return the review for who may see the forum, has come in with this phone, or knows its code; else 404."""
    rows = Review.objects.select_related("forum__unit", "forum__network", "forum__series").filter(forum=pk)
    found = rows.first()
    if found is None:
        raise Http404
    reader = reader_of(request)
    if code and code_in(code) == found.forum.code and found.forum.announced_at is not None:
        return found
    if voice_in(request, found) is not None:
        return found
    return review_at(pk, reader)


def cookie_of(pk: int) -> str:
    """Return the name under which this phone keeps its token for the review of a forum."""
    return f"prakai_voice_{pk}"


def token_in(request: HttpRequest, pk: int) -> str:
    """Return this phone's token for the review of a forum, or nothing."""
    return str(request.COOKIES.get(cookie_of(pk), ""))[:64]


def new_token() -> str:
    """Return a fresh token for a phone."""
    return secrets.token_urlsafe(24)


def keep_token(response: HttpResponse, request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Let this phone keep its token for a year: long enough to come back to a promise."""
    response.set_cookie(
        cookie_of(pk), token, max_age=YEAR, path=f"/forums/{pk}/", httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return response


def voice_in(request: HttpRequest, review: Review) -> Voice | None:
    """Return the voice of who asks, if she has come in."""
    return voice_of(review, person=reader_of(request), token=token_in(request, review.forum_id))


def review_frame(review: Review, **more: Any) -> dict[str, Any]:
    """Return what every page of a review wants, and ``more``."""
    forum = review.forum
    trail = [
        {"label": pgettext("review page", "Forums"), "url": "/forums"},
        {"label": forum.title, "url": forum.get_absolute_url(), "lang": forum.language},
    ]
    if more.pop("deeper", True):
        label = pgettext("review page", "After-action review")
        trail.append({"label": label, "url": review.get_absolute_url()})
    return {"forum": forum, "review": review, "trail": trail, **more}
