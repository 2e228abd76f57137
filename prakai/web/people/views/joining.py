"""What stewards look after: invitations, domains, those who ask to join, positions to confirm, duties."""

from __future__ import annotations

from datetime import date, datetime, time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prakai.people import actions, queries, rules
from prakai.people.models import Appointment, Approval, Duty, DutyKind, EmailDomain, Invitation, Person
from prakai.thai.dates import BANGKOK
from prakai.web.accounts.forms import done
from prakai.web.accounts.views.settings import herself
from prakai.web.notes.addresses import absolute
from prakai.web.people.forms import DeclineForm, DomainForm, InvitationForm

# Two forms stand on one page, each with a field for a unit.
DOMAIN_ID = "id_domain_%s"


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """Links that let people join: those that hold, and a form for another."""
    steward = herself(request)
    rules.may_invite(steward).or_refuse()
    form = InvitationForm(request.POST or None)
    if form.is_bound and form.is_valid():
        asked = dict(form.cleaned_data)
        last: date | None = asked.pop("expires_at")
        expires_at = datetime.combine(last, time(23, 59, 59), tzinfo=BANGKOK) if last else None
        if done(form, lambda: actions.invite(by=steward, expires_at=expires_at, **asked)):
            messages.success(request, pgettext("invitations", "The link is ready. Copy it and pass it on."))
            return redirect("invitations")
    return _invitations(request, form, DomainForm(auto_id=DOMAIN_ID))


def _invitations(request: HttpRequest, form: InvitationForm, domain_form: DomainForm) -> HttpResponse:
    rows = [
        {
            "invitation": row,
            "address": absolute(request, row.get_absolute_url()),
            "is_open": row.is_open(),
        }
        for row in queries.invitations()
    ]
    about = {"form": form, "domain_form": domain_form, "rows": rows, "domains": queries.domains()}
    wrong = bool(form.errors or domain_form.errors)
    return render(request, "people/invitations.html", about, status=400 if wrong else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link back."""
    actions.revoke_invitation(get_object_or_404(Invitation, pk=pk), by=herself(request))
    messages.success(request, pgettext("invitations", "The link no longer works. Who joined by it stays."))
    return redirect("invitations")


@login_required
@require_POST
def allow(request: HttpRequest) -> HttpResponse:
    """Name an e-mail domain."""
    steward = herself(request)
    rules.may_look_after_joining(steward).or_refuse()
    form = DomainForm(request.POST, auto_id=DOMAIN_ID)
    if form.is_valid() and done(form, lambda: actions.allow_domain(by=steward, **form.cleaned_data)):
        messages.success(request, pgettext("invitations", "Saved."))
        return redirect("invitations")
    return _invitations(request, InvitationForm(), form)


@login_required
@require_POST
def forbid(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a domain off the list."""
    actions.forbid_domain(get_object_or_404(EmailDomain, pk=pk), by=herself(request))
    messages.success(request, pgettext("invitations", "Saved."))
    return redirect("invitations")


@never_cache
@login_required
@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """Who asks to join, and which stated positions wait; heads of units see those of their units."""
    reader = herself(request)
    is_steward = bool(rules.may_look_after_joining(reader))
    waiting = queries.appointments_waiting(reader)
    if not is_steward and not waiting and not queries.leads_something(reader):
        rules.may_look_after_joining(reader).or_refuse()
    about = {
        "is_steward": is_steward,
        "approvals": queries.approvals_waiting() if is_steward else [],
        "declined": queries.approvals_declined() if is_steward else [],
        "appointments": waiting,
    }
    return render(request, "people/approvals.html", about)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in."""
    approval = get_object_or_404(Approval.objects.select_related("person"), pk=pk)
    actions.approve_person(approval, by=herself(request))
    if settings.EMAIL_URL:
        words = pgettext("approvals", "%(name)s is in. A letter is on its way.")
    else:
        words = pgettext("approvals", "%(name)s is in. No letters are sent from here: please tell her.")
    messages.success(request, words % {"name": approval.person})
    return redirect("approvals")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline somebody, with words."""
    steward = herself(request)
    approval = get_object_or_404(Approval.objects.select_related("person"), pk=pk)
    rules.may_decide(steward, approval).or_refuse()
    form = DeclineForm(request.POST or None)
    if (
        form.is_bound
        and form.is_valid()
        and done(form, lambda: actions.decline_person(approval, by=steward, **form.cleaned_data))
    ):
        if settings.EMAIL_URL:
            words = pgettext("approvals", "The letter is on its way.")
        else:
            words = pgettext("approvals", "Saved. Your words are read when that person signs in again.")
        messages.success(request, words)
        return redirect("approvals")
    about = {"form": form, "approval": approval}
    return render(request, "people/decline.html", about, status=400 if form.errors else 200)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a stated position is true, or (``drop``) that it is not."""
    reader = herself(request)
    appointment = get_object_or_404(Appointment.objects.select_related("unit", "person"), pk=pk)
    if "drop" in request.POST:
        actions.drop_appointment(appointment, by=reader)
        messages.success(request, pgettext("approvals", "The position is removed."))
    else:
        actions.confirm_appointment(appointment, by=reader)
        messages.success(request, pgettext("approvals", "Confirmed."))
    return redirect("approvals")


@login_required
@require_POST
def duty(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Give a duty, or (``end``) let it end."""
    steward = herself(request)
    person = get_object_or_404(Person.objects.visible_to(steward), public_id=public_id)
    if "end" in request.POST:
        held = get_object_or_404(Duty, person=person, kind=kind, ended_at__isnull=True)
        actions.end_duty(held, by=steward)
    else:
        actions.give_duty(person, kind, by=steward)
    messages.success(
        request,
        pgettext("duties", "Saved: %(duty)s") % {"duty": DutyKind(kind).label},
    )
    return redirect(person)
