"""What has a Thai name and perhaps an English one, as a reader of either language is told it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language


class TwoNames:
    """For a table with the columns ``name_th`` and ``name_en``, of which the second may be empty."""

    name_th: Any
    name_en: Any

    @property
    def name(self) -> str:
        """The name in the language of the moment, in Thai where there is no other."""
        is_english = (get_language() or "th").startswith("en")
        return str((self.name_en or self.name_th) if is_english else self.name_th)

    @property
    def name_language(self) -> str:
        """The language of ``name``: "th" also on an English page where there is no English name."""
        return "en" if self.name_en and self.name == self.name_en else "th"

    @property
    def other_name(self) -> str:
        """The name in the language that ``name`` is not in; empty where there is none."""
        return str(self.name_th if self.name_language == "en" else self.name_en)
