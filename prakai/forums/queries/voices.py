"""Who writes in a review: found by her account, or by what her phone keeps."""

from __future__ import annotations

import hashlib

from prakai.forums.models import Review, Voice
from prakai.people.models import Person


def token_hash(token: str) -> str:
    """Return what is kept of the token in a phone: not enough to write in its place."""
    return hashlib.sha256(f"review:{token}".encode()).hexdigest() if token else ""


def voice_of(review: Review, *, person: Person | None, token: str = "") -> Voice | None:
    """Return the voice of this person, else of this phone, if it has come in."""
    rows = Voice.objects.filter(review=review).select_related("review__forum")
    found = rows.filter(person=person).first() if person is not None else None
    if found is None and token:
        found = rows.filter(token_hash=token_hash(token)).first()
    return found
