"""The signed words in the address of a gentle question: for one promise and one occasion, without signing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core import signing

from prakai.forums.models import AFTER_DAYS, Promise

_SALT: Final = "forums.promise"
HOLDS: Final = timedelta(days=60)


def promise_word(promise: Promise, after: int) -> str:
    """Return what stands in the address; it holds for 60 days."""
    return signing.dumps([promise.public_id, after], salt=_SALT)


def promise_asked(word: str) -> tuple[Promise, int] | None:
    """Return the promise and the days; ``None`` for a word that was not made here, or for a promise that is gone.

    Raises ``signing.SignatureExpired`` when the word is too old.
    """
    try:
        public_id, after = signing.loads(word, salt=_SALT, max_age=HOLDS)
    except signing.SignatureExpired:
        raise
    except signing.BadSignature:
        return None
    rows = Promise.objects.standing().select_related("review__forum", "voice")
    promise = rows.filter(public_id=public_id).first() if after in AFTER_DAYS else None
    return (promise, after) if promise is not None else None
