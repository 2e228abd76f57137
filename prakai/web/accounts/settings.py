"""Settings of sign-in: django-allauth with e-mail and password, passkeys, codes, OpenID Connect by configuration."""

from __future__ import annotations

import json
import os

_YES = ("1", "true", "yes", "on")

# Who may join: open | approval | invitation | domain (docs/operating.md).
JOINING = os.environ.get("JOINING") or "open"
if JOINING not in ("open", "approval", "invitation", "domain"):
    raise ValueError(f"JOINING={JOINING!r} is not understood: use open, approval, invitation or domain")

AUTHENTICATION_BACKENDS = ["prakai.web.accounts.backends.Members"]
ACCOUNT_ADAPTER = "prakai.web.accounts.adapters.Door"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "prakai.web.accounts.joining_form.Joiner"
ACCOUNT_FORMS = {
    "login": "prakai.web.accounts.sign_in_forms.SignInForm",
    "signup": "prakai.web.accounts.sign_in_forms.SignUpForm",
    "change_password": "prakai.web.accounts.sign_in_forms.NewPasswordForm",
    "set_password": "prakai.web.accounts.sign_in_forms.FirstPasswordForm",
    "reset_password": "prakai.web.accounts.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "prakai.web.accounts.sign_in_forms.AfterForgettingForm",
    "user_token": "prakai.web.accounts.sign_in_forms.LinkForm",
    "add_email": "prakai.web.accounts.sign_in_forms.OtherEmailForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
# An address vouches for its domain only when it has been checked.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if os.environ.get("EMAIL_URL") or JOINING == "domain" else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = bool(os.environ.get("EMAIL_URL"))
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login_failed": "8/m/ip,5/5m/key", "signup": "20/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("BEHIND_PROXY", "").strip().lower() in _YES else 0

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Where no letters are sent nobody can prove an address; nobody is kept from passkeys and codes for that.
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION == "none"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
# Browsers hold http://localhost for safe, and so do we there; anywhere else passkeys need https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not os.environ.get("SITE_URL", "").startswith("https://")
MFA_TOTP_ISSUER = os.environ.get("SITE_NAME", "ประกาย")
MFA_FORMS = {
    "add_webauthn": "prakai.web.accounts.sign_in_forms.NewPasskeyForm",
    "edit_webauthn": "prakai.web.accounts.sign_in_forms.PasskeyNameForm",
    "activate_totp": "prakai.web.accounts.sign_in_forms.StartCodesForm",
    "authenticate": "prakai.web.accounts.sign_in_forms.CodeForm",
    "reauthenticate": "prakai.web.accounts.sign_in_forms.CodeAgainForm",
}


def _apps(words: str) -> list[dict[str, object]]:
    try:
        found = json.loads(words or "[]")
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(app, dict) for app in found):
        # The words are not repeated: they hold secrets, and this sentence goes into logs.
        raise ValueError("OIDC_APPS is not understood: use JSON as in docs/operating.md, a list of providers")
    return found


# [{"provider_id": "…", "name": "…", "client_id": "…", "secret": "…", "settings": {"server_url": "…"}}]
SOCIALACCOUNT_ADAPTER = "prakai.web.accounts.adapters.SideDoor"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": _apps(os.environ.get("OIDC_APPS", ""))}
}
# Whoever comes by another provider, too, is asked for her name and her consent.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
USERSESSIONS_TRACK_ACTIVITY = False
