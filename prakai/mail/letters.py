"""Writing and sending a letter: plain text, in the language of the one who gets it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from prakai.people.models import Person


def site_address() -> str:
    """Return the address under which people reach this place, without a slash at its end."""
    return settings.SITE_URL or "http://127.0.0.1:8000"


def send_letter(name: str, person: Person, *, key: str, stop: str = "", **words: Any) -> bool:
    """Send the letter ``mail/<name>.txt`` to ``person``; return false when she has no address.

    ``key`` names the occasion (a journal entry): sent again after a crash, the letter has the same Message-ID, so that
    a mailbox can see that it is one. The first line of the text is its subject. ``stop`` is the address that ends
    letters of this kind, by one press in the mailbox too (RFC 8058).
    """
    if not person.email:
        return False
    with override(person.language):
        about = {
            "person": person,
            "site_name": settings.SITE_NAME,
            "site_url": site_address(),
            "stop": stop,
            **words,
        }
        subject, _, body = render_to_string(f"mail/{name}.txt", about).strip().partition("\n")
    ending = (
        {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        if stop
        else {}
    )
    host = urlsplit(site_address()).hostname or "localhost"
    EmailMessage(
        subject.strip(),
        f"{body.strip()}\n",
        to=[person.email],
        headers={
            "Message-ID": f"<{key}.{person.public_id}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": person.language,
            **ending,
        },
    ).send()
    return True
