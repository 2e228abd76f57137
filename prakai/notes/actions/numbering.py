"""Running numbers: one for each note, for life, around those that imported notes brought along."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, Min, OuterRef

from prakai.notes.models import Note, Numeral


def next_number() -> int:
    """Return the next running number of the site that no imported note has taken; each is given once only."""
    while True:
        number = Numeral.objects.create().pk
        if not Note.objects.filter(number=number).exists():
            return number
        _go_to(_end_of_row(number))


def save_numbered(note: Note) -> None:
    """Save a new note; when somebody else takes its number at this very moment, under the next free one."""
    while True:
        try:
            with transaction.atomic():
                note.save()
        except IntegrityError:
            if not Note.objects.filter(number=note.number).exists():
                raise
            note.number = next_number()
        else:
            return


def _end_of_row(number: int) -> int:
    """Return the last of the taken numbers that follow one another from ``number``: an import may fill thousands."""
    following = Note.objects.filter(number=OuterRef("number") + 1)
    ends = Note.objects.filter(~Exists(following), number__gte=number).aggregate(end=Min(F("number")))
    return int(ends["end"] or number)


def _go_to(number: int) -> None:
    """Let the next running number come after ``number``; it never goes back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            sequence = "pg_get_serial_sequence('notes_numeral', 'id')"
            cursor.execute(f"SELECT setval({sequence}, GREATEST(%s, nextval({sequence})))", [number])
    else:
        Numeral.objects.get_or_create(pk=number)
