"""The knowledge report of a unit for one fiscal year: a page, and the same as DOCX and XLSX to hand in."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.exchange.harvest.files import docx_of, xlsx_of
from prakai.exchange.km_report import telling
from prakai.exchange.km_report.steps import steps_of
from prakai.forums import rules
from prakai.forums.queries.knowledge import UnitKnowledge, knowledge_of
from prakai.thai.digits import to_arabic
from prakai.thai.years import fiscal_year
from prakai.units.models import Unit
from prakai.web.downloads import paper_language, taken_along
from prakai.web.notes.addresses import absolute
from prakai.web.requests import reader_of

FIRST_YEAR: Final = 2540
ON_PAGE: Final = 12


@require_safe
@never_cache
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show what the platform knows, step by step; what it does not know it says."""
    known = _known(request, number)
    now = fiscal_year(timezone.localdate())
    language = paper_language(request)
    context = {
        "known": known,
        "unit": known.unit,
        "steps": steps_of(known),
        "unknown": telling.unknown_words(),
        "year_told": telling.year_told(known.year, language),
        "earlier": known.year - 1 if known.year > FIRST_YEAR else 0,
        "later": known.year + 1 if known.year < now else 0,
        "languages": [("th", "ภาษาไทย"), ("en", "English")],
        "trail": [{"label": known.unit.name, "url": known.unit.get_absolute_url()}],
        "most": ON_PAGE,
    }
    return render(request, "units/knowledge.html", context)


@require_safe
@never_cache
def as_docx(request: HttpRequest, number: int) -> HttpResponse:
    """The report for Word, with a line to write on where nothing is known."""
    known, language = _known(request, number), paper_language(request)
    report = telling.report_of(known, language=language, to_write_on=True, site=_site(request))
    return taken_along(docx_of(report), telling.file_title(known, language), "docx")


@require_safe
@never_cache
def as_xlsx(request: HttpRequest, number: int) -> HttpResponse:
    """The report as a table."""
    known, language = _known(request, number), paper_language(request)
    report = telling.report_of(known, language=language, site=_site(request))
    content = xlsx_of(report, first=telling.first_sheet(language))
    return taken_along(content, telling.file_title(known, language), "xlsx")


def _known(request: HttpRequest, number: int) -> UnitKnowledge:
    reader = reader_of(request)
    unit = get_object_or_404(Unit.objects.visible_to(reader), pk=number)
    rules.may_report(reader, unit).or_refuse()
    return knowledge_of(unit, reader, year=_year(request))


def _year(request: HttpRequest) -> int:
    """Return the fiscal year that the address asks for, of the Buddhist era; this one if none is understood."""
    now = fiscal_year(timezone.localdate())
    asked = to_arabic(request.GET.get("year", ""))
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else now
    return year if FIRST_YEAR <= year <= now else now


def _site(request: HttpRequest) -> str:
    return absolute(request, "/").rstrip("/")
