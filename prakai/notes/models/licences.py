"""Licences: what others may do with a note."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Licence(models.TextChoices):
    """All rights reserved, and the Creative Commons set (version 4.0)."""

    ARR = "arr", pgettext_lazy("licence", "all rights reserved")
    CC_BY = "cc-by", pgettext_lazy("licence", "Creative Commons: name the author")
    CC_BY_SA = "cc-by-sa", pgettext_lazy("licence", "Creative Commons: name the author, share alike")
    CC_BY_NC = "cc-by-nc", pgettext_lazy("licence", "Creative Commons: name the author, not for sale")
    CC_BY_NC_SA = (
        "cc-by-nc-sa",
        pgettext_lazy("licence", "Creative Commons: name the author, not for sale, share alike"),
    )
    CC_BY_ND = "cc-by-nd", pgettext_lazy("licence", "Creative Commons: name the author, unchanged")
    CC_BY_NC_ND = (
        "cc-by-nc-nd",
        pgettext_lazy("licence", "Creative Commons: name the author, not for sale, unchanged"),
    )
    CC0 = "cc0", pgettext_lazy("licence", "Creative Commons zero: no rights reserved")

    @property
    def grants_reuse(self) -> bool:
        """Whether the whole text may be shown and fed onwards by others."""
        return self != Licence.ARR

    @property
    def short(self) -> str:
        """How the licence is called everywhere ("CC BY-SA 4.0"); empty where there is none."""
        if self == Licence.ARR:
            return ""
        return "CC0 1.0" if self == Licence.CC0 else f"{self.value.upper().replace('-', ' ', 1)} 4.0"

    @property
    def address(self) -> str:
        """The licence's own page, empty where there is none."""
        if self == Licence.ARR:
            return ""
        if self == Licence.CC0:
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        return f"https://creativecommons.org/licenses/{self.value.removeprefix('cc-')}/4.0/"
