"""Answers as an Excel file: out, and in after a look at what would come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import npgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from prakai.exchange.reviews_xlsx.reading import MOST_BYTES, Plan, plan_of, sheets_in
from prakai.exchange.reviews_xlsx.writing import headings, review_table
from prakai.forums import actions
from prakai.forums import review_rules as rules
from prakai.web.forums.review_forms import SheetsForm
from prakai.web.forums.review_loading import review_at, review_frame
from prakai.web.requests import member

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@never_cache
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file: a sheet to fill in, and what was revealed."""
    person = member(request)
    review = review_at(pk, person)
    response = HttpResponse(review_table(review, by=person), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="review-{pk}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the way, plan what a file would bring in, or carry out a plan that was looked at."""
    person = member(request)
    review = review_at(pk, person)
    rules.may_key(person, review).or_refuse()
    form, plan = SheetsForm(), None
    if request.method == "POST":
        try:
            if "text" in request.POST:
                brought = actions.enter_answers(review, sheets_in(request.POST["text"], review), by=person)
                messages.success(request, _told(brought))
                return redirect("review", pk=pk)
            form = SheetsForm(request.POST, request.FILES)
            if form.is_valid():
                plan = _planned(form.cleaned_data["table"], review)
        except ValidationError as trouble:
            form = SheetsForm(request.POST, request.FILES)
            form.full_clean()
            form.take(trouble)
    context = review_frame(review, form=form, plan=plan, headings=headings(review))
    return render(request, "forums/review_table.html", context)


def _planned(file: Any, review: Any) -> Plan:
    return plan_of(file.read(MOST_BYTES + 1), review)


def _told(brought: int) -> str:
    words = npgettext(
        "review table", "Answers of %(n)d person came in.", "Answers of %(n)d people came in.", brought
    )
    return words % {"n": brought}
