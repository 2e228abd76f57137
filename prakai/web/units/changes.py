"""Changing: the forms with which stewards found, correct, rename, move, merge, split and close units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from prakai.kernel.verdicts import Verdict
from prakai.people.models import Person
from prakai.units import actions, rules
from prakai.units.models import Unit
from prakai.web.requests import reader_of
from prakai.web.units import forms as unit_forms
from prakai.web.units.views import number_in


@dataclass(frozen=True, slots=True)
class Words:
    """What the page of a change says: its title, a line under it, the button, and the message afterwards."""

    title: str
    lead: str
    button: str
    done: str
    facts: list[str] = field(default_factory=list)


Act = Callable[[Person | None, dict[str, Any]], Unit]


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Put a new unit into the tree."""
    reader = reader_of(request)
    above = (
        Unit.objects.filter(pk=under).first() if (under := number_in(request.GET.get("under", ""))) else None
    )
    words = Words(
        title=pgettext("unit change", "A new unit"),
        lead=pgettext(
            "unit change", "Somebody will look for it by the name on its letterhead. Write that one."
        ),
        button=pgettext("unit change", "Add the unit"),
        done=pgettext("unit change", "The unit is on the list."),
    )
    initial = {"parent": above, "province": above.province} if above else {}
    return _change(
        request,
        None,
        rules.may_change_units(reader),
        unit_forms.FoundForm,
        lambda by, given: actions.found_unit(by=by, **given),
        words,
        initial,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Put right what is written of a unit."""
    unit = get_object_or_404(Unit, pk=number)
    words = Words(
        title=pgettext("unit change", "Put right what is written"),
        lead=pgettext(
            "unit change",
            "For slips of the pen. If the unit took a new name, rename it: the old name is kept then.",
        ),
        button=pgettext("unit change", "Save"),
        done=pgettext("unit change", "It is put right."),
    )
    initial = {
        "name_th": unit.name_th,
        "name_en": unit.name_en,
        "abbreviations": "; ".join(unit.abbreviations),
        "kind": unit.kind,
        "province": unit.province,
        "valid_from": unit.valid_from,
        "about": unit.about,
    }
    verdict = rules.may_change_units(reader_of(request))
    return _change(
        request,
        unit,
        verdict,
        unit_forms.UnitForm,
        lambda by, given: actions.correct_unit(unit, by=by, **given),
        words,
        initial,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, number: int) -> HttpResponse:
    """Give a unit a new name; the old one is kept, and every old address goes on."""
    unit = get_object_or_404(Unit, pk=number)
    words = Words(
        title=pgettext("unit change", "A new name"),
        lead=pgettext("unit change", "The old name stays findable, and every old address leads here."),
        button=pgettext("unit change", "Rename"),
        done=pgettext("unit change", "The unit has its new name."),
    )

    def act(by: Person | None, given: dict[str, Any]) -> Unit:
        actions.rename_unit(unit, by=by, **given)
        return unit

    initial = {
        "name_th": unit.name_th,
        "name_en": unit.name_en,
        "abbreviations": "; ".join(unit.abbreviations),
    }
    verdict = rules.may_change_unit(reader_of(request), unit)
    return _change(request, unit, verdict, unit_forms.RenameForm, act, words, initial)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Let a unit stand under another, with everything beneath it."""
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=number)
    words = Words(
        title=pgettext("unit change", "Another place in the tree"),
        lead=pgettext("unit change", "Everything beneath the unit moves along. Addresses stay as they are."),
        button=pgettext("unit change", "Move"),
        done=pgettext("unit change", "The unit stands in its new place."),
    )
    verdict = rules.may_change_units(reader_of(request))
    return _change(
        request,
        unit,
        verdict,
        unit_forms.MoveForm,
        lambda by, given: actions.move_unit(unit, by=by, **given),
        words,
        {"parent": unit.parent},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Let a unit end in another."""
    unit = get_object_or_404(Unit, pk=number)
    going = unit.children.existing().in_order()[:20]
    moving = [pgettext("unit change", "%(name)s moves along.") % {"name": child.name} for child in going]
    words = Words(
        title=pgettext("unit change", "Goes into another unit"),
        lead=pgettext(
            "unit change", "This unit ends. Its page, its stories and its address stay and say where it went."
        ),
        button=pgettext("unit change", "Merge"),
        done=pgettext("unit change", "It is written down. This is the page of the unit that ended."),
        facts=moving,
    )

    def act(by: Person | None, given: dict[str, Any]) -> Unit:
        actions.merge_units(unit, given.pop("later"), by=by, **given)
        return unit

    verdict = rules.may_change_unit(reader_of(request), unit)
    return _change(request, unit, verdict, unit_forms.MergeForm, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, number: int) -> HttpResponse:
    """Let units come out of one."""
    unit = get_object_or_404(Unit, pk=number)
    words = Words(
        title=pgettext("unit change", "Splits into other units"),
        lead=pgettext(
            "unit change",
            "New units are put beside it, of its kind and province. Units beneath it wait until you move them.",
        ),
        button=pgettext("unit change", "Split"),
        done=pgettext("unit change", "It is written down."),
    )

    def act(by: Person | None, given: dict[str, Any]) -> Unit:
        actions.split_unit(unit, by=by, **given)
        return unit

    verdict = rules.may_change_unit(reader_of(request), unit)
    return _change(request, unit, verdict, unit_forms.SplitForm, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that a unit ended without another in its place."""
    unit = get_object_or_404(Unit, pk=number)
    words = Words(
        title=pgettext("unit change", "This unit ends"),
        lead=pgettext(
            "unit change", "Its page and its stories stay. If it went into another unit, merge it instead."
        ),
        button=pgettext("unit change", "Close the unit"),
        done=pgettext("unit change", "It is written down."),
    )

    def act(by: Person | None, given: dict[str, Any]) -> Unit:
        actions.close_unit(unit, by=by, **given)
        return unit

    verdict = rules.may_close_unit(reader_of(request), unit)
    return _change(request, unit, verdict, unit_forms.CloseForm, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Take back that a unit was closed."""
    unit = get_object_or_404(Unit, pk=number)
    words = Words(
        title=pgettext("unit change", "This unit goes on after all"),
        lead=pgettext("unit change", "The last day that was written is taken away."),
        button=pgettext("unit change", "Open again"),
        done=pgettext("unit change", "The unit is open again."),
    )
    verdict = rules.may_reopen_unit(reader_of(request), unit)
    return _change(
        request,
        unit,
        verdict,
        unit_forms.ReopenForm,
        lambda by, given: actions.reopen_unit(unit, by=by),
        words,
    )


def _change(
    request: HttpRequest,
    unit: Unit | None,
    verdict: Verdict,
    form_class: type[forms.Form],
    act: Act,
    words: Words,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or do what it says and lead to the unit; what is not right comes back with the words typed."""
    verdict.or_refuse()
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = act(reader_of(request), dict(form.cleaned_data))
        except ValidationError as trouble:
            _put_into(form, trouble)
        else:
            messages.success(request, words.done)
            return redirect(changed)
    trail = [{"label": unit.name, "url": unit.get_absolute_url()}] if unit else []
    if not trail:
        trail = [{"label": pgettext("unit change", "Units"), "url": "/units"}]
    context = {"form": form, "words": words, "unit": unit, "trail": trail}
    return render(request, "units/change.html", context)


def _put_into(form: forms.Form, trouble: ValidationError) -> None:
    """Write what an action did not accept beside its field, or above the form when the form has no such field."""
    for name, texts in (
        trouble.message_dict.items() if hasattr(trouble, "error_dict") else [("", trouble.messages)]
    ):
        for text in texts:
            form.add_error(name if name in form.fields else None, text)
