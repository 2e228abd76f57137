"""Public ids: short, random, readable aloud, never guessable from one another."""

from __future__ import annotations

import secrets

# Crockford's base 32 without the letters that people misread (I, L, O, U).
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def public_id() -> str:
    """Return a new random id of 12 characters (60 bits), safe in addresses and file names."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
