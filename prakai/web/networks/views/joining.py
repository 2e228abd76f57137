"""Becoming a member and leaving, from both sides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.networks import actions, rules
from prakai.networks.models import Membership
from prakai.networks.queries import network_page
from prakai.people.models import Person
from prakai.web.base.keeping import confirm, form_for, keeps_words, writer
from prakai.web.networks.asking import Words, ask
from prakai.web.networks.forms import BecauseForm, JoinForm
from prakai.web.networks.loading import any_membership_at, membership_at, network_at, trail_of
from prakai.web.requests import member

METHODS = ["GET", "HEAD", "POST"]


@keeps_words
@require_http_methods(METHODS)
def join(request: HttpRequest, number: int) -> HttpResponse:
    """Say that she, or a unit for which she speaks, would like to belong."""
    person = writer(request)
    network = network_at(number, person)
    rules.may_join(person, network).or_refuse()
    page = network_page(network, person)
    form = form_for(request, JoinForm, {"own_units": page.own_units})
    if request.method == "POST":
        if request.POST.get("for") == "me":
            messages.success(request, told_of(actions.join_network(network, by=person)))
            return redirect(network)
        if form.is_valid():
            try:
                joined = actions.join_network(network, by=person, unit=form.cleaned_data["unit"])
            except ValidationError as trouble:
                form.take(trouble)
            else:
                messages.success(request, told_of(joined))
                return confirm(request, redirect(network), "")
    context = {
        "network": network,
        "trail": trail_of(network),
        "form": form,
        "is_member": any(one.person_id is not None for one in page.own),
    }
    return render(request, "networks/join.html", context)


def told_of(membership: Membership) -> str:
    """Return what has become of ``membership`` in words, after somebody said yes."""
    name = {"name": name_of(membership)}
    if membership.began_at is not None:
        return pgettext("membership", "%(name)s belongs to the network now.") % name
    if membership.agreed_at is None:
        return pgettext("membership", "%(name)s is invited; the invitation waits for an answer.") % name
    return pgettext("membership", "You have asked. Those who look after the network will answer.")


def name_of(membership: Membership) -> str:
    """Return what the member is called."""
    return membership.unit.name if membership.unit is not None else str(membership.person)


@require_safe
@never_cache
def waiting(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """What waits, with what the one who answers wants to know; later what became of it."""
    person = member(request)
    network = network_at(number, person)
    membership = any_membership_at(network, pk, person)
    if membership.began_at is not None and membership.ended_at is None:
        return redirect(network)
    is_asking = membership.invited_at is None
    first = membership.agreed_by if is_asking else membership.invited_by
    context = {
        "network": network,
        "trail": trail_of(network),
        "one": membership,
        "who": name_of(membership),
        "is_asking": is_asking,
        "first": first if first is not None and first.is_active else None,
        "may_answer": membership.ended_at is None and bool(rules.may_answer(person, membership)),
        "is_own": membership.person_id == person.pk,
        "no": _parting(membership, is_own=_speaks_as_member(membership, person)).button,
    }
    return render(request, "networks/pending_one.html", context)


@require_POST
def say_yes(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Say yes to what waits: for the network when somebody asked, for the member when the network invited."""
    person = member(request)
    network = network_at(number, person)
    waiting = membership_at(network, pk, person)
    if waiting.invited_at is None:
        kept = actions.invite_member(network, by=person, unit=waiting.unit, person=waiting.person)
    elif waiting.person_id not in (None, person.pk):
        raise Http404  # an invitation to somebody else: only she answers it
    else:
        kept = actions.join_network(network, by=person, unit=waiting.unit)
    messages.success(request, told_of(kept))
    tends = kept.person_id != person.pk and rules.may_look_after(person, network)
    return redirect(f"/networks/{network.pk}/members" if tends else network)


@keeps_words
@require_http_methods(METHODS)
def end(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Leave, decline, take back: ask why, and end the membership or what waits."""
    person = writer(request)
    network = network_at(number, person)
    membership = membership_at(network, pk, person)
    rules.may_end_membership(person, membership).or_refuse()
    is_own = _speaks_as_member(membership, person)

    def act(given: dict[str, Any]) -> str:
        actions.end_membership(membership, by=person, **given)
        return network.get_absolute_url() if is_own else f"/networks/{network.pk}/members"

    return ask(request, network, BecauseForm, act, _parting(membership, is_own=is_own))


def _speaks_as_member(membership: Membership, person: Person) -> bool:
    """Return whether she speaks for the member here, and not for the network."""
    if membership.unit is not None and rules.works_in(person, membership.unit):
        return True
    return membership.person_id == person.pk or not rules.may_look_after(person, membership.network)


def _parting(membership: Membership, *, is_own: bool) -> Words:
    """Return the words for ending ``membership``, as its own side or the network's says it."""
    name = {"name": name_of(membership)}
    stays = pgettext("membership", "What was told in the network stays. Coming back is possible at any time.")
    if membership.began_at is not None:
        if membership.person_id is not None and is_own:
            title, button = pgettext("membership", "Leave the network"), pgettext("membership", "Leave")
        else:
            title = pgettext("membership", "%(name)s leaves the network") % name
            button = pgettext("membership", "End the membership")
        done = pgettext("membership", "%(name)s does not belong to the network any more.") % name
        return Words(title, stays, button, done, is_parting=True)
    if membership.agreed_at is None and is_own:
        title = pgettext("membership", "Decline the invitation to %(name)s") % name
        button = pgettext("membership", "Decline")
        done = pgettext("membership", "You have declined. They may ask again another time.")
        lead = pgettext("membership", "A line about why helps those who asked. You need not give one.")
        return Words(title, lead, button, done)
    if membership.agreed_at is not None and not is_own:
        title = pgettext("membership", "Say no to %(name)s") % name
        button = pgettext("membership", "Say no")
        done = pgettext("membership", "It is said: %(name)s does not join now.") % name
        lead = pgettext("membership", "A line about why helps those who asked. You need not give one.")
        return Words(title, lead, button, done)
    title = pgettext("membership", "Take back: %(name)s") % name
    lead = pgettext("membership", "Nothing has begun yet, and nothing is lost.")
    button = pgettext("membership", "Take back")
    return Words(title, lead, button, pgettext("membership", "It is taken back."))
