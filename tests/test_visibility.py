"""Rules and lists agree, and every page, feed, card and file answers as they say: reader by reader, state by state."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from prakai.notes import actions, rules
from prakai.notes.models import Attachment, Note, Notebook, Tag
from prakai.notes.queries.media import find_attachment
from prakai.people.models import Person
from prakai.talk import rules as talk_rules
from prakai.talk.models import Appreciation, Comment, Conversation
from prakai.web.feeds.maps import MAP_SIZE
from tests.factories.notes import bring, make_brought, make_note, make_notebook
from tests.factories.people import make_person
from tests.factories.talk import put_comment
from tests.factories.units import make_unit

READERS = (
    "visitor", "member", "colleague", "nurse", "coauthor", "teller", "author", "importer", "steward", "inactive",
    "inactive_colleague",
)  # fmt: skip
AUDIENCES = ("public", "members", "unit")
WRITERS = {"author", "coauthor", "teller"}
MEMBERS = set(READERS) - {"visitor", "inactive", "inactive_colleague"}
CIRCLE = {"colleague", "nurse", "author"}


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (30, 20), (9, 90, 60)).save(file, "PNG")
    file.seek(0)
    return file


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    """One note in each state for each audience, with a picture, a tag, a comment and an appreciation of its own."""
    hospital = make_unit("โรงพยาบาลดอยคำ")
    ward = make_unit("หอผู้ป่วยดอยคำ", parent=hospital)
    people: dict[str, Person | None] = {
        "visitor": None,
        "member": make_person("สมชาย", unit=make_unit("เทศบาลเมืองคลองลำพู")),
        "colleague": make_person("วันดี", unit=hospital),
        "nurse": make_person("นภา", unit=ward),
        "coauthor": make_person("ร่วม"),
        "teller": make_person("ผู้เล่า"),
        "author": make_person("มาลี", unit=hospital),
        "importer": make_person("ผู้นำเข้า"),
        "steward": make_person("ประสาน", steward=True),
        "inactive": make_person("รอรับ", is_active=False),
        "inactive_colleague": make_person("พักงาน", unit=hospital, is_active=False),
    }
    author, member = people["author"], people["member"]
    assert author is not None
    assert member is not None
    notes: dict[str, Note] = {}
    for audience, state in product(AUDIENCES, ("draft", "published", "withdrawn")):
        name = f"{state}-{audience}"
        note = make_note(
            author,
            f"เรื่อง{name}",
            audience=audience,
            tags=[f"คำ{name}"],
            notebook=make_notebook(author, f"สมุด{name}"),
            coauthors=[people["coauthor"]],
            teller=people["teller"],
            publish=False,
        )
        actions.attach(picture(), name=f"{name}.png", by=author, note=note)
        put_comment(note.conversation, member, body=f"<p>ความเห็น{name}</p>")
        Appreciation.objects.create(conversation=note.conversation, by=people["steward"], saw=f"ชม{name}")
        if state != "draft":
            actions.publish_note(note, by=author)
        if state == "withdrawn":
            actions.withdraw_note(note, by=author)
        notes[name] = note
    importer = people["importer"]
    assert importer is not None
    for audience in AUDIENCES:
        brought = make_brought(f"เรื่องbrought-{audience}", audience=audience, author_name="ไม่รู้จัก")
        notebook = make_notebook(importer, f"สมุดbrought-{audience}")
        notes[f"brought-{audience}"] = bring(brought, importer, notebook=notebook)
    return SimpleNamespace(people=people, notes=notes, hospital=hospital, ward=ward)


def should_read(reader: str, name: str) -> bool:
    """What is promised, said once more in other words than the rules'."""
    state, audience = name.split("-")
    if state == "brought":
        if reader == "importer":
            return True
        state, circle = "published", set()
    else:
        if reader in WRITERS:
            return True
        circle = CIRCLE
    if state != "published":
        return False
    return {"public": set(READERS), "members": MEMBERS, "unit": circle}[audience].__contains__(reader)


