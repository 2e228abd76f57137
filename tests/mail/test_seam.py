"""What EMAIL_URL chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from prakai.mail.seam import mail_at

DATA = Path("/somewhere")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"EMAIL_FILE_PATH": "/somewhere/mail"}),
        ("file:", {"EMAIL_FILE_PATH": "/somewhere/mail"}),
        ("file:///var/letters%20out", {"EMAIL_FILE_PATH": "/var/letters out"}),
        ("console:", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
        (
            "smtp://user%40x.th:p%40ss@mail.example:587?tls=1",
            {
                "EMAIL_HOST": "mail.example",
                "EMAIL_PORT": 587,
                "EMAIL_HOST_USER": "user@x.th",
                "EMAIL_HOST_PASSWORD": "p@ss",
                "EMAIL_USE_TLS": True,
                "EMAIL_USE_SSL": False,
            },
        ),
        ("smtp://mail.example", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True}),
        ("smtp://mail.example:25", {"EMAIL_PORT": 25, "EMAIL_USE_TLS": False}),
        ("smtps://mail.example", {"EMAIL_PORT": 465, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}),
    ],
)
def test_mail_at_when_address_is_understood(url: str, expected: dict[str, object]) -> None:
    chosen = mail_at(url, DATA)
    assert {name: chosen[name] for name in expected} == expected


@pytest.mark.parametrize("url", ["mail.example", "http://x", "smtp:", "smtp://h:99999", "smtp://u:secret@"])
def test_mail_at_when_address_is_not_understood(url: str) -> None:
    with pytest.raises(ValueError, match="EMAIL_URL") as trouble:
        mail_at(url, DATA)
    assert "secret" not in str(trouble.value)
