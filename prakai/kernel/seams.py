"""The five seams: what each environment variable chooses, with an embedded default and an existing engine behind each.

Everything here is pure: text in, settings out, ``ValueError`` with a sentence that says what to write instead.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

WORKERS = ("thread", "process", "none")
BUSES = ("local", "redis", "rediss", "unix", "valkey")


def not_understood(name: str, given: str, instead: str) -> ValueError:
    """Return the error of a setting that nobody can read: what was given (its password left out), what to write."""
    shown = re.sub(r"(://[^/@]*:)[^/@]*(?=@)", r"\1…", given)
    return ValueError(f"{name}={shown!r} is not understood: use {instead}")


def rows_at(url: str, data_dir: Path) -> dict[str, Any]:
    """Return Django's database settings for ``DATABASE_URL``: SQLite in ``data_dir`` by default, or PostgreSQL."""
    if not url:
        url = f"sqlite:///{data_dir / 'prakai.sqlite3'}"
    instead = "sqlite:///PATH or postgresql://USER:PW@HOST/NAME"
    try:
        scheme = urlsplit(url).scheme
        found: dict[str, Any] = (
            dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
            if scheme in ("sqlite", "postgres", "postgresql")
            else {}
        )
    except ValueError as wrong:
        raise not_understood("DATABASE_URL", url, instead) from wrong
    if found.get("NAME") in (None, "", ":memory:"):
        raise not_understood("DATABASE_URL", url, instead)
    if scheme == "sqlite":
        found["CONN_MAX_AGE"] = None
        found["CONN_HEALTH_CHECKS"] = False
        found["OPTIONS"] = {
            # One writer at a time, asked for at the start: no "database is locked" in the middle of an action.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-8000; PRAGMA mmap_size=2147418112; PRAGMA journal_size_limit=67108864;"
            ),
        }
    return found


_FILES = "file:///FOLDER or s3://KEY:SECRET@HOST/BUCKET"


def files_at(url: str, data_dir: Path) -> dict[str, Any]:
    """Return Django's storage settings for ``FILES_URL``: a folder by default, or ``s3://KEY:SECRET@HOST/BUCKET``."""
    try:
        parts = urlsplit(url or f"file://{data_dir / 'files'}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError as wrong:
        raise not_understood("FILES_URL", url, _FILES) from wrong
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": unquote(parts.path), "base_url": "/files/"},
        }
    if parts.scheme == "s3" and parts.hostname:
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        options: dict[str, Any] = {
            "bucket_name": parts.path.strip("/") or parts.hostname,
            "default_acl": None,
            "file_overwrite": False,
        }
        if parts.path.strip("/"):
            secure = query.get("secure", "yes") != "no"
            options["endpoint_url"] = f"{'https' if secure else 'http'}://{parts.hostname}{port}"
        if parts.username:
            options["access_key"] = unquote(parts.username)
            options["secret_key"] = unquote(parts.password or "")
        if "region" in query:
            options["region_name"] = query["region"]
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    raise not_understood("FILES_URL", url, _FILES)


def workers_as(word: str) -> str:
    """Return how background work is done: ``thread`` of the one process (default), ``process``, or ``none``."""
    word = word or "thread"
    if word not in WORKERS:
        raise not_understood("WORKERS", word, f"one of {', '.join(WORKERS)}")
    return word


def search_at(url: str, data_dir: Path) -> str:
    """Return where the search index lives: a folder in ``data_dir`` by default, or the one that was given."""
    found = url or f"file://{data_dir / 'index'}"
    if not _is_address(found, ("file",)):
        raise not_understood("SEARCH_URL", url, "file:///FOLDER (no other engine stands yet)")
    return found


def bus_address(url: str) -> str:
    """Return the address of the live bus: ``local:`` by default, or a Redis or Valkey server."""
    found = url or "local:"
    if not _is_address(found, BUSES):
        raise not_understood("BUS_URL", url, "local: or redis://HOST:PORT/0 or valkey://HOST:PORT/0")
    return found


def _is_address(url: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and (parts.port is None or 0 < parts.port < 65536)
    except ValueError:
        return False
