"""Filling a place with many notes, fast: rows in bulk, for measuring how pages grow. Not a way in for real notes."""

from __future__ import annotations

import random
import sys
from datetime import timedelta

WORDS = (
    *("หน่วยงาน", "ประชาชน", "บริการ", "เวที", "เรียนรู้", "ประกาย", "คิว", "ห้องบัตร"),
    *("ครู", "นักเรียน", "น้ำ", "ตลาด", "ถนน", "เอกสาร", "ลดขั้นตอน"),
)


def fill(most: int) -> None:
    """Add public notes until the place holds ``most``; with comments under a tenth of them."""
    import django

    django.setup()
    from django.utils import timezone

    from prakai.notes.models import Note, Notebook, Publication, Tag, Tagging
    from prakai.people.models import Person
    from prakai.talk.models import Comment, Conversation

    chance = random.Random(2550)
    person = Person.objects.filter(is_demo=True).order_by("pk").first()
    notebook = Notebook.objects.filter(owner__isnull=False).order_by("pk").first()
    assert person is not None
    assert notebook is not None
    tags = list(Tag.objects.order_by("pk")[:40])
    now = timezone.now()
    start = (Note.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    missing = most - Note.objects.count()
    for first in range(0, max(missing, 0), 2000):
        size = min(2000, missing - first)
        numbers = range(start + first, start + first + size)
        talks = Conversation.objects.bulk_create(
            [Conversation(title=f"บันทึก {n}", address=f"/notes/{n}", is_shown=True) for n in numbers]
        )
        moments = [now - timedelta(days=30, minutes=7 * (missing - n + start)) for n in numbers]
        notes = Note.objects.bulk_create(
            Note(
                number=n,
                title=f"{chance.choice(WORDS)}{chance.choice(WORDS)} ครั้งที่ {n}",
                slug=f"ครั้งที่-{n}",
                body="<p>" + "".join(chance.choices(WORDS, k=40)) + "</p>",
                plain=" ".join(chance.choices(WORDS, k=40)),
                highlight="".join(chance.choices(WORDS, k=6)),
                notebook=notebook,
                author=person,
                unit_id=person.appointments.values_list("unit_id", flat=True).first(),
                conversation=talk,
                written_at=at,
                published_at=at,
                raised_at=at,
                version=1,
            )
            for n, talk, at in zip(numbers, talks, moments, strict=True)
        )
        Publication.objects.bulk_create(
            [Publication(note=note, by=person, at=note.written_at) for note in notes]
        )
        Tagging.objects.bulk_create([Tagging(note=note, tag=chance.choice(tags)) for note in notes])
        Comment.objects.bulk_create(
            [
                Comment(
                    conversation=note.conversation, by=person, body="<p>ขอบคุณครับ</p>", made_at=note.written_at
                )
                for note in notes[::10]
            ]
        )


if __name__ == "__main__":
    fill(int(sys.argv[1]))
