"""A way back: the link by which somebody who forgot her password chooses a new one, given from hand to hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int, int_to_base36

from prakai.people.models import Person

HOLDS: Final = timedelta(hours=8)


class WaysBack(PasswordResetTokenGenerator):
    """Tokens that hold for some hours and until she signs in, or changes password or address; none is kept.

    They are not those of a letter: who has one has shown to a steward who she is, not that the address is hers.
    """

    key_salt = "prakai.people.way_back"

    def check_token(self, user: Any, token: str | None) -> bool:
        """Return whether ``token`` is hers and still holds."""
        if not token or not super().check_token(user, token):
            return False
        made = base36_to_int(token.partition("-")[0])
        return self._num_seconds(self._now()) - made <= HOLDS.total_seconds()


ways_back: Final = WaysBack()


def way_back_for(person: Person) -> str:
    """Return the path of a new way back for ``person``."""
    return f"/accounts/password/reset/key/{int_to_base36(person.pk)}-{ways_back.make_token(person)}/"
