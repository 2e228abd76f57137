"""The demo network: large enough, the same each time, never from the future, and gone without a trace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core import mail
from django.db import models
from django.utils import timezone
from PIL import Image

from prakai.exchange.demo.loading import add_demo, demo_links, is_present
from prakai.exchange.demo.removing import remove_demo, reset_demo, take_demo_away
from prakai.journal.following import catch_up_all
from prakai.journal.models import Cursor, Entry
from prakai.networks.actions import end_membership, give_care, invite_member, join_network
from prakai.networks.models import Membership, Network, Stewardship
from prakai.networks.queries import network_page
from prakai.notes import actions
from prakai.notes.models import Note, Notebook
from prakai.people.actions import appoint
from prakai.people.models import Appointment, Person
from prakai.talk.models import Appreciation, Comment, Conversation, Notice
from prakai.talk.queries import Told, notices_of
from prakai.thai.folding import fold
from prakai.units.models import Unit
from tests.exchange.kept import ROOMS
from tests.factories.forums import make_forum
from tests.factories.networks import make_network
from tests.factories.notes import make_note, make_notebook
from tests.factories.people import make_person
from tests.factories.talk import make_appreciation, make_comment
from tests.factories.units import make_unit

NOW = datetime(2026, 6, 15, 5, 40, tzinfo=UTC)
Table = type[models.Model]


def tables() -> list[Table]:
    found = [
        table for room in ROOMS for table in apps.get_app_config(room).get_models(include_auto_created=True)
    ]
    return [table for table in found if table is not Cursor]


def rows(*, with_keys: bool = True) -> dict[str, list[str]]:
    """All rows of all rooms; without keys, so that two loads can be compared."""
    kept = {}
    for table in tables():
        names = [
            column.attname
            for column in table._meta.concrete_fields
            if with_keys or not (column.primary_key or column.is_relation or column.name in KEYS)
        ]
        kept[table._meta.label] = (
            sorted(repr(row) for row in table._default_manager.values_list(*names)) if names else []
        )
    return kept


# Columns that hold ids of rows, or paths and addresses made of them.
KEYS = {"thing_id", "by_id", "path", "facts", "entry_id", "number", "address", "body"}


@pytest.fixture
def demo(db: None) -> None:
    assert add_demo(now=NOW) is True


def test_it_is_as_large_as_promised(demo: None) -> None:
    assert Unit.objects.filter(is_demo=True).count() >= 24
    assert Unit.objects.filter(is_demo=True).exclude(province="").values("province").distinct().count() >= 4
    assert Person.objects.filter(is_demo=True).count() >= 60
    assert Note.objects.published().filter(is_demo=True).count() >= 40
    assert Comment.objects.shown().count() >= 150
    assert Appreciation.objects.count() >= 20
    assert [role for role, _ in demo_links()] == ["reader", "writer", "facilitator", "steward"]


def test_every_table_row_of_it_is_marked_or_hangs_on_one(demo: None) -> None:
    for table in (Unit, Person, Note, Notebook, Network):
        assert table._default_manager.filter(is_demo=False).count() == 0, table


def test_add_demo_twice_adds_once(demo: None) -> None:
    before = rows()
    assert add_demo(now=NOW) is False
    assert rows() == before


def test_the_same_moment_gives_the_same_rows(demo: None) -> None:
    first = rows(with_keys=False)
    bodies = sorted(Note.objects.values_list("title", "body", "slug"))
    addresses = sorted(Person.objects.values_list("public_id", "email"))
    remove_demo()
    add_demo(now=NOW)
    second = rows(with_keys=False)
    assert [label for label in first if first[label] != second[label]] == []
    assert sorted(Note.objects.values_list("title", "body", "slug")) == bodies
    assert sorted(Person.objects.values_list("public_id", "email")) == addresses


def test_nothing_comes_from_the_future(demo: None) -> None:
    late = []
    for table in tables():
        for column in table._meta.concrete_fields:
            if isinstance(column, models.DateTimeField):
                late += list(table._default_manager.filter(**{f"{column.name}__gt": NOW}))
            elif isinstance(column, models.DateField):
                late += list(table._default_manager.filter(**{f"{column.name}__gt": timezone.localdate(NOW)}))
    assert late == []


def test_nobody_signs_in_by_a_password(demo: None) -> None:
    assert [person for person in Person.objects.all() if person.has_usable_password()] == []
    for word in ("", "demo", "malee", "!malee"):
        assert authenticate(username="writer@demo.prakai.example", password=word) is None


def test_it_is_alive_on_the_day_it_is_loaded(demo: None) -> None:
    from prakai.notes.queries.lists import latest_notes
    from prakai.notes.queries.rediscovery import good_old, waiting_for_reply

    newest = latest_notes(None).rows
    assert newest[0].raised_at is not None
    assert NOW - newest[0].raised_at < timedelta(days=7)
    assert sum(bool(note.highlight) for note in newest) > 5
    assert good_old(None, seed="x") != []
    assert isinstance(waiting_for_reply(None), list)
    appointments = Appointment.objects.filter(until_on__isnull=False).count()
    assert appointments > 0


def test_its_conversations_hold_replies_and_words_that_build_on(demo: None) -> None:
    assert Comment.objects.filter(answers__isnull=False).count() > 20
    assert Comment.objects.filter(builds_on=True).count() > 5
    early = Comment.objects.filter(answers__made_at__gt=models.F("made_at"))
    assert early.count() == 0


def test_remove_demo_when_nothing_else_was_there(db: None) -> None:
    before = rows()
    add_demo(now=NOW)
    catch_up_all()
    counts = remove_demo()
    assert rows() == before
    assert (counts["people"] >= 60, counts["units"] >= 24, is_present()) == (True, True, False)
    assert set(remove_demo().values()) == {0}


def test_taking_the_demo_away_is_told_once_in_the_journal_with_how_much_went(demo: None) -> None:
    counts = take_demo_away()
    assert counts["people"] >= 60
    [line] = Entry.objects.all()
    assert (line.verb, line.by_id, line.facts) == ("demo.removed", None, counts)
    catch_up_all()
    assert set(take_demo_away().values()) == {0}
    assert list(Entry.objects.all()) == [line]


def test_remove_demo_when_demo_people_did_things_by_hand(
    db: None, django_capture_on_commit_callbacks: Any
) -> None:
    malee = make_person("แก้วตา", "จริงใจ")
    note = make_note(malee, tags=["เก้าอี้"])
    spoken = make_comment(note.conversation, malee, "ขอบคุณทุกคน")
    catch_up_all()
    before = rows()
    add_demo(now=NOW)
    writer = Person.objects.get(email="writer@demo.prakai.example")
    make_comment(note.conversation, writer, "จากเครือข่ายสมมติ", answers=spoken)
    make_appreciation(writer, conversation=note.conversation)
    make_note(writer, "เขียนด้วยมือ", tags=["คำใหม่"])
    make_note(writer, "ร่าง", publish=False)
    actions.save_draft(by=writer, window="w", fields={"title": "ร่าง"})
    picture = BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    picture.seek(0)
    actions.attach(picture, name="ก.png", by=writer)
    catch_up_all()
    with django_capture_on_commit_callbacks(execute=True):
        remove_demo()
    after = rows()
    assert {label: after[label] for label in after if after[label] != before[label]} == {}


def test_remove_demo_keeps_what_real_people_made(db: None) -> None:
    add_demo(now=NOW)
    writer = Person.objects.get(email="writer@demo.prakai.example")
    steward = Person.objects.get(email="steward@demo.prakai.example")
    demo_unit = Unit.objects.filter(is_demo=True, parent__isnull=False)[0]
    demo_note = Note.objects.filter(is_demo=True, notebook__unit__isnull=True)[0]
    real_unit = make_unit("หน่วยงานจริง", parent=demo_unit)
    below = make_unit("งานจริง", parent=real_unit)
    real = make_person("แก้วตา", "จริงใจ")
    appoint(real, unit=real_unit, by=steward)
    appoint(real, unit=demo_unit, by=steward)
    unit_book = make_notebook(real, "สมุดของหน่วย", unit=demo_unit)
    in_demo = make_note(real, "เรื่องจริงในสมุดสมมติ", notebook=unit_book, teller=writer, coauthors=[steward])
    plain = make_note(real, "เรื่องจริง")
    demo_word = make_comment(plain.conversation, writer, "ชมจากคนสมมติ")
    reply = make_comment(plain.conversation, real, "ขอบคุณ", answers=demo_word)
    on_demo = make_comment(demo_note.conversation, real, "ถึงคนสมมติ")
    given = make_appreciation(real, conversation=demo_note.conversation)
    catch_up_all()
    remove_demo()
    for row in (in_demo, plain, reply, on_demo, given, real_unit, below, real):
        row.refresh_from_db()
    assert (in_demo.notebook.owner, in_demo.notebook.title, in_demo.unit) == (real, "สมุดของหน่วย", None)
    assert (in_demo.teller, fold(in_demo.teller_name), in_demo.coauthors.count()) == (
        None,
        fold("มาลี ใจงาม"),
        0,
    )
    assert (reply.answers, on_demo.conversation.is_shown, given.conversation) == (
        None,
        False,
        on_demo.conversation,
    )
    assert (real_unit.parent, real_unit.path, below.path) == (
        None,
        f"{real_unit.pk}.",
        f"{real_unit.pk}.{below.pk}.",
    )
    assert list(real.appointments.values_list("unit", flat=True)) == [real_unit.pk]
    assert (
        Unit.objects.count(),
        Person.objects.count(),
        Note.objects.count(),
        Conversation.objects.count(),
    ) == (2, 1, 2, 3)


def test_its_networks_have_members_by_consent_and_one_that_waits(demo: None) -> None:
    network = Network.objects.order_by("founded_at")[0]
    page = network_page(network, None)
    assert (len(page.units), page.people_in_all, page.charter and page.charter.number) == (5, 2, 2)
    assert {one.care for one in page.cares} == {"steward", "coordinator"}
    waiting = Membership.objects.waiting().filter(network=network)
    assert [(one.unit.name_th, one.invited_at) for one in waiting if one.unit] == [
        ("องค์การบริหารส่วนตำบลควนไทรย้อย", None)
    ]
    invited = Membership.objects.waiting().exclude(network=network).get()
    assert (invited.agreed_at, invited.invited_at is not None) == (None, True)


def test_its_network_tells_who_looks_after_it_that_somebody_asks_to_join(db: None) -> None:
    catch_up_all()
    add_demo()
    catch_up_all()
    amnuay = Person.objects.get(email="facilitator@demo.prakai.example")
    asked, invited = Membership.objects.waiting().order_by("network__founded_at")
    told = [(one.kind, one.address) for one in map(Told, notices_of(amnuay).rows) if one.notice.membership]
    assert told == [("asked", asked.get_absolute_url())]
    there = Appointment.objects.filter(unit=invited.unit).values_list("person", flat=True)
    assert set(Notice.objects.filter(kind="invited").values_list("person", flat=True)) == set(there)
    assert mail.outbox == []


def test_remove_demo_keeps_real_networks_and_takes_its_own_members_out(db: None) -> None:
    real = make_person("แก้วตา", "จริงใจ", facilitator=True)
    network = make_network(real, people=[real])
    catch_up_all()
    before = rows()
    add_demo(now=NOW)
    facilitator = Person.objects.get(email="facilitator@demo.prakai.example")
    demo_unit = Unit.objects.filter(is_demo=True)[0]
    invite_member(network, unit=demo_unit, by=real)
    invite_member(network, person=facilitator, by=real)
    join_network(network, by=facilitator)
    by_hand = make_network(facilitator, "ตั้งด้วยมือ", people=[real])
    make_forum(facilitator, by_hand, audience="network")
    end_membership(Membership.objects.get(network=by_hand), by=real)
    kept = make_network(facilitator, "ส่งต่อแล้ว")
    give_care(kept, real, by=facilitator)
    catch_up_all()
    remove_demo()
    assert list(Network.objects.order_by("pk")) == [network, kept]
    assert Stewardship.objects.get(network=kept).person == real
    assert [one.person for one in Membership.objects.all()] == [real]
    kept.delete()
    after = rows()
    changed = {label for label in after if after[label] != before[label]}
    assert changed <= {"journal.Entry"}


def test_reset_demo_is_as_new(db: None) -> None:
    add_demo(now=NOW)
    Note.objects.filter(is_demo=True).update(title="ถูกแก้")
    reset_demo()
    assert Note.objects.filter(title="ถูกแก้").count() == 0
    assert Note.objects.published().filter(is_demo=True).count() >= 40
