"""Letters that ask gently what became of a promise: after 30, 90 and 180 days, to those who agreed to be asked.

That a question is due is written down in the same transaction as its task, so that it is asked once. Whether she still
wants it is looked up when the letter leaves.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django_tasks import task

from prakai.forums.actions import begin_askings
from prakai.forums.models import Promise
from prakai.forums.promise_words import promise_word
from prakai.mail.letters import send_letter, site_address
from prakai.mail.tasks import send_or_again
from prakai.people.models import Person


@transaction.atomic
def want_questions(*, now: datetime | None = None) -> int:
    """Write a task for each question that is due; return how many."""
    begun = begin_askings(by=None, at=now)
    for asking in begun:
        deliver_question.enqueue(asking.promise_id, asking.after)
    return len(begun)


@task()
def deliver_question(promise_id: int, after: int, tried: int = 0) -> bool:
    """Send the question; return whether it left. Nobody is asked who took the promise back or wants no letters."""
    rows = Promise.objects.standing().filter(pk=promise_id, reminds=True).exclude(news__after=after)
    promise = rows.select_related("voice__person", "review__forum").first()
    if promise is None:
        return False
    return send_or_again(
        lambda: send_letter(
            "promise",
            _addressee(promise),
            key=f"promise-{promise.public_id}-{after}",
            promise=promise,
            after=after,
            link=f"{site_address()}/promises/asked/{promise_word(promise, after)}",
        ),
        deliver_question,
        *(promise_id, after),
        tried=tried,
    )


def _addressee(promise: Promise) -> Person:
    """Return to whom the letter goes: the address left with the promise, else that of its owner's account."""
    owner = promise.voice.person
    if not promise.email and owner is not None:
        return owner
    return Person(
        email=promise.email,
        language=promise.language,
        given_th=promise.voice.name,
        public_id=promise.public_id,
    )
