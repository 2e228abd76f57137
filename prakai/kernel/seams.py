"""The five seams: what each environment variable chooses, with an embedded default and an existing engine behind each.

Everything here is pure: text in, settings out, ``ValueError`` with a sentence that says what to write instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

WORKERS = ("thread", "process", "none")


def rows_at(url: str, data_dir: Path) -> dict[str, Any]:
    """Return Django's database settings for ``DATABASE_URL``: SQLite in ``data_dir`` by default, or PostgreSQL."""
    if not url:
        url = f"sqlite:///{data_dir / 'prakai.sqlite3'}"
    scheme = urlsplit(url).scheme
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError(
            f"DATABASE_URL={url!r} is not understood: use sqlite:///PATH or postgresql://USER:PW@HOST/NAME"
        )
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if scheme == "sqlite":
        found["CONN_MAX_AGE"] = None
        found["CONN_HEALTH_CHECKS"] = False
        found["OPTIONS"] = {
            # One writer at a time, asked for at the start: no "database is locked" in the middle of an action.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-8000; PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=67108864;"
            ),
        }
    return found


def files_at(url: str, data_dir: Path) -> dict[str, Any]:
    """Return Django's storage settings for ``FILES_URL``: a folder by default, or ``s3://KEY:SECRET@HOST/BUCKET``."""
    parts = urlsplit(url or f"file://{data_dir / 'files'}")
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": unquote(parts.path), "base_url": "/files/"},
        }
    if parts.scheme == "s3":
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        options: dict[str, Any] = {
            "bucket_name": parts.path.strip("/") or parts.hostname,
            "default_acl": None,
            "file_overwrite": False,
        }
        if parts.path.strip("/"):
            port = f":{parts.port}" if parts.port else ""
            secure = query.get("secure", "yes") != "no"
            options["endpoint_url"] = f"{'https' if secure else 'http'}://{parts.hostname}{port}"
        if parts.username:
            options["access_key"] = unquote(parts.username)
            options["secret_key"] = unquote(parts.password or "")
        if "region" in query:
            options["region_name"] = query["region"]
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    raise ValueError(
        f"FILES_URL={url!r} is not understood: use file:///FOLDER or s3://KEY:SECRET@HOST/BUCKET"
    )


def workers_as(word: str) -> str:
    """Return how background work is done: ``thread`` of the one process (default), ``process``, or ``none``."""
    word = word or "thread"
    if word not in WORKERS:
        raise ValueError(f"WORKERS={word!r} is not understood: use one of {', '.join(WORKERS)}")
    return word


def search_at(url: str, data_dir: Path) -> str:
    """Return where the search index lives: a folder in ``data_dir`` by default, or the address that was given."""
    found = url or f"file://{data_dir / 'index'}"
    if urlsplit(found).scheme not in ("file", "opensearch", "opensearch+https"):
        raise ValueError(
            f"SEARCH_URL={url!r} is not understood: use file:///FOLDER or opensearch://HOST:9200"
        )
    return found
