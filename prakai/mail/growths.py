"""Letters that ask an author whether what she said at a forum may grow into a note of hers."""

from __future__ import annotations

from smtplib import SMTPException

from django.utils import timezone
from django_tasks import task

from prakai.forums.queries.growths import growth_waiting
from prakai.mail.letters import send_letter, site_address
from prakai.mail.tasks import WAITS
from prakai.people.queries import takes_letters


@task()
def deliver_growth(growth_id: int, entry_id: int, tried: int = 0) -> bool:
    """Ask her; return whether the letter left. Nobody is asked who has answered, took it back or wants no letters."""
    growth = growth_waiting(growth_id)
    if growth is None or growth.author is None or not takes_letters(growth.author):
        return False
    asker = growth.asked_by
    try:
        return send_letter(
            "growth",
            growth.author,
            key=f"entry-{entry_id}",
            forum=growth.thing.forum,
            asker=asker.display_name if asker is not None and asker.erased_at is None else "",
            link=f"{site_address()}{growth.get_absolute_url()}",
        )
    except (OSError, SMTPException):
        if tried >= len(WAITS):
            raise
        deliver_growth.using(run_after=timezone.now() + WAITS[tried]).enqueue(growth_id, entry_id, tried + 1)
        return False
