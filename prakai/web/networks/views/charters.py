"""Founding a network, naming it, and writing what it agrees on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from prakai.networks import actions, rules
from prakai.networks.models import Network
from prakai.networks.queries import charters_of
from prakai.web.base.keeping import confirm, form_for, keeps_words, writer
from prakai.web.networks.asking import Words, ask
from prakai.web.networks.forms import CharterForm, FoundForm, NameForm
from prakai.web.networks.loading import network_at, trail_of

METHODS = ["GET", "HEAD", "POST"]
AGREED = ("purpose", "promises", "manners")


@keeps_words
@require_http_methods(METHODS)
def found(request: HttpRequest) -> HttpResponse:
    """Found a network with its first charter."""
    person = writer(request)
    rules.may_found(person).or_refuse()
    words = Words(
        title=pgettext("network form", "Found a network"),
        lead=pgettext(
            "network form",
            "Begin with the work that shall become better. What you agree on can be written anew at any time.",
        ),
        button=pgettext("network form", "Found the network"),
        done=pgettext(
            "network form", "The network is founded, and you look after it. Now invite the first units."
        ),
    )

    def act(given: dict[str, Any]) -> str:
        return actions.found_network(by=person, **given).get_absolute_url()

    return ask(request, None, FoundForm, act, words)


@keeps_words
@require_http_methods(METHODS)
def name(request: HttpRequest, number: int) -> HttpResponse:
    """Give the network another name."""
    person = writer(request)
    network = network_at(number, person)
    rules.may_look_after(person, network).or_refuse()
    words = Words(
        title=pgettext("network form", "Another name"),
        lead=pgettext("network form", "Its number stays, and every old address leads here."),
        button=pgettext("network form", "Save the name"),
        done=pgettext("network form", "The network has its new name."),
    )

    def act(given: dict[str, Any]) -> str:
        return actions.rename_network(network, by=person, **given).get_absolute_url()

    standing = {"name_th": network.name_th, "name_en": network.name_en}
    return ask(request, network, NameForm, act, words, standing)


@keeps_words
@require_http_methods(METHODS)
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write the charter; what somebody else wrote meanwhile is shown, and never overwritten unseen."""
    person = writer(request)
    network = network_at(number, person)
    rules.may_look_after(person, network).or_refuse()
    form = form_for(request, CharterForm, _standing(network))
    theirs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_charter(network, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
            if getattr(trouble, "code", "") == "conflict":
                theirs = _meanwhile(form, network)
        else:
            messages.success(request, pgettext("network form", "It is kept. Earlier versions stay readable."))
            return confirm(request, redirect(network), "")
    context = {"network": network, "trail": trail_of(network), "form": form, "theirs": theirs}
    return render(request, "networks/charter_form.html", context)


def _standing(network: Network) -> dict[str, Any]:
    """Return what the form shows at first: the charter in force, and its number."""
    newest = next(iter(charters_of(network, most=1)), None)
    if newest is None:
        return {}
    return {field: getattr(newest, field) for field in AGREED} | {"seen": newest.number}


def _meanwhile(form: CharterForm, network: Network) -> list[tuple[str, str]]:
    """Show the typed words over what stands now, and return what stands where it differs: (label, words)."""
    standing = _standing(network)
    form.data = {**form.data, "seen": standing["seen"]}
    return [
        (str(form.fields[field].label), standing[field] or "–")
        for field in AGREED
        if " ".join(form.cleaned_data[field].split()) != " ".join(standing[field].split())
    ]
