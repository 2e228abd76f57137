"""A table of units comes in: upload, look at what it would do, confirm. Works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, npgettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from prakai.exchange.units_csv.columns import headings
from prakai.exchange.units_csv.importing import import_units
from prakai.exchange.units_csv.planning import UnitsReport, plan_units
from prakai.exchange.units_csv.reading import MOST_BYTES, Table, read_table, table_of
from prakai.exchange.units_csv.writing import empty_table
from prakai.units import rules
from prakai.web.requests import reader_of
from prakai.web.units.forms import TableForm
from prakai.web.units.views import csv_answer

MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Show the way, plan what an uploaded table would do, or carry out a plan that was looked at."""
    reader = reader_of(request)
    rules.may_change_units(reader).or_refuse()
    if request.method != "POST":
        return _shown(request, TableForm())
    form = TableForm(request.POST, request.FILES)
    try:
        if "text" in request.POST:
            report = import_units(table_of(request.POST["text"]), by=reader)
            if report.done:
                return _brought(request, report)
            form = TableForm()
        elif form.is_valid():
            report = plan_units(_uploaded(form))
        else:
            return _shown(request, form)
    except ValidationError as trouble:
        form = TableForm(request.POST, request.FILES)
        form.is_valid()
        for text in trouble.messages:
            form.add_error("table", text)
        return _shown(request, form)
    return _shown(request, TableForm(), report)


def _uploaded(form: TableForm) -> Table:
    """Read at most one byte more than is allowed: enough to refuse, whatever was sent."""
    return read_table(form.cleaned_data["table"].read(MOST_BYTES + 1))


def _brought(request: HttpRequest, report: UnitsReport) -> HttpResponse:
    count = len(report.new)
    words = npgettext("units import", "%(count)d unit came in.", "%(count)d units came in.", count)
    if not count:
        words = pgettext("units import", "All of these units were here already; nothing was changed.")
    messages.success(request, words % {"count": count} if count else words)
    return redirect("/units")


def _shown(request: HttpRequest, form: TableForm, report: UnitsReport | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "report": report,
        "headings": ", ".join(headings(_language())),
        "trail": [{"label": pgettext("unit change", "Units"), "url": "/units"}],
    }
    if report is not None:
        new = report.new
        context |= {
            "new": new[:MOST_SHOWN],
            "new_count": len(new),
            "more_new": max(0, len(new) - MOST_SHOWN),
            "known_count": len(report.known),
            "wrong": report.wrong[:MOST_SHOWN],
            "wrong_count": len(report.wrong),
            "unknown": ", ".join(report.unknown),
        }
    return render(request, "units/import.html", context)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with the right headings, in the reader's language."""
    rules.may_change_units(reader_of(request)).or_refuse()
    return csv_answer(empty_table(_language()), "units-template.csv")


def _language() -> str:
    return "en" if (get_language() or "th").startswith("en") else "th"
