"""Moderation: what was reported, the rules beside it, what was decided, and the log."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.actions import decide_on_report
from prakai.talk.models import Report
from prakai.talk.queries import case_of, decided_reports, moderation_log, open_cases, open_reports
from prakai.web.base.keeping import keeps_words, token_failed
from prakai.web.requests import member, reader_of
from prakai.web.talk.forms import DecisionForm
from prakai.web.talk.tabs import moderation_tabs, sign_in_first
from prakai.web.talk.views.commenting import METHODS, kept_as, stale_token


def _steward(request: HttpRequest) -> Person | None:
    reader = reader_of(request)
    if reader is not None:
        rules.may_moderate(reader).or_refuse()
    return reader


@require_safe
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """Show the reports that nobody has decided on, gathered by what they are about."""
    steward = _steward(request)
    if steward is None:
        return sign_in_first(request)
    page = open_reports(after=request.GET.get("older"))
    context = {
        "tabs": moderation_tabs(request.path),
        "cases": open_cases(page.rows, steward),
        "older_url": f"?older={page.older}" if page.older else "",
    }
    return render(request, "talk/moderation.html", context)


@keeps_words
@require_http_methods(METHODS)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one case with what can be decided, and take the decision with its reason."""
    steward = member(request)
    rules.may_moderate(steward).or_refuse()
    rows = Report.objects.select_related(
        "conversation", "comment__conversation", "comment__by", "by", "decision"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    case = case_of(row, steward)
    form = DecisionForm(request.POST or None, kinds=case.kinds)
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid():
        try:
            decide_on_report(
                row, kind=form.cleaned_data["kind"], because=form.cleaned_data["because"], by=steward
            )
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(
                request, pgettext("moderation form", "It is decided, and those concerned are told.")
            )
            return redirect("moderation")
    context = {
        "case": case,
        "decision": getattr(row, "decision", None),
        "form": form,
        "action": request.path,
        "keep": kept_as(request, steward),
    }
    return render(request, "talk/decide.html", context)


@require_safe
@never_cache
def decided(request: HttpRequest) -> HttpResponse:
    """Show what was decided, by whom and why."""
    if _steward(request) is None:
        return sign_in_first(request)
    page = decided_reports(after=request.GET.get("older"))
    context = {
        "tabs": moderation_tabs(request.path),
        "reports": page.rows,
        "older_url": f"?older={page.older}" if page.older else "",
    }
    return render(request, "talk/decided.html", context)


@require_safe
@never_cache
def log(request: HttpRequest) -> HttpResponse:
    """Show who hid, showed, released, closed and decided what, newest first."""
    if _steward(request) is None:
        return sign_in_first(request)
    asked = request.GET.get("older", "")
    lines, older = moderation_log(
        before=int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
    )
    context = {
        "tabs": moderation_tabs(request.path),
        "lines": lines,
        "older_url": f"?older={older}" if older else "",
    }
    return render(request, "talk/log.html", context)