def clients(world: SimpleNamespace) -> Iterator[tuple[str, Client]]:
    for name in READERS:
        client = Client()
        if (person := world.people[name]) is not None:
            client.force_login(person)
        yield name, client


def test_notes_rule_and_list_agree_with_the_promise(world: SimpleNamespace) -> None:
    promised, ruled, listed = {}, {}, {}
    for (who, reader), (name, note) in product(world.people.items(), world.notes.items()):
        promised[who, name] = should_read(who, name)
        ruled[who, name] = bool(rules.may_read(reader, note))
        listed[who, name] = Note.objects.visible_to(reader).filter(pk=note.pk).exists()
    assert ruled == promised
    assert listed == promised


def test_lists_show_what_stands_before_the_reader_as_one_of_its_audience(world: SimpleNamespace) -> None:
    for who, reader in world.people.items():
        audience = {name for name in world.notes if name.startswith(("published", "brought"))}
        audience -= {name for name in audience if "members" in name and who not in MEMBERS}
        audience -= {
            name for name in audience if "unit" in name and (who not in CIRCLE or name.startswith("brought"))
        }
        assert set(Note.objects.readable_by(reader)) == {world.notes[name] for name in audience}, who


def test_notebooks_rule_and_list_agree(world: SimpleNamespace) -> None:
    make_notebook(world.people["member"], "ว่าง")
    make_notebook(world.people["colleague"], "ของหน่วย", unit=world.hospital)
    for reader in world.people.values():
        listed = set(Notebook.objects.visible_to(reader).values_list("title", flat=True))
        ruled = {book.title for book in Notebook.objects.all() if rules.may_read_notebook(reader, book)}
        assert ruled == listed
    assert bool(rules.may_read_notebook(world.people["nurse"], Notebook.objects.get(title="ของหน่วย"))) is True
    assert (
        bool(rules.may_read_notebook(world.people["member"], Notebook.objects.get(title="ของหน่วย"))) is False
    )


def test_talk_rules_and_lists_agree(world: SimpleNamespace) -> None:
    now = timezone.now()
    for note in list(world.notes.values()):
        for state in ({}, {"is_held": True}, {"hidden_at": now}, {"withdrawn_at": now}):
            put_comment(note.conversation, world.people["colleague"], **state)
        make = Appreciation.objects.create
        make(conversation=note.conversation, by=world.people["colleague"], saw="ส่วนตัว", is_private=True)
        make(conversation=note.conversation, by=world.people["colleague"], saw="เก็บไว้", kept_at=now)
    for reader in world.people.values():
        pairs = (
            (Conversation, talk_rules.may_read),
            (Comment, talk_rules.may_read_comment),
            (Appreciation, talk_rules.may_read_appreciation),
        )
        for table, rule in pairs:
            ruled = {row.pk for row in table._default_manager.all() if rule(reader, row)}  # type: ignore[operator]
            listed = set(table.objects.visible_to(reader).values_list("pk", flat=True))  # type: ignore[attr-defined]
            assert ruled == listed, (str(reader), table.__name__)


def test_talk_is_open_to_those_who_may_read_the_note(world: SimpleNamespace) -> None:
    for (who, reader), (name, note) in product(world.people.items(), world.notes.items()):
        assert bool(talk_rules.may_read(reader, note.conversation)) == should_read(who, name), (who, name)


def test_note_pages_answer_as_the_rule_says(world: SimpleNamespace) -> None:
    wrong = []
    for who, client in clients(world):
        for name, note in world.notes.items():
            answer = client.get(note.get_absolute_url())
            told = answer.content.decode()
            expected = {200} if should_read(who, name) else {404}
            if name.startswith("withdrawn"):
                # Who could read it is told that it is gone; its writers are told so or see it.
                could = should_read(who, name.replace("withdrawn", "published"))
                expected = {200, 410} if who in WRITERS else {410 if could else 404}
            leaks = not should_read(who, name) and 410 not in expected and f"เรื่อง{name}" in told
            if answer.status_code not in expected or leaks:
                wrong.append((who, name, answer.status_code, expected, leaks))
    assert wrong == []


