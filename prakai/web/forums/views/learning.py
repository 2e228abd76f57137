"""What the reviews of many forums teach together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.forums.queries.learning import SPANS, learning_page
from prakai.web.forums.review_forms import LearningForm
from prakai.web.requests import reader_of
from prakai.web.talk.tabs import sign_in_first


@require_safe
@never_cache
def learning(request: HttpRequest) -> HttpResponse:
    """Show what keeps coming back, by series, unit and theme, over 12 months or longer."""
    reader = reader_of(request)
    if reader is None:
        return sign_in_first(request)
    asked = {name: _number(request.GET.get(name, "")) for name in ("series", "unit", "months")}
    months = asked["months"] if asked["months"] in SPANS else SPANS[0]
    theme = request.GET.get("theme", "")[:200]
    page = learning_page(reader, series=asked["series"], unit=asked["unit"], theme=theme, months=months)
    form = LearningForm(
        initial={
            "series": asked["series"] or "",
            "unit": asked["unit"] or "",
            "months": months,
            "theme": theme,
        },
        series=[(row.pk, row.name) for row in page.series],
        units=[(row.pk, row.name) for row in page.units],
    )
    return render(request, "forums/learning.html", {"page": page, "form": form, "months": months})


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 16 else 0
