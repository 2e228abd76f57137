"""What the reviews of many forums teach together, on a page and to take along; and what of it is dealt with."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.exchange.harvest.files import docx_of, xlsx_of
from prakai.exchange.harvest.learned import learned_report, learned_title
from prakai.exchange.harvest.telling import overview_name
from prakai.forums import actions
from prakai.forums import review_rules as rules
from prakai.forums.models import Pattern, Review, Settling
from prakai.forums.queries.learning import SPANS, LearningPage, learning_page
from prakai.people.models import Person
from prakai.web.base.keeping import keeps_words, token_failed
from prakai.web.downloads import paper_language, taken_along
from prakai.web.forums.review_forms import LearningForm, SettlingForm
from prakai.web.requests import member, reader_of
from prakai.web.talk.tabs import sign_in_first


@require_safe
@never_cache
def learning(request: HttpRequest) -> HttpResponse:
    """Show what keeps coming back, by series, unit, network and theme, over 12 months or longer."""
    reader = reader_of(request)
    if reader is None:
        return sign_in_first(request)
    page, asked = _page(request, reader)
    form = LearningForm(
        initial={name: value or "" for name, value in asked.items()},
        series=[(row.pk, row.name) for row in page.series],
        units=[(row.pk, row.name) for row in page.units],
        networks=[(row.pk, row.name) for row in page.networks],
    )
    context = {"page": page, "form": form, "months": asked["months"], "asked": request.GET.urlencode()}
    return render(request, "forums/learning.html", context)


@require_safe
@never_cache
def table(request: HttpRequest) -> HttpResponse:
    """The same as an Excel file, one sentence a row."""
    page, _ = _page(request, member(request))
    language = paper_language(request)
    report = learned_report(page, language=language, as_tables=True)
    return taken_along(xlsx_of(report, first=overview_name(language)), learned_title(language), "xlsx")


@require_safe
@never_cache
def paper(request: HttpRequest) -> HttpResponse:
    """The same as a Word file, to go on writing."""
    page, _ = _page(request, member(request))
    language = paper_language(request)
    return taken_along(docx_of(learned_report(page, language=language)), learned_title(language), "docx")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Say that what a pattern says is dealt with, and by what."""
    person = member(request)
    rows = Pattern.objects.filter(review__in=Review.objects.visible_to(person)).select_related(
        "review__forum"
    )
    row = rows.filter(pk=number).first()
    if row is None:
        raise Http404
    rules.may_settle(person, row).or_refuse()
    form = SettlingForm(request.POST if request.method == "POST" or token_failed(request) else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_theme(row, by=person, because=form.cleaned_data["because"])
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return redirect("learning")
    return render(request, "forums/learning_settle.html", {"form": form, "pattern": row})


@require_POST
def unsettle(request: HttpRequest, number: int) -> HttpResponse:
    """Say that it is not dealt with after all."""
    person = member(request)
    rows = Settling.objects.filter(review__in=Review.objects.visible_to(person))
    row = rows.filter(pk=number, undone_at__isnull=True).first()
    if row is None:
        raise Http404
    actions.unsettle_theme(row, by=person)
    return redirect("learning")


def _page(request: HttpRequest, reader: Person) -> tuple[LearningPage, dict[str, Any]]:
    asked: dict[str, Any] = {
        name: _number(request.GET.get(name, "")) for name in ("series", "unit", "network", "months")
    }
    asked["months"] = asked["months"] if asked["months"] in SPANS else SPANS[0]
    asked["theme"] = request.GET.get("theme", "")[:200]
    return learning_page(reader, **asked), asked


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 16 else 0
