"""Who asked to be forgotten at one place stays forgotten there, whatever a file from elsewhere still knows of her."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prakai.exchange.forum_days.kinds import Kind, Row
from prakai.exchange.forum_days.reading import Told
from prakai.exchange.forum_days.writing import update
from prakai.forums.followers import forget_person
from prakai.journal.models import Entry
from prakai.people.models import Person

WITH = ("voice", "promise")
"""What hangs on a row of hers by one of these columns is hers, too."""


class Forgotten:
    """Rows of a file that belong to somebody who was erased here (``gone``, by the name that the file knows).

    What is here of her stays as the erasing left it, and is compared with nothing. What is new comes in, and is then
    treated as her wish was: under her name as words, under none, or emptied.
    """

    def __init__(self, gone: Mapping[str, Person]) -> None:
        self.gone = gone
        self.rows: set[int] = set()
        self.hers: dict[str, set[int]] = {}
        self.met: dict[int, Person] = {}

    def look(self, kind: Kind, told: Told, values: dict[str, Any]) -> None:
        """Remember that a row of the file is hers."""
        if not self.gone:
            return
        is_hers = told.columns.get("person") in self.gone
        for column in WITH:
            above = values.get(column)
            is_hers = is_hers or (above is not None and above.pk in self.hers.get(f"{column}s", ()))
        if is_hers:
            self.rows.add(id(told))

    def is_hers(self, told: Told) -> bool:
        """Return whether this row of the file is hers."""
        return id(told) in self.rows

    def came(self, kind: Kind, told: Told, row: Row) -> None:
        """Hers is here: let it lead to her empty shell, so that it is found and forgotten with the rest."""
        if not self.is_hers(told):
            return
        self.hers.setdefault(kind.key, set()).add(row.pk)
        person = self.gone.get(str(told.columns.get("person")))
        if person is not None:
            self.met[person.pk] = person
            if row.person_id != person.pk:
                row.person = person
                update([row], ["person"])

    def again(self) -> None:
        """Do once more what erasing her did at forums."""
        for entry in Entry.objects.filter(verb="person.erased", thing_id__in=list(self.met)).order_by("pk"):
            forget_person(entry)
