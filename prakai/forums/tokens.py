"""Tokens: how somebody without an account proves that a seat is hers. Nobody can make one up."""

from __future__ import annotations

from django.core import signing

from prakai.forums.models import Participant

_SALT = "prakai.forums.seat"


def seat_token(participant: Participant) -> str:
    """Return the token of a seat, for the address that its owner keeps."""
    return signing.Signer(salt=_SALT).sign(participant.public_id).partition(":")[2]


def opens_seat(participant: Participant, token: str) -> bool:
    """Return whether ``token`` is this seat's own. A member's seat has none: she signs in."""
    if not token or participant.person_id is not None:
        return False
    try:
        signing.Signer(salt=_SALT).unsign(f"{participant.public_id}:{token[:100]}")
    except signing.BadSignature:
        return False
    return True
