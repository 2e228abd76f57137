"""Notebooks: their pages, opening one, changing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from prakai.notes import rules
from prakai.notes.actions import change_notebook, open_notebook
from prakai.notes.models import Licence
from prakai.notes.queries.lists import notes_in
from prakai.notes.queries.pages import find_notebook
from prakai.people.models import Audience, Person
from prakai.units.models import Unit
from prakai.web.notes.addresses import absolute
from prakai.web.notes.conflicts import problems_of
from prakai.web.notes.forms import NotebookForm
from prakai.web.notes.rows import rows_of
from prakai.web.pagecache.marking import cached_page
from prakai.web.requests import reader_of


@cached_page
@require_safe
def notebook(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """Show a notebook and its notes, newest first."""
    reader = reader_of(request)
    found = find_notebook(number, reader)
    if found is None:
        raise Http404
    address = found.get_absolute_url()
    if request.path != address:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""))
    page = notes_in(found, reader, after=request.GET.get("after"))
    context = {
        "notebook": found,
        "rows": rows_of(page.rows),
        "is_first": page.is_first,
        "older_url": f"{address}?after={page.older}" if page.older else "",
        "newer_url": "" if page.is_first else address,
        "url": absolute(request, address),
        "may_change": reader is not None and bool(rules.may_change_notebook(reader, found)),
        "may_write": bool(rules.may_write_in(reader, found)),
    }
    return render(request, "notes/notebook.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Open a notebook."""
    reader = reader_of(request)
    if reader is None:
        return redirect_to_login(request.get_full_path())
    start = {"licence": Licence.CC_BY, "audience": Audience.PUBLIC}
    form = NotebookForm(request.POST or None, initial=start, units=units_of(reader))
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = dict(form.cleaned_data)
        try:
            opened = open_notebook(by=reader, **told)
        except ValidationError as trouble:
            _add(form, trouble)
        else:
            messages.success(request, pgettext("notebook form", "The notebook is open."))
            return redirect(opened.get_absolute_url())
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Rename a notebook, and change what new notes in it start from."""
    reader = reader_of(request)
    found = find_notebook(number, reader)
    if found is None or reader is None:
        raise Http404
    rules.may_change_notebook(reader, found).or_refuse()
    start = {
        name: getattr(found, name) for name in ("title", "about", "licence", "audience", "allows_anonymous")
    }
    form = NotebookForm(request.POST or None, initial=start, units=[])
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = dict(form.cleaned_data)
        try:
            change_notebook(found, by=reader, **told)
        except ValidationError as trouble:
            _add(form, trouble)
        else:
            messages.success(request, pgettext("notebook form", "The notebook is changed."))
            return redirect(found.get_absolute_url())
    return _form_page(request, form, found)


def units_of(person: Person) -> list[Unit]:
    """Return the units for which she may open a notebook, in Thai order."""
    return list(Unit.objects.existing().filter(pk__in=person.unit_circle).in_order())


def _add(form: NotebookForm, trouble: ValidationError) -> None:
    for field, problems in problems_of(trouble).items():
        form.add_error(field if field in form.fields else None, problems)


def _form_page(request: HttpRequest, form: NotebookForm, found: object) -> HttpResponse:
    status = 400 if form.errors else 200
    return render(request, "notes/notebook_form.html", {"form": form, "notebook": found}, status=status)
