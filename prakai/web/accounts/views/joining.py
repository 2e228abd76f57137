"""Coming in: by an invitation, by waiting for a steward, by another provider."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from allauth.account.views import password_reset
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from prakai.kernel.verdicts import Refused
from prakai.people import queries, rules
from prakai.people.models import Approval
from prakai.web.accounts.adapters import ASKED_AT, WAITING
from prakai.web.accounts.invitations import keep_invitation
from prakai.web.requests import reader_of


@require_GET
def by_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: remember it and show the form; say why when it no longer holds."""
    invitation = queries.invitation_at(token)
    if invitation is None:
        raise Http404
    if reader_of(request) is not None:
        return redirect("/")
    verdict = rules.may_join(settings.JOINING, invitation=invitation)
    if not verdict:
        raise Refused(verdict)
    keep_invitation(request, invitation)
    return redirect("account_signup")


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """How a request to join stands, for the one who asked with this browser.

    Whoever named an address that has an account already sees the same as somebody new: the letter tells its owner.
    """
    asked = request.session.get(WAITING)
    since = request.session.get(ASKED_AT)
    approval = Approval.objects.filter(person=asked).select_related("person").first() if asked else None
    if asked is None and since is not None:
        approval = Approval(asked_at=datetime.fromisoformat(since))
    if approval is None or approval.approved:
        return redirect("account_inactive" if asked and approval is None else "account_login")
    if approval.approved is None:
        heading = pgettext("waiting page", "Thank you. Your request is with the stewards.")
    else:
        heading = pgettext("waiting page", "Thank you for asking.")
    return render(request, "accounts/waiting.html", {"heading": heading, "approval": approval})


@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """A forgotten password: the form that sends a letter; where none are sent, who can help."""
    if settings.EMAIL_URL:
        answer: HttpResponseBase = password_reset(request)
        return answer
    stewards = [steward for steward in queries.stewards() if rules.may_read(reader_of(request), steward)]
    return render(request, "accounts/no_letters.html", {"stewards": stewards})


def leaving_gently(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view that redirects a form to another host: our content policy asks for a page in between."""

    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        address = response.headers.get("Location", "")
        if request.method == "POST" and urlsplit(address).netloc not in ("", request.get_host()):
            return render(request, "accounts/away.html", {"address": address})
        return response

    return answer
