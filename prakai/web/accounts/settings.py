"""Settings of sign-in: django-allauth with e-mail and password, passkeys, codes, and OpenID Connect by configuration."""

from __future__ import annotations

import json
import os

ACCOUNT_ADAPTER = "prakai.web.accounts.adapters.Door"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if os.environ.get("EMAIL_URL") else "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "8/m/ip,5/5m/key", "signup": "20/m/ip"}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = os.environ.get("SITE_NAME", "ประกาย")

# Who may join: open | approval | invitation | domain (docs/operating.md).
JOINING = os.environ.get("JOINING", "open")

# [{"provider_id": "…", "name": "…", "client_id": "…", "secret": "…", "settings": {"server_url": "…"}}]
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": json.loads(os.environ.get("OIDC_APPS") or "[]")}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
USERSESSIONS_TRACK_ACTIVITY = False
