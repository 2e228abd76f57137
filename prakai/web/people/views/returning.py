"""What a steward does for somebody who forgot her password, where no letters are sent."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prakai.people import actions, rules
from prakai.people.models import Person
from prakai.people.way_back import HOLDS
from prakai.web.accounts.views.settings import herself
from prakai.web.notes.addresses import absolute


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def way_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a link to a new password, after a fresh sign-in, and show it this once."""
    steward = herself(request)
    person = get_object_or_404(Person.objects.visible_to(steward), public_id=public_id)
    letters_leave = bool(settings.EMAIL_URL)
    rules.may_give_way_back(steward, person, letters_leave=letters_leave).or_refuse()
    address = ""
    if request.method == "POST":
        path = actions.give_way_back(person, by=steward, letters_leave=letters_leave)
        address = absolute(request, path)
    about = {"person": person, "address": address, "hours": HOLDS.seconds // 3600}
    return render(request, "people/way_back.html", about)
