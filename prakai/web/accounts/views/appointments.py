"""Settings: where one works and worked."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from prakai.people.actions import appoint, change_appointment, drop_appointment, end_appointment
from prakai.people.models import Appointment, Person
from prakai.people.queries import person_page
from prakai.web.accounts.forms import AppointmentForm, done
from prakai.web.accounts.views.settings import herself


def _own(person: Person, pk: int) -> Appointment:
    return get_object_or_404(person.appointments.select_related("unit"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def appointments(request: HttpRequest) -> HttpResponse:
    """Positions of today and of old, and a form for another."""
    person = herself(request)
    form = AppointmentForm(request.POST or None)
    if (
        form.is_bound
        and form.is_valid()
        and done(form, lambda: appoint(person, by=person, **form.cleaned_data))
    ):
        messages.success(
            request,
            pgettext("settings", "It is on your page. Your unit will confirm it; you need do nothing."),
        )
        return redirect("settings_appointments")
    about = {"form": form, "page": person_page(person, person)}
    return render(request, "accounts/appointments.html", about, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one position."""
    person = herself(request)
    held = _own(person, pk)
    form = AppointmentForm(
        request.POST or None, initial={name: getattr(held, name) for name in AppointmentForm.base_fields}
    )
    del form.fields["unit"]
    if (
        form.is_bound
        and form.is_valid()
        and done(form, lambda: change_appointment(held, by=person, **form.cleaned_data))
    ):
        messages.success(request, pgettext("settings", "Saved."))
        return redirect("settings_appointments")
    return render(
        request,
        "accounts/appointment.html",
        {"form": form, "appointment": held},
        status=400 if form.errors else 200,
    )


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """I no longer work there."""
    person = herself(request)
    end_appointment(_own(person, pk), by=person)
    messages.success(request, pgettext("settings", "It stands among your earlier positions now."))
    return redirect("settings_appointments")


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """I never worked there."""
    person = herself(request)
    drop_appointment(_own(person, pk), by=person)
    messages.success(request, pgettext("settings", "It is removed."))
    return redirect("settings_appointments")
