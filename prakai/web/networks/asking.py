"""Pages that ask something and then do it: the form once more with the words typed, or on to what is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from prakai.networks.models import Network
from prakai.web.base.forms import Told
from prakai.web.base.keeping import confirm, form_for
from prakai.web.networks.loading import trail_of


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says: its title, a line under it, the button, and the message afterwards."""

    title: str
    lead: str
    button: str
    done: str
    is_parting: bool = False


def ask(
    request: HttpRequest,
    network: Network | None,
    kind: type[Told],
    act: Callable[[dict[str, Any]], str],
    words: Words,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or do what it says and lead to the address that ``act`` returns."""
    form = form_for(request, kind, initial or {})
    if request.method == "POST" and form.is_valid():
        try:
            address = act(dict(form.cleaned_data))
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(request, words.done)
            return confirm(request, redirect(address), "")
    context = {
        "form": form,
        "words": words,
        "network": network,
        "trail": trail_of(network),
        "back": network.get_absolute_url() if network is not None else "/networks",
    }
    return render(request, "networks/change.html", context)
