"""How letters leave: what ``EMAIL_URL`` chooses. Pure: text in, Django's settings out."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_BACKENDS = "django.core.mail.backends"


def mail_at(url: str, data_dir: Path) -> dict[str, Any]:
    """Return Django's mail settings for ``EMAIL_URL``; ``ValueError`` says what to write instead.

    Empty or ``file:`` writes each letter into a folder (``data_dir/mail``, or ``file:///FOLDER``), ``console:`` prints
    it, ``smtp://USER:PW@HOST:587?tls=1`` and ``smtps://USER:PW@HOST:465`` send it.
    """
    parts = urlsplit(url or "file:")
    if parts.scheme == "file":
        folder = unquote(parts.path) or str(data_dir / "mail")
        return {"EMAIL_BACKEND": f"{_BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{_BACKENDS}.console.EmailBackend"}
    if parts.scheme in ("smtp", "smtps") and parts.hostname:
        secure = parts.scheme == "smtps"
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        try:
            port = parts.port or (465 if secure else 587)
        except ValueError:
            port = 0
        if port:
            return {
                "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
                "EMAIL_HOST": parts.hostname,
                "EMAIL_PORT": port,
                "EMAIL_HOST_USER": unquote(parts.username or ""),
                "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
                "EMAIL_USE_SSL": secure,
                "EMAIL_USE_TLS": not secure and query.get("tls", "1" if port == 587 else "0") in ("1", "yes"),
                "EMAIL_TIMEOUT": 20,
            }
    # The address is not repeated: it may hold a password, and this sentence goes into logs.
    raise ValueError(
        "EMAIL_URL is not understood: use smtp://USER:PASSWORD@HOST:587?tls=1, smtps://USER:PASSWORD@HOST:465,"
        " console: or file:///FOLDER"
    )
