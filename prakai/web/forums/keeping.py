"""Forms whose words survive: a stale key of the page, a lost sign-in, a "no" of the room."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import pgettext

from prakai.forums import rules
from prakai.kernel.verdicts import Refused
from prakai.people.models import Person
from prakai.web.forums.forms import Told
from prakai.web.requests import reader_of
from prakai.web.talk.keeping import keep_typed, token_failed, typed_before

AnyForm = TypeVar("AnyForm", bound=Told)


def writer(request: HttpRequest) -> Person:
    """Return the signed-in person; a visitor is asked to sign in, and what she typed waits for her in the form."""
    reader = reader_of(request)
    if reader is None:
        if request.POST:
            keep_typed(request)
        raise Refused(rules.SIGN_IN)
    return reader


def form_for(request: HttpRequest, kind: type[AnyForm], initial: dict[str, Any], **asked: Any) -> AnyForm:
    """Return the form with what was typed, now or before signing in, else with ``initial``; ``asked`` goes to it."""
    typed = request.POST or typed_before(request)
    form = kind(typed or None, initial=initial, **asked)
    if token_failed(request):
        form.say(
            pgettext("forum form", "This page was open for a long time. Please press the button once more.")
        )
    return form
