"""A place with very many rows of every kind that search asks, and an index of a few hundred of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from prakai.journal.following import followers
from prakai.journal.models import Cursor, Entry
from prakai.journal.newest import newest_id
from prakai.notes.models import Attachment, Note, Tag
from prakai.notes.models.media import AttachmentKind
from prakai.people.models import Appointment, Person
from prakai.search.engine import the_engine
from prakai.search.models import AttachedText, Reading, SavedSearch
from prakai.search.sources import documents_of
from prakai.talk.models import Comment, Conversation
from prakai.units.models import FormerName, Unit
from tests.factories.many import ago, make_many, multiply
from tests.factories.notes import make_note

INDEXED = 400
"""Notes in the index: more than are told one by one, so that both ways of counting are taken."""
WAITING = 12
"""Entries that the index has not heard of."""


def many_findable(number: int) -> dict[str, Any]:
    """Make ``number`` notes and entries, half as many comments, and a tenth of units, people, tags, files, searches."""
    world = make_many(number)
    world |= _named(number // 10)
    _files(number // 10)
    _together(world["person"], number)
    _searches(world["member"], number // 10)
    multiply(
        Entry(thing_kind="notes.note", thing_id=0, at=timezone.now()),
        number,
        verb="CASE WHEN i % 3 = 0 THEN 'note.published' ELSE 'note.appreciated' END",
        thing_id="1000000000 + i",
        at=ago("200 + i"),
    )
    Cursor.objects.bulk_create(Cursor(follower=one.name, last_id=newest_id()) for one in followers())
    _index(world)
    world["now"] = timezone.now()
    world["then"] = world["now"] - timedelta(days=2)
    world["client"], world["members_client"] = Client(), Client()
    world["members_client"].force_login(world["member"])
    world["waiting"] = [
        make_note(world["person"], f"เก้าอี้ตัวใหม่ที่ {n}", tags=["คำ0"], unit=world["unit"])
        for n in range(WAITING)
    ]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return world


def _named(number: int) -> dict[str, Any]:
    """Units with former names, people in them, and tags that stand on nothing."""
    unit, person, tag = Unit.objects.latest("pk"), Person.objects.latest("pk"), Tag.objects.latest("pk")
    unit.pk = person.pk = tag.pk = None
    multiply(
        unit,
        number,
        public_id="'u' || (1000000 + i)",
        name_th="'สำนักงานที่ ' || i",
        folded="'สำนักงานที่ ' || i",
        path="(1000000 + i) || '.'",
    )
    first_unit = Unit.objects.get(public_id="u1000000").pk
    former = FormerName(name_th="เดิม", until_on=timezone.localdate())
    multiply(former, number, unit_id=f"{first_unit} + i", folded="'ชื่อเดิมที่ ' || i")
    multiply(
        person,
        number,
        public_id="'p' || (1000000 + i)",
        email="'p' || i || '@x.example'",
        folded="'คนใหม่ที่ ' || i",
    )
    first_person = Person.objects.get(public_id="p1000000").pk
    post = Appointment(position_th="พนักงาน", confirmed_at=timezone.now())
    multiply(post, number, person_id=f"{first_person} + i", unit_id=f"{first_unit} + i")
    multiply(tag, number, key="'ใหม่' || i", label="'ใหม่' || i", slug="'ใหม่' || i")
    return {"some_units": first_unit, "some_people": first_person}


def _files(number: int) -> None:
    first = Note.objects.earliest("pk").pk
    file = Attachment(
        kind=AttachmentKind.FILE, file="a.pdf", name="a.pdf", media_type="application/pdf", size=9
    )
    multiply(file, number, public_id="'f' || (1000000 + i)", note_id=f"{first} + i * 10", digest="'d' || i")
    attached = Attachment.objects.earliest("pk").pk
    text = AttachedText(state=Reading.READ, text="ข้อความในไฟล์ " * 20)
    multiply(text, number, attachment_id=f"{attached} + i")


def _together(person: Person, number: int) -> None:
    """A co-author for every second note, and a host for every conversation."""
    note, talk = Note.objects.earliest("pk").pk, Conversation.objects.earliest("pk").pk
    person_id = f"{person.pk} + i % 40"
    multiply(Note.coauthors.through(), number, note_id=f"{note} + i", person_id=person_id, where="i % 2 = 0")
    hosts = Conversation.hosts.through()
    multiply(hosts, number, conversation_id=f"{talk} + i", person_id=person_id)


def _searches(member: Person, number: int) -> None:
    """One member keeps twenty searches; the others one each. All were told today but the last twenty."""
    first = Person.objects.get(public_id="p1000000").pk
    told = f"CASE WHEN i % {max(1, number // 20)} = 0 THEN {ago('2880')} ELSE {ago('10')} END"
    kept = SavedSearch(text="เก้าอี้", chosen={"kind": ["note"]})
    multiply(
        kept, number, public_id="'s' || (1000000 + i) || 'xxxx'", person_id=f"{first} + i", told_until=told
    )
    for n in range(20):
        SavedSearch.objects.create(person=member, text=f"เก้าอี้ {n}", chosen={"tag": ["1"], "unit": ["1"]})


def _index(world: dict[str, Any]) -> None:
    """Put some of each kind into an index; it knows of all that the journal has told so far."""
    some: dict[str, int] = {"note": INDEXED, "comment": 60, "unit": 40, "person": 40, "tag": 40}
    tables: dict[str, Any] = {
        "note": Note,
        "comment": Comment,
        "unit": Unit,
        "person": Person,
        "tag": Tag,
    }
    keys = [
        f"{kind}:{pk}"
        for kind, most in some.items()
        for pk in tables[kind].objects.order_by("pk").values_list("pk", flat=True)[:most]
    ]
    world["keys"] = keys
    world["hits"] = [key for key in keys if int(key.partition(":")[2]) % 3 == 0][:160]
    the_engine().build(lambda done: [documents_of(keys)], newest_id, told=lambda made: None)
