"""Reading: all units as a tree or as a list, one unit, and the list as a table to take along."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from prakai.exchange.units_csv.writing import units_table
from prakai.forums import rules as forum_rules
from prakai.forums.queries.forums import forums_of
from prakai.networks.queries import networks_of_unit
from prakai.notes.queries.lists import notes_of
from prakai.notes.queries.pages import notebooks_of
from prakai.people.models import Person
from prakai.people.queries import people_now
from prakai.talk.queries import appreciations_of_unit
from prakai.units import rules
from prakai.units.models import Unit
from prakai.units.queries import MOST_BRANCHES, unit_page, unit_tree, units_list
from prakai.web.notes.linked_data import script_of
from prakai.web.notes.rows import rows_of
from prakai.web.pagecache.marking import cached_page
from prakai.web.requests import reader_of
from prakai.web.units.forms import FindForm
from prakai.web.units.linked_data import organization

MOST_PEOPLE = 60


@require_safe
@cached_page
def units(request: HttpRequest) -> HttpResponse:
    """All units: the tree, or what was looked for as a list in Thai order, page by page."""
    reader = reader_of(request)
    form = FindForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    words = asked.get("q", "")
    under = _unit_under(request.GET.get("under", ""), reader)
    narrowed = bool(under or words or asked.get("kind") or asked.get("province") or asked.get("ended"))
    as_list = narrowed or "after" in request.GET or request.GET.get("as") == "list"
    branches = [] if as_list else unit_tree(reader)
    if len(branches) > MOST_BRANCHES:
        as_list = True
    context = {
        "form": form,
        "words": words,
        "under": under,
        "as_list": as_list,
        "may_change": bool(rules.may_change_units(reader)),
        "branches": branches,
    }
    if as_list:
        context |= _listed(asked, under, reader, request.GET.get("after", ""))
    return render(request, "units/units.html", context)


def _listed(asked: dict[str, Any], under: Unit | None, reader: Person | None, after: str) -> dict[str, Any]:
    """Return what the list shows: one page of units, and the addresses of the first and the next page."""
    page = units_list(
        reader,
        kind=asked.get("kind", ""),
        province=asked.get("province", ""),
        words=asked.get("q", ""),
        ended=asked.get("ended", False),
        under=under,
        after=number_in(after),
    )
    kept = {name: "on" if value is True else value for name, value in asked.items() if value}
    if under is not None:
        kept["under"] = under.pk
    query = urlencode({**kept, "as": "list"})
    return {
        "page": page,
        "start_url": "" if page.is_first else f"?{query}",
        "next_url": f"?{query}&after={page.next}" if page.next else "",
    }


def _unit_under(text: str, reader: Person | None) -> Unit | None:
    number = number_in(text)
    return Unit.objects.visible_to(reader).filter(pk=number).first() if number is not None else None


def number_in(text: str) -> int | None:
    """Return the number that ``text`` is, or ``None``: what is not understood in an address is left out."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


@require_safe
@cached_page
def unit(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """A unit's page. The number decides; any other words behind it lead to the name of today, for good."""
    reader = reader_of(request)
    found = get_object_or_404(Unit.objects.visible_to(reader), pk=number)
    if slug != found.slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(found.get_absolute_url() + (f"?{query}" if query else ""))
    page = unit_page(found, reader)
    notes = notes_of(found, reader, after=request.GET.get("after"))
    people = people_now(found, reader, most=MOST_PEOPLE + 1)
    context = {
        "page": page,
        "unit": found,
        "trail": [{"label": above.name, "url": above.get_absolute_url()} for above in page.ancestors],
        "people": people[:MOST_PEOPLE],
        "more_people": len(people) > MOST_PEOPLE,
        "notes": rows_of(notes.rows),
        "forums": forums_of(found, reader),
        "networks": networks_of_unit(found),
        "notebooks": notebooks_of(found, reader),
        "appreciations": appreciations_of_unit(found.pk, reader),
        "newer_url": "" if notes.is_first else found.get_absolute_url(),
        "older_url": f"?after={notes.older}" if notes.older else "",
        "linked_data": script_of(organization(page, request)),
        "may_report": bool(forum_rules.may_report(reader, found)),
        "may_change": bool(rules.may_change_unit(reader, found)),
        "may_correct": bool(rules.may_change_units(reader)),
        "may_close": bool(rules.may_close_unit(reader, found)),
        "may_reopen": found.valid_to is not None and bool(rules.may_reopen_unit(reader, found)),
    }
    return render(request, "units/unit.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The list of units as a CSV file, with the columns that the import reads."""
    text = units_table(
        reader_of(request), language="en" if (get_language() or "th").startswith("en") else "th"
    )
    return csv_answer(text, "units.csv")


def csv_answer(text: str, name: str) -> HttpResponse:
    """Return ``text`` as a file to keep."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
