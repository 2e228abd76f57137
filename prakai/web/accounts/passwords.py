"""What we ask of a password beside its length, in our own words."""

from __future__ import annotations

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.utils.translation import pgettext


class UnlikeOneself(UserAttributeSimilarityValidator):
    """Not like one's name or address. Django's own sentence names the field as the table calls it, in English."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "given_th", "family_th", "given_en", "family_en"))

    def get_error_message(self) -> str:
        """Return why, and what to do."""
        return pgettext(
            "password",
            "This is too much like your name or e-mail; others can guess it. Please use other words.",
        )
