"""Settings. Everything that differs between places comes from the environment; docs/operating.md lists each one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from prakai.kernel.seams import bus_address, files_at, not_understood, rows_at, search_at, workers_as
from prakai.mail.seam import mail_at

PACKAGE = Path(__file__).resolve().parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or "var").absolute()


def _flag(name: str, default: bool) -> bool:
    word = os.environ.get(name, "").strip().lower()
    return default if not word else word in ("1", "true", "yes", "on")


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _number(name: str, default: int) -> int:
    word = os.environ.get(name, "").strip()
    if word and not word.isdecimal():
        raise not_understood(name, word, f"a whole number, e.g. {default}")
    return int(word or default)


def _secret() -> str:
    """The secret of this place: given, or made once and kept in the data folder for its owner's eyes only."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    kept = DATA_DIR / "secret_key"
    if not kept.exists():
        DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = DATA_DIR / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.replace(kept)
    return kept.read_text().strip()


DEBUG = _flag("DEBUG", False)
DEMO = _flag("DEMO", False)
SECRET_KEY = _secret()
SITE_NAME = os.environ.get("SITE_NAME", "ประกาย")
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "")
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
ALLOWED_HOSTS = _words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],.localhost")
CSRF_TRUSTED_ORIGINS = _words("CSRF_TRUSTED_ORIGINS") or (
    [SITE_URL] if SITE_URL.startswith("https://") else []
)
CSRF_FAILURE_VIEW = "prakai.web.notes.views.unsent.not_trusted"

# The five seams.
DATABASES = {"default": rows_at(os.environ.get("DATABASE_URL", ""), DATA_DIR)}
SEARCH_URL = search_at(os.environ.get("SEARCH_URL", ""), DATA_DIR)
BUS_URL = bus_address(os.environ.get("BUS_URL", ""))
WORKERS = workers_as(os.environ.get("WORKERS", ""))
STORAGES: dict[str, Any] = {
    "default": files_at(os.environ.get("FILES_URL", ""), DATA_DIR),
    "staticfiles": {"BACKEND": "prakai.web.static_files.HashedFiles"},
}

INSTALLED_APPS = [
    "prakai.journal",
    "prakai.units",
    "prakai.people",
    "prakai.networks",
    "prakai.talk",
    "prakai.notes",
    "prakai.forums",
    "prakai.search",
    "prakai.exchange",
    "prakai.web",
    "prakai.mail",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "prakai.web.packing.packed",
    "prakai.web.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "prakai.web.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "prakai.web.middleware.answers",
]

ROOT_URLCONF = "prakai.urls"
WSGI_APPLICATION = "prakai.web.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(PACKAGE.glob("web/*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "prakai.web.context.site",
            ],
        },
    },
]

AUTH_USER_MODEL = "people.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "prakai.web.accounts.passwords.UnlikeOneself"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = sorted(PACKAGE.glob("web/*/locale")) + sorted(PACKAGE.glob("*/locale"))
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    PACKAGE / "web" / "static",
    *([DATA_DIR / "made"] if (DATA_DIR / "made").is_dir() else []),
]

MEDIA_URL = "/files/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LIVE_MOST = _number("LIVE_MOST", 2000)
WALL_MOST = _number("WALL_MOST", 10_000)
UPLOAD_MOST_BYTES = _number("UPLOAD_MOST_BYTES", 25 * 1024 * 1024)

SESSION_ENGINE = "prakai.web.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("BEHIND_PROXY", False) else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EMAIL_URL = os.environ.get("EMAIL_URL", "")
globals().update(mail_at(EMAIL_URL, DATA_DIR))
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "prakai@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if BUS_URL.startswith("local")
    else {
        "BACKEND": "prakai.kernel.caches.SharedCache",
        "LOCATION": BUS_URL.replace("valkey://", "redis://"),
    }
}
# What breaks is written, with its trace, where the server's own lines go: the 500 page promises it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # Scanners ask under made-up names all day; they get their 400, and no trace in the log.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

from prakai.web.accounts.settings import *
