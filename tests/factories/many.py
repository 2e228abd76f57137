"""Very many notes in seconds: rows made inside the database from one example of each table."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.utils import timezone

from prakai.notes.models import Note, Numeral, Publication, Tag, Tagging, Withdrawal
from prakai.people.models import Person
from prakai.talk.models import Comment, Conversation, Notice
from tests.factories.notes import make_notebook
from tests.factories.people import make_person
from tests.factories.units import make_unit

MINUTES = 540
"""Minutes between two notes: a thousand are a good year."""


def ago(minutes: str) -> str:
    """SQL of the moment so many minutes ago."""
    if connection.vendor == "sqlite":
        return f"strftime('%Y-%m-%d %H:%M:%S', 'now', '-' || ({minutes}) || ' minutes')"
    return f"(now() - ({minutes}) * interval '1 minute')"


def multiply(example: models.Model, times: int, /, **columns: str) -> None:
    """Insert ``times`` rows like ``example``; ``columns`` are SQL over ``i``, which runs from 0."""
    table = example._meta
    where = columns.pop("where", "true").replace("%", "%%")
    values: dict[str, str] = {}
    params: list[Any] = []
    for field in table.concrete_fields:
        if field.attname in columns:
            values[field.column] = columns[field.attname].replace("%", "%%")
        elif not field.primary_key:
            values[field.column] = "%s"
            params.append(field.get_db_prep_save(getattr(example, field.attname), connection))
    names = ", ".join(f'"{name}"' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE steps(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM steps WHERE i < %s) "
            f'INSERT INTO "{table.db_table}" ({names}) SELECT {", ".join(values.values())} FROM steps WHERE {where}',
            [times - 1, *params],
        )


def make_many(number: int) -> dict[str, Any]:
    """Make ``number`` notes with talk, tags and notices; return who and what stands in the tests.

    Fifty authors take turns; one note of 20 is for a unit, three for members, one withdrawn, one a draft.
    """
    units = [make_unit(f"หน่วยงานที่ {n}") for n in range(20)]
    people = [make_person(f"คนที่ {n}", unit=units[n % 20]) for n in range(50)]
    books = [make_notebook(person, f"สมุดที่ {n}") for n, person in enumerate(people)]
    tags = [Tag.objects.create(key=f"คำ{n}", label=f"คำ{n}") for n in range(50)]
    now = timezone.now()
    talk = Conversation.objects.create(title="เรื่อง", address="/notes/0", is_shown=True)
    last_talk, last_note = talk.pk, 0
    audience = "CASE WHEN i % 20 = 0 THEN 'unit' WHEN i % 20 < 4 THEN 'members' ELSE 'public' END"
    unit = f"{units[0].pk} + i % 20"
    multiply(talk, number, audience=audience, unit_id=unit)
    published = f"CASE WHEN i % 20 = 18 THEN NULL ELSE {ago(f'{MINUTES} * i + 60')} END"
    example = Note(
        number=0, title="เก้าอี้หกตัว", slug="เก้าอี้หกตัว", body="<p>คำ</p>" * 20, plain="คำ" * 60, version=1,
        notebook=books[0], author=people[0], unit=units[0], conversation=talk,
    )  # fmt: skip
    multiply(
        example,
        number,
        number="i + 1",
        kind="CASE WHEN i % 50 = 7 THEN 'link' WHEN i % 3 = 0 THEN 'journal' ELSE 'how' END",
        audience=audience,
        unit_id=unit,
        notebook_id=f"{books[0].pk} + i % 50",
        author_id=f"{people[0].pk} + i % 50",
        teller_id=f"CASE WHEN i % 10 = 3 THEN {people[0].pk} + (i + 1) % 50 END",
        conversation_id=f"{last_talk + 1} + i",
        series="CASE WHEN i % 4 = 1 THEN 'ชุดที่ ' || (i % 50) ELSE '' END",
        written_at=ago(f"{MINUTES} * i + 90"),
        published_at=published,
        raised_at=published,
        withdrawn_at=f"CASE WHEN i % 20 = 19 THEN {ago(f'{MINUTES} * i + 30')} END",
    )
    first = Note.objects.order_by("pk").values_list("pk", flat=True)[0]
    multiply(
        Publication(at=now), number, note_id=f"{first} + i", by_id=str(people[0].pk), where="i % 20 <> 18"
    )
    multiply(
        Withdrawal(because="ไม่พร้อม"),
        number,
        note_id=f"{first} + i",
        by_id=str(people[0].pk),
        at=ago(f"{MINUTES} * i + 30"),
        where="i % 20 = 19",
    )
    listed = f"CASE WHEN i % 20 >= 18 THEN NULL ELSE {ago(f'{MINUTES} * i + 60')} END"
    # Everybody uses the first tag; each of the others stands on one note of fifty.
    multiply(Tagging(), number, note_id=f"{first} + i", tag_id=str(tags[0].pk), listed_at=listed)
    multiply(
        Tagging(place=1),
        number,
        note_id=f"{first} + i",
        tag_id=f"{tags[0].pk} + i % 50",
        listed_at=listed,
        where="i % 50 <> 0",
    )
    multiply(
        Comment(body="<p>ขอบคุณ</p>"),
        number,
        conversation_id=f"{last_talk + 1} + i",
        by_id=f"{people[0].pk} + (i + 7) % 50",
        made_at=ago(f"{MINUTES} * i + 20"),
        where="i % 3 = 1",
    )
    comment = Comment.objects.order_by("pk").values_list("pk", flat=True)[0]
    multiply(
        Notice(kind="comment"),
        number,
        person_id=str(people[3].pk),
        entry_id="i + 1",
        at=ago(f"{MINUTES} * i + 20"),
        comment_id=f"{comment} + i / 3",
        conversation_id=f"{last_talk + 1} + i",
        where="i % 3 = 1",
    )
    multiply(Numeral(), number, id="i + 1")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence('notes_numeral', 'id'), %s)", [number])
            cursor.execute("ANALYZE")
    return {
        "member": Person.objects.get(pk=people[3].pk),
        "person": people[4],
        "unit": units[4],
        "notebook": books[4],
        "common": tags[0],
        "rare": tags[4],
        "note": Note.objects.select_related("conversation").get(pk=first + 4),
        "last": last_note,
    }
