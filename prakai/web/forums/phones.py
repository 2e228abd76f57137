"""A phone in the hall: the token that it keeps, how often it may post, and from which pages.

The token is a random name that we signed, kept in a cookie and in the page's form: whoever has it is the author of what
this phone threw. It says nothing of the person, and is stored nowhere but in the phone.
"""

from __future__ import annotations

import secrets
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from prakai.web.talk.visitors import Pace, address_of

COOKIE: Final = "prakai_phone"
AGE: Final = 60 * 60 * 24 * 400
_SALT: Final = "prakai.forums.phone"
_LONGEST: Final = 200

MINUTE: Final = 60
PHONES: Final = Pace(30, MINUTE)
"""Posts of one phone: a queue that waited for the network may empty itself at once."""
UNKNOWN: Final = Pace(60, MINUTE)
"""Posts without a token of ours, by address."""
HALLS: Final = Pace(3000, MINUTE)
"""Posts of one address: a whole hall stands behind it."""
WRONG_CODES: Final = Pace(300, 15 * MINUTE)
"""Codes of no wall, by address: more are not typed but tried out."""


def token_of(request: HttpRequest) -> str:
    """Return the token that this phone keeps (in its form, else in its cookie) when we signed it, else nothing."""
    for given in (request.POST.get("token", ""), request.COOKIES.get(COOKIE, "")):
        if given and len(given) <= _LONGEST:
            try:
                return signing.Signer(salt=_SALT).unsign(given) and given
            except signing.BadSignature:
                continue
    return ""


def token_for(request: HttpRequest) -> str:
    """Return this phone's token, a new one if it has none."""
    return token_of(request) or signing.Signer(salt=_SALT).sign(secrets.token_urlsafe(24))


def keep_token(response: HttpResponse, token: str) -> HttpResponse:
    """Let the phone keep its token."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=AGE,
        path="/w",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def new_id() -> str:
    """Return a number for a spark that is yet to be written."""
    return secrets.token_hex(12)


def in_pace(request: HttpRequest) -> bool:
    """Return whether this phone may post once more now; the others in the hall are not held up by it."""
    token, address = token_of(request), address_of(request)
    own = PHONES.allows(token) if token else UNKNOWN.allows(address)
    return own and HALLS.allows(address)


def is_foreign(request: HttpRequest) -> bool:
    """Return whether another site sent this post.

    Pages of the wall lie in phones for hours and are sent later, so they carry no form token that could run out;
    instead browsers say where a post comes from, and session cookies do not travel from other sites.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin", "")
    if not origin or (origin == "null" and "Sec-Fetch-Site" in request.headers):
        return False
    return urlsplit(origin).netloc != request.get_host()
