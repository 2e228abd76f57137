"""The forms of django-allauth in our manner: kind words, no text that vanishes while one types."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy

from prakai.people.models import Person
from prakai.people.way_back import ways_back
from prakai.web.base.forms import Gentle

EMAIL = pgettext_lazy("sign-in form", "E-mail")
NEW_PASSWORD_HINT = pgettext_lazy(
    "sign-in form", "Ten letters or more. A few words of your own are easier to remember than signs."
)


class Plain(Gentle):
    """Takes away placeholders, and says in one sentence what a password needs."""

    fields: dict[str, forms.Field]
    new_password = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in ("email", "login"):
                field.label = EMAIL
            if name == self.new_password:
                field.help_text = NEW_PASSWORD_HINT


class SignInForm(Plain, account_forms.LoginForm):
    """E-mail and password."""


class SignUpForm(Plain, account_forms.SignupForm):
    """E-mail, a new password, and what ``Joiner`` asks."""

    new_password = "password1"  # noqa: S105  the name of a field


class NewPasswordForm(Plain, account_forms.ChangePasswordForm):
    """The password of today and a new one."""

    new_password = "password1"  # noqa: S105


class FirstPasswordForm(Plain, account_forms.SetPasswordForm):
    """A password for somebody who had none."""

    new_password = "password1"  # noqa: S105


class ForgottenPasswordForm(Plain, account_forms.ResetPasswordForm):
    """Where to send the link: to the address that she signs in with, to none that she only wished for."""

    users: list[Person]

    def clean_email(self) -> str:
        """Return the address; ``users`` are those whose own it is."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if (user.email or "").lower() == email.lower()]
        return email


class LinkForm(account_forms.UserTokenForm):
    """The link that leads to a new password: of a letter, or given by hand (then it has shown no address)."""

    def clean(self) -> dict[str, Any]:
        """Find whose link it is."""
        try:
            cleaned: dict[str, Any] = super().clean()
            came_by = "letter"
        except ValidationError:
            cleaned = self.cleaned_data
            person = self._get_user(cleaned.get("uidb36"))
            if person is None or not ways_back.check_token(person, cleaned.get("key")):
                raise
            came_by, self.reset_user = "hand", person
        self.reset_user.came_by = came_by
        return cleaned


class AfterForgettingForm(Plain, account_forms.ResetPasswordKeyForm):
    """A new password, behind the link of the letter or one that was given by hand."""

    new_password = "password1"  # noqa: S105


class OtherEmailForm(Plain, account_forms.AddEmailForm):
    """Another e-mail address."""


class _Named(Plain):
    """A passkey has a name, so that one knows it again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = pgettext_lazy("sign-in form", "Name of this passkey")


class NewPasskeyForm(_Named, passkey_forms.AddWebAuthnForm):
    """A new passkey."""


class PasskeyNameForm(_Named, passkey_forms.EditWebAuthnForm):
    """Another name for a passkey."""


class _Digits(Plain):
    """A code of digits: phones show the keys for numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"autofocus": True, "spellcheck": "false"})


class CodeForm(_Digits, mfa_forms.AuthenticateForm):
    """The code of the app, or a recovery code, when signing in."""


class CodeAgainForm(_Digits, mfa_forms.ReauthenticateForm):
    """The same, before something important."""


class StartCodesForm(_Digits, totp_forms.ActivateTOTPForm):
    """The first code, which shows that the app is set up."""
