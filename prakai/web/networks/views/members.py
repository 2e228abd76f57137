"""Who belongs, who is asked and who asks: for who looks after the network; and inviting units and people."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from prakai.networks import actions, rules
from prakai.networks.models import Network
from prakai.networks.queries import network_page
from prakai.people.models import Person
from prakai.web.base.forms import Told
from prakai.web.base.keeping import confirm, form_for, keeps_words, writer
from prakai.web.networks.forms import InviteUnitForm, WhoForm
from prakai.web.networks.loading import network_at, trail_of
from prakai.web.networks.views.joining import told_of
from prakai.web.notes.named import Candidate, member_named


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, number: int) -> HttpResponse:
    """The members with what may be done about each, and two forms that invite: a unit, or a person."""
    person = writer(request)
    network = network_at(number, person)
    rules.may_look_after(person, network).or_refuse()
    about_person = "name" in request.POST
    units = InviteUnitForm() if about_person else form_for(request, InviteUnitForm, {})
    people = form_for(request, WhoForm, {}) if about_person else WhoForm()
    candidates: list[Candidate] = []
    if request.method == "POST":
        if about_person and people.is_valid():
            candidates = _invite_person(request, network, person, people)
        elif not about_person and units.is_valid():
            _invite_unit(request, network, person, units)
        asked: Told = people if about_person else units
        if asked.is_valid() and not candidates:
            return confirm(request, redirect(f"/networks/{network.pk}/members"), "")
    context = {
        "page": network_page(network, person),
        "network": network,
        "trail": trail_of(network),
        "units": units,
        "people": people,
        "candidates": candidates,
    }
    return render(request, "networks/members.html", context)


def _invite_unit(request: HttpRequest, network: Network, by: Person, form: InviteUnitForm) -> None:
    try:
        invited = actions.invite_member(network, by=by, unit=form.cleaned_data["unit"])
    except ValidationError as trouble:
        form.take(trouble)
    else:
        messages.success(request, told_of(invited))


def _invite_person(request: HttpRequest, network: Network, by: Person, form: WhoForm) -> list[Candidate]:
    """Invite whom the name means if that is clear; otherwise say so in the form, or return whom it may mean."""
    person, candidates = meant(request, by, form)
    if person is not None:
        try:
            invited = actions.invite_member(network, by=by, person=person)
        except ValidationError as trouble:
            form.add_error("name", trouble.messages)
        else:
            messages.success(request, told_of(invited))
    return candidates


def meant(request: HttpRequest, by: Person, form: WhoForm) -> tuple[Person | None, list[Candidate]]:
    """Return the member whom the form names, or nobody and whom the name may mean; who is unknown is said there."""
    named = member_named(form.cleaned_data["name"], by, picked=request.POST.getlist("picked"))
    if named.unsure:
        return None, next(iter(named.unsure.values()))
    if not named.people:
        words = pgettext("network form", "Nobody of this name is a member here. The whole name helps.")
        form.add_error("name", ValidationError(words))
        return None, []
    return named.people[0], []
