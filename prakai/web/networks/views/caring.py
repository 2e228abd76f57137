"""Who looks after a network: given and handed on; letting it rest, and waking it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from prakai.networks import actions, rules
from prakai.networks.models import Care, Network, Stewardship
from prakai.networks.queries import cares_of
from prakai.people.models import Person
from prakai.web.base.keeping import confirm, form_for, keeps_words, writer
from prakai.web.networks.asking import Words, ask
from prakai.web.networks.forms import CareForm, RestForm
from prakai.web.networks.loading import network_at, trail_of
from prakai.web.networks.views.members import meant
from prakai.web.notes.named import Candidate
from prakai.web.requests import member

METHODS = ["GET", "HEAD", "POST"]


@keeps_words
@require_http_methods(METHODS)
def care(request: HttpRequest, number: int) -> HttpResponse:
    """Who looks after the network; those who do ask others to."""
    person = writer(request)
    network = network_at(number, person)
    rules.may_look_after(person, network).or_refuse()
    form = form_for(request, CareForm, {})
    candidates: list[Candidate] = []
    if request.method == "POST" and form.is_valid():
        candidates = _give(request, network, person, form)
        if form.is_valid() and not candidates:
            return confirm(request, redirect(f"/networks/{network.pk}/care"), "")
    context = {
        "network": network,
        "trail": trail_of(network),
        "cares": cares_of(network, person),
        "form": form,
        "candidates": candidates,
        "reader": person,
    }
    return render(request, "networks/care.html", context)


def _give(request: HttpRequest, network: Network, by: Person, form: CareForm) -> list[Candidate]:
    person, candidates = meant(request, by, form)
    if person is not None:
        kind = Care(form.cleaned_data["care"])
        actions.give_care(network, person, by=by, care=kind)
        words = pgettext("network care", "%(name)s: %(care)s, from now on.")
        messages.success(request, words % {"name": person, "care": kind.label})
    return candidates


@require_POST
def end(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Let somebody look after the network no longer: oneself, or another."""
    person = member(request)
    network = network_at(number, person)
    rules.may_look_after(person, network).or_refuse()
    rows = Stewardship.objects.filter(network=network).select_related("network", "person")
    ended = actions.end_care(get_object_or_404(rows, pk=pk), by=person)
    words = pgettext("network care", "%(name)s does not do this any more.")
    messages.success(request, words % {"name": ended.person})
    goes_on = rules.may_look_after(person, network)
    return redirect(f"/networks/{network.pk}/care" if goes_on else network)


@keeps_words
@require_http_methods(METHODS)
def rest(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why, and let the network rest."""
    person = writer(request)
    network = network_at(number, person)
    rules.may_look_after(person, network).or_refuse()
    words = Words(
        title=pgettext("network form", "Let the network rest"),
        lead=pgettext(
            "network form",
            "Everything that it has stays readable. Nobody joins while it rests; you can wake it at any time.",
        ),
        button=pgettext("network form", "Let it rest"),
        done=pgettext("network form", "The network rests, and its page says so."),
    )

    def act(given: dict[str, Any]) -> str:
        return actions.rest_network(network, by=person, **given).get_absolute_url()

    return ask(request, network, RestForm, act, words)


@require_POST
def wake(request: HttpRequest, number: int) -> HttpResponse:
    """Let the network go on."""
    person = member(request)
    network = actions.wake_network(network_at(number, person), by=person)
    messages.success(request, pgettext("network form", "The network is awake again."))
    return redirect(network)
