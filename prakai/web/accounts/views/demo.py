"""One-click sign-in as somebody of the demo network; there is no such page where no demo network is."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from prakai.people.models import Person

ROLES = ("reader", "writer", "facilitator", "steward")


@never_cache
@require_GET
def enter(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the demo person of ``role`` and go to ``next`` (the first page if none is given)."""
    if not settings.DEMO or role not in ROLES:
        raise Http404
    person = Person.objects.present().filter(is_demo=True, email=f"{role}@demo.prakai.example").first()
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    following = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
        following = "/"
    return redirect(following)
