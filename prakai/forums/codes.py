"""Join codes: five characters that are read aloud in a hall and typed on a phone."""

from __future__ import annotations

import secrets

from prakai.thai.digits import to_arabic

# No vowels, so that no word comes about by chance; nothing that looks like something else (0 o, 1 l i, 2 z, 5 s, 8 b).
ALPHABET = "34679cdfghjkmnpqrtvwxy"
LENGTH = 5


def join_code() -> str:
    """Return a new random code of 5 characters (more than five million of them; who may come in decides the forum)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_in(typed: str) -> str:
    """Return the code that was meant: small letters, Arabic digits, without spaces and dashes; empty if it is none."""
    if len(typed) > 100:
        return ""
    letters = "".join(letter for letter in to_arabic(typed).casefold() if letter.isalnum())
    return letters if len(letters) == LENGTH and all(letter in ALPHABET for letter in letters) else ""
