"""How allauth speaks with our house: who may join, what a new person is, and what happens when a letter fails."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, override, pgettext

from prakai.people import rules
from prakai.people.actions import come_back, end_sessions, join, vouch_by_address
from prakai.people.models import Joining, Person
from prakai.web.accounts.invitations import forget_invitation, invitation_of

log = structlog.get_logger(__name__)
WAITING = "joining_person"
ASKED_AT = "joining_asked_at"


class Door(DefaultAccountAdapter):
    """Our account adapter."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether the form to join is shown to this visitor."""
        return bool(rules.may_join(settings.JOINING, invitation=invitation_of(request), is_named=False))

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, commit: bool = True) -> Person:
        """Let the person join with what the form holds."""
        person: Person = super().save_user(request, user, form, commit=False)
        answers = form.cleaned_data
        person.given_th, person.family_th = answers["given_th"], answers["family_th"]
        person.language = getattr(request, "LANGUAGE_CODE", "th")
        person.era = "ce" if person.language == "en" else "be"
        joined = join(
            person,
            by=None,
            mode=settings.JOINING,
            invitation=invitation_of(request),
            unit=answers.get("unit"),
            is_listed=answers.get("is_listed", False),
            because=answers.get("because", ""),
        )
        forget_invitation(request)
        return joined

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """Tell somebody who waits for a steward how things stand, instead of a bare "inactive"."""
        request.session[WAITING] = user.pk
        request.session.pop(ASKED_AT, None)
        return redirect("joining_waiting")

    def respond_email_verification_sent(self, request: HttpRequest, user: Person | None) -> HttpResponse:
        """Where a steward decides, show whoever names an address that is taken what everybody else sees there."""
        if user is None and settings.JOINING == Joining.APPROVAL and invitation_of(request) is None:
            request.session[ASKED_AT] = timezone.now().isoformat()
            request.session.pop(WAITING, None)
            return redirect("joining_waiting")
        answer: HttpResponse = super().respond_email_verification_sent(request, user)
        return answer

    def set_password(self, user: Person, password: str) -> None:
        """Set a new password: other devices are signed out, and what a link to it has shown (``LinkForm``) is kept."""
        with transaction.atomic():
            super().set_password(user, password)
            request = allauth_context.request
            here = request.session.session_key if request is not None else None
            end_sessions(user, by=user, but=here or "")
            if came_by := getattr(user, "came_by", ""):
                come_back(user, by=user, is_by_letter=came_by == "letter")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Keep that the address is hers; its domain may vouch for the unit of somebody new."""
        is_hers: bool = super().confirm_email(request, email_address)
        if is_hers:
            person: Person = email_address.user
            vouch_by_address(person, by=person, email=email_address.email)
        return is_hers

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the letter whom it is for."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the letter in the language of the one who gets it, whatever the page of this moment speaks.

        When that fails, say so kindly and loudly in the log, and let the page go on.
        """
        reader = context.get("user") or Person.objects.filter(email__iexact=email).first()
        try:
            with override(getattr(reader, "language", "") or get_language()):
                super().send_mail(template_prefix, email, {"site_name": settings.SITE_NAME, **context})
        except (OSError, SMTPException):
            log.exception("mail.not_sent", letter=template_prefix)
            request = allauth_context.request
            if request is not None:
                messages.error(
                    request,
                    pgettext(
                        "mail", "The letter could not be sent just now. Please try again in a few minutes."
                    ),
                )


class SideDoor(DefaultSocialAccountAdapter):
    """Our adapter for those who come by another provider (OpenID Connect)."""

    def save_user(self, request: HttpRequest, sociallogin: Any, form: BaseForm | None = None) -> Person:
        """Let the person join; an address that the provider has checked vouches for her unit at once."""
        person: Person = super().save_user(request, sociallogin, form)
        for checked in EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True):
            vouch_by_address(person, by=person, email=checked.email)
        return person

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """Take the names that the provider tells as a first suggestion for the form."""
        person: Person = super().populate_user(request, sociallogin, data)
        first, _, rest = (data.get("name") or "").partition(" ")
        person.given_th = data.get("first_name") or first
        person.family_th = data.get("last_name") or rest
        return person

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        """Fill the form with what the provider told."""
        told: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        return {**told, "given_th": sociallogin.user.given_th, "family_th": sociallogin.user.family_th}
