"""The words in an address by which a letter's reader ends such letters, without signing in."""

from __future__ import annotations

from django.core import signing

from prakai.people.models import Person

_SALT = "search.letters"


def stop_word(person: Person) -> str:
    """Return what stands in the address: signed, and for her alone. It never runs out, as the letters do not."""
    return signing.dumps(person.public_id, salt=_SALT)


def who_stops(word: str) -> Person | None:
    """Return whose letters ``word`` ends; ``None`` when it was not made here, or she has left."""
    try:
        public_id = signing.loads(word, salt=_SALT)
    except signing.BadSignature:
        return None
    return Person.objects.filter(public_id=public_id, erased_at__isnull=True).first()
