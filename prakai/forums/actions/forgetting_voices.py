"""What becomes of a person's answers and promises when she asks to be forgotten: part of ``person.erased``."""

from __future__ import annotations

from datetime import datetime

from prakai.forums.actions.promising import empty_promise
from prakai.forums.models import Answer, Promise, Voice


def forget_voices(person_id: int, *, name: str, emptied: bool, at: datetime) -> None:
    """Let her answers stay under her name or under none, or go; promises go in any case: they were hers alone."""
    voices = Voice.objects.filter(person_id=person_id)
    for promise in Promise.objects.standing().filter(voice__in=voices):
        empty_promise(promise, at)
    answers = Answer.objects.filter(voice__in=voices)
    if emptied:
        answers.update(words="", name="", pattern=None, withdrawn_at=at)
    else:
        answers.exclude(name="").update(name=name[:120])
    voices.exclude(name="").update(name="" if emptied else name[:120])
    voices.update(person=None, participant=None)
