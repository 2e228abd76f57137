"""Letters leave here, by the task queue: a mail server may be slow or away, and nobody may have to wait for it.

The follower that wants a letter writes the task together with its cursor, so that each letter is wanted once. Sending
holds no transaction. What cannot be sent now is tried again over a day, then left among the failed tasks, where
``prakai doctor`` sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.utils import timezone
from django_tasks import task

from prakai.mail.letters import send_letter
from prakai.people.models import Person

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=20),
)


def send_or_again(sending: Callable[[], bool], later: Any, *words: Any, tried: int) -> bool:
    """Send a letter and return whether it left; where the mail server cannot take it now, want the task once more.

    ``later`` is that task and ``words`` what it was given, before how often it was ``tried``. What was tried for a day
    is left among the failed ones, with what the mail server said.
    """
    try:
        return sending()
    except (OSError, SMTPException):
        if tried >= len(WAITS):
            raise
        later.using(run_after=timezone.now() + WAITS[tried]).enqueue(*words, tried + 1)
        return False


@task()
def deliver(
    letter: str, person_id: int, key: str, asking_id: int = 0, because: str = "", tried: int = 0
) -> bool:
    """Send ``letter`` to the person; return whether it left. ``key`` names its occasion (see ``send_letter``)."""
    person = Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
    asking = Person.objects.filter(pk=asking_id, erased_at__isnull=True).first() if asking_id else None
    if person is None or (asking_id and asking is None):
        return False
    return send_or_again(
        lambda: send_letter(letter, person, key=key, asking=asking, because=because),
        deliver,
        *(letter, person_id, key, asking_id, because),
        tried=tried,
    )
