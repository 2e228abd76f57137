"""Settings: profile, portrait, reading, sign-in."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.account.views import email as account_email
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as side_door
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import npgettext, override, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prakai.people import queries
from prakai.people.actions import (
    change_address,
    change_portrait,
    change_preferences,
    change_profile,
    give_consent,
    withdraw_consent,
)
from prakai.people.models import ConsentKind, Person
from prakai.web.accounts.forms import PortraitForm, PreferencesForm, ProfileForm, done
from prakai.web.accounts.sign_in_forms import OtherEmailForm
from prakai.web.requests import reader_of


def herself(request: HttpRequest) -> Person:
    """Return a fresh row of the signed-in person, so that a refused change leaves the page's own untouched."""
    reader = reader_of(request)
    assert reader is not None, "behind login_required"
    return Person.objects.get(pk=reader.pk)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Names, words about oneself, what one knows."""
    person = herself(request)
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.of(person)
    if (
        form.is_bound
        and form.is_valid()
        and done(form, lambda: change_profile(person, by=person, **form.cleaned_data))
    ):
        messages.success(request, pgettext("settings", "Your profile is saved."))
        return redirect("settings_profile")
    about = {"form": form, "portrait_form": PortraitForm()}
    return render(request, "accounts/profile.html", about, status=400 if form.errors else 200)


@login_required
@require_POST
def portrait(request: HttpRequest) -> HttpResponse:
    """A new portrait, or none (``remove``)."""
    person = herself(request)
    if "remove" in request.POST:
        change_portrait(person, by=person, picture=None)
        return redirect("settings_profile")
    form = PortraitForm(request.POST, request.FILES)
    if form.is_valid() and done(
        form,
        lambda: change_portrait(
            person,
            by=person,
            picture=form.cleaned_data["picture"],
        ),
    ):
        messages.success(request, pgettext("settings", "What a nice picture. It is saved."))
        return redirect("settings_profile")
    about = {"form": ProfileForm.of(herself(request)), "portrait_form": form}
    return render(request, "accounts/profile.html", about, status=400)


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Language, years, digits, light, keys, and whether visitors may see one's page."""
    person = herself(request)
    form = PreferencesForm(request.POST) if request.method == "POST" else PreferencesForm.of(person)
    if form.is_bound and form.is_valid():
        wishes = dict(form.cleaned_data)
        listed = wishes.pop("is_listed")
        if done(form, lambda: change_preferences(person, by=person, **wishes)):
            if listed != person.is_listed:
                change = give_consent if listed else withdraw_consent
                change(person, ConsentKind.LISTED, by=person)
            with override(person.language):
                messages.success(request, pgettext("settings", "Saved. The pages follow you from now on."))
            return redirect("settings_preferences")
    return render(request, "accounts/preferences.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponseBase:
    """Another e-mail address: after a letter to it was answered; at once where no letters are sent."""
    if settings.EMAIL_URL:
        answer: HttpResponseBase = account_email(request)
        return answer
    person = herself(request)
    form = OtherEmailForm(data=request.POST or None, user=person)
    if (
        form.is_bound
        and form.is_valid()
        and done(form, lambda: change_address(person, by=person, email=form.cleaned_data["email"]))
    ):
        messages.success(request, pgettext("e-mail page", "You sign in with this address from now on."))
        return redirect("account_email")
    return render(request, "account/email_change.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """How one signs in: address, password, passkeys, codes, devices."""
    person = herself(request)
    proofs = list(Authenticator.objects.filter(user=person))
    devices = len(UserSession.objects.purge_and_list(person))
    about = {
        "email": EmailAddress.objects.filter(user=person, primary=True).first(),
        "way_back": queries.last_way_back(person),
        "has_password": person.has_usable_password(),
        "authenticators": {
            "totp": next((proof for proof in proofs if proof.type == "totp"), None),
            "recovery_codes": next((proof for proof in proofs if proof.type == "recovery_codes"), None),
            "webauthn": [proof for proof in proofs if proof.type == "webauthn"],
        },
        "session_words": npgettext("settings", "On %(n)d device.", "On %(n)d devices.", devices)
        % {"n": devices},
        "has_providers": bool(side_door().list_providers(request)),
    }
    return render(request, "accounts/security.html", about)
