"""Letters that ask an author whether what she said at a forum may grow into a note of hers."""

from __future__ import annotations

from django_tasks import task

from prakai.forums.queries.growths import growth_waiting
from prakai.mail.letters import send_letter, site_address
from prakai.mail.tasks import send_or_again
from prakai.people.queries import takes_letters


@task()
def deliver_growth(growth_id: int, entry_id: int, tried: int = 0) -> bool:
    """Ask her; return whether the letter left. Nobody is asked who has answered, took it back or wants no letters."""
    growth = growth_waiting(growth_id)
    author = growth.author if growth is not None else None
    if growth is None or author is None or not takes_letters(author):
        return False
    asker = growth.asked_by
    return send_or_again(
        lambda: send_letter(
            "growth",
            author,
            key=f"entry-{entry_id}",
            forum=growth.thing.forum,
            asker=asker.display_name if asker is not None and asker.erased_at is None else "",
            link=f"{site_address()}{growth.get_absolute_url()}",
        ),
        deliver_growth,
        *(growth_id, entry_id),
        tried=tried,
    )
