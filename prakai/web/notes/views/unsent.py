"""When a form cannot be taken now (signed out, or an old key of the page), its words are shown, never lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import pgettext

from prakai.web.notes.typed import body_to_type

SHOWN = ("title", "body", "highlight")
NOT_KEPT = ("csrfmiddlewaretoken", "move")
WRITING = ("write", "edit")


def unsent(request: HttpRequest, *, reason: str) -> HttpResponse:
    """Show again what was typed, so that it can be sent once more. ``reason``: "signed_out" or "token"."""
    typed = [
        (name, value)
        for name in request.POST
        if name not in NOT_KEPT and name not in SHOWN
        for value in request.POST.getlist(name)
    ]
    context = {
        "reason": reason,
        "title_typed": request.POST.get("title", ""),
        "body_typed": body_to_type(request.POST.get("body", "")),
        "highlight_typed": request.POST.get("highlight", ""),
        "typed": typed,
        "move": request.POST.get("move", "save"),
        "had_files": bool(request.FILES),
    }
    return render(request, "notes/unsent.html", context, status=401 if reason == "signed_out" else 403)


def not_trusted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose key is not the session's (after a sign-in in another window): words are kept."""
    match = request.resolver_match
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"problem": "token"}, status=403)
    if request.method == "POST" and match is not None and match.url_name in WRITING:
        return unsent(request, reason="token")
    told = pgettext("403 page", "This page was open for a long time, or somebody else signed in meanwhile.")
    step = pgettext("403 page", "Go back, load the page anew, and send it again.")
    return render(request, "403.html", {"verdict": {"reason": told, "next_step": step}}, status=403)
