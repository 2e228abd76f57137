"""Letters leave here, by the task queue: a mail server may be slow or away, and nobody may have to wait for it.

The follower that wants a letter writes the task together with its cursor, so that each letter is wanted once. Sending
holds no transaction. What cannot be sent now is tried again over a day, then left among the failed tasks, where
``prakai doctor`` sees it.
"""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

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


@task()
def deliver(
    letter: str, person_id: int, key: str, asking_id: int = 0, because: str = "", tried: int = 0
) -> bool:
    """Send ``letter`` to the person; return whether it left. ``key`` names its occasion (see ``send_letter``)."""
    person = Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
    asking = Person.objects.filter(pk=asking_id, erased_at__isnull=True).first() if asking_id else None
    if person is None or (asking_id and asking is None):
        return False
    try:
        return send_letter(letter, person, key=key, asking=asking, because=because)
    except (OSError, SMTPException):
        if tried >= len(WAITS):
            raise
        later = deliver.using(run_after=timezone.now() + WAITS[tried])
        later.enqueue(letter, person_id, key, asking_id, because, tried + 1)
        return False