def test_pictures_answer_as_the_rule_says(world: SimpleNamespace) -> None:
    wrong = []
    for who, client in clients(world):
        reader = world.people[who]
        for row in Attachment.objects.select_related("note"):
            name = row.name.removesuffix(".png")
            found = find_attachment(row.public_id, reader) is not None
            answer = client.get(row.get_absolute_url())
            answer.close()
            if (found, answer.status_code) != ((True, 200) if should_read(who, name) else (False, 404)):
                wrong.append((who, name, found, answer.status_code))
    assert wrong == []


def test_cards_are_for_what_everybody_may_read(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prakai.web.feeds import cards

    made: list[str] = []
    monkeypatch.setattr(cards, "_picture", lambda told: made.append(told["title"]) or b"picture")
    for name, note in world.notes.items():
        for client in (Client(), Client()):
            client.force_login(world.people["author"])
            status = client.get(f"/cards/notes/{note.number}.png").status_code
            assert status == (200 if name in ("published-public", "brought-public") else 404), name
    assert set(made) == {"เรื่องpublished-public", "เรื่องbrought-public"}


def map_of(note: Note) -> str:
    """The sitemap that names the note: PostgreSQL goes on counting where an earlier test made a hundred thousand."""
    return f"/sitemap-notes-{note.number // MAP_SIZE}.xml"


def test_no_page_names_what_its_reader_may_not_read(world: SimpleNamespace) -> None:
    """Titles, tags, notebooks, comments and praise of a note are nowhere for whom the note is nowhere."""
    author = world.people["author"]
    tags = [f"/tags/{tag.pk}" for tag in Tag.objects.all()]
    books = [f"/notebooks/{book.pk}" for book in Notebook.objects.all()]
    feeds = ["all", f"units/{world.hospital.pk}", f"people/{author.public_id}"]
    feeds += [f"notebooks/{book.pk}" for book in Notebook.objects.all()]
    feeds += [f"tags/{tag.pk}" for tag in Tag.objects.all()]
    feeds += [f"notes/{note.number}/comments" for note in world.notes.values()]
    public = [f"/feeds/{feed}.{kind}" for feed, kind in product(feeds, ("rss", "atom", "json"))]
    public += [
        "/sitemap.xml",
        "/sitemap-places.xml",
        *sorted({map_of(note) for note in world.notes.values()}),
    ]
    pages = [
        "/",
        "/notes",
        "/tags",
        f"/units/{world.hospital.pk}",
        f"/people/{author.public_id}",
        "/search?q=เรื่อง",
    ]
    pages += ["/search?q=คำ", "/search?q=ความเห็น", "/desk", "/desk/replies", *tags, *books]
    wrong = []
    for who, client in clients(world):
        paths = pages + (public if who in ("visitor", "author") else [])
        for path in paths:
            told = client.get(path, follow=True).content.decode()
            for name in world.notes:
                hidden = not should_read(who, name) or (path in public and name not in OPEN)
                if hidden:
                    wrong += [(who, path, word + name) for word in WORDS if f"{word}{name}" in told]
    assert wrong == []


OPEN = ("published-public", "brought-public")
WORDS = ("เรื่อง", "คำ", "สมุด", "ความเห็น", "ชม")


def test_what_everybody_may_read_is_told_everywhere(world: SimpleNamespace) -> None:
    client, note = Client(), world.notes["published-public"]
    for path in ("/", "/feeds/all.atom", "/feeds/all.rss", f"/feeds/units/{world.hospital.pk}.atom"):
        assert "เรื่องpublished-public" in client.get(path).content.decode(), path
    assert f"/notes/{note.number}-" in client.get(map_of(note)).content.decode()
    page = client.get(note.get_absolute_url()).content.decode()
    assert [word for word in WORDS if f"{word}published-public" not in page] == []
