"""Personal data: everything of hers, nothing of others, no secret; complete in the ZIP."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from prakai.exchange.personal import everything_about, pack
from prakai.forums.models import Forum, Growth, Role, Spark, Story
from prakai.kernel.verdicts import Refused
from prakai.networks.models import Charter, Membership, Network, Stewardship
from prakai.notes.models import Attachment, Draft, Note, Notebook, Numeral, Revision
from prakai.people import actions
from prakai.people.models import Person
from prakai.search.actions import save_search
from prakai.talk.models import Appreciation, Comment, Conversation, Notice, Report
from prakai.web.accounts.wordings import LABELS
from tests.factories.forums import make_participant
from tests.factories.people import make_duty
from tests.factories.units import make_unit
from tests.people.conftest import Cast, cast

__all__ = ["cast"]

MARK = "เฉพาะของมาลี"
OTHERS = "เฉพาะของสมชาย"


def _writes(person: Person, words: str) -> Note:
    """One of everything that a person can write."""
    conversation = Conversation.objects.create(title=f"วงของ {words}", address="/notes/1", is_shown=True)
    notebook = Notebook.objects.create(title=f"สมุด {words}", owner=person)
    note = Note.objects.create(
        number=Numeral.objects.create().pk,
        title=f"บันทึก {words}",
        body=f"<p>{words}</p>",
        notebook=notebook,
        author=person,
        conversation=conversation,
    )
    Revision.objects.create(note=note, number=1, body=f"รุ่นแรก {words}", by=person)
    Draft.objects.create(note=note, person=person, window="w", fields={"body": f"ร่าง {words}"})
    Comment.objects.create(conversation=conversation, by=person, body=f"ความเห็น {words}")
    Appreciation.objects.create(conversation=conversation, by=person, saw=f"เห็น {words}")
    Report.objects.create(conversation=conversation, by=person, reason="spam", words=f"แจ้ง {words}")
    save_search(person, f"หา {words}", by=person)
    Notice.objects.create(person=person, kind="comment", entry_id=1, conversation=conversation)
    forum = Forum.objects.create(unit=make_unit(f"หน่วย {words}"), title=f"เวที {words}")
    make_participant(forum, person, needs=words)
    Role.objects.create(forum=forum, person=person, kind="teller")
    story = Story.objects.create(forum=forum, client_id=words, title=f"เรื่อง {words}", person=person)
    Growth.objects.create(story=story, author=person)
    network = Network.objects.create(name_th=f"เครือข่าย {words}", by=person)
    Charter.objects.create(network=network, number=1, purpose=words, by=person)
    Membership.objects.create(network=network, person=person, invited_at=timezone.now())
    Stewardship.objects.create(network=network, person=person)
    Spark.objects.create(forum=forum, client_id=words, words=f"ประกาย {words}", person=person)
    picture = Attachment(
        note=note, by=person, kind="picture", media_type="image/png", size=7, digest="d", alt=words
    )
    picture.file.save("p.png", ContentFile(b"picture"), save=True)
    note.body += f'<figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
    note.save()
    return note


@pytest.fixture
def full(cast: Cast) -> Cast:
    """Malee and Somchai have each written one of everything."""
    _writes(cast.malee, MARK)
    _writes(cast.somchai, OTHERS)
    talk = Conversation.objects.get(note__author=cast.malee)
    talk.hosts.add(cast.malee)
    Appreciation.objects.create(conversation=talk, by=cast.somchai, saw="เห็นใจคนไข้")
    Appreciation.objects.create(person=cast.malee, by=cast.somchai, saw="ฟังเก่ง")
    actions.change_profile(cast.malee, by=cast.malee, about=MARK, knows=["เบาหวาน"])
    actions.give_consent(cast.malee, "terms", by=cast.malee)
    make_duty(cast.malee)
    actions.invite(
        by=Person.objects.get(pk=cast.malee.pk), note=MARK, expires_at=timezone.now() + timedelta(days=1)
    )
    EmailAddress.objects.create(user=cast.malee, email="malee@x.example", verified=True, primary=True)
    Authenticator.objects.create(user=cast.malee, type="totp", data={"secret": "SECRET-OF-THE-APP"})
    cast.malee.portrait.save("m.jpg", ContentFile(b"face"), save=True)
    return cast


def _packed(person: Person) -> zipfile.ZipFile:
    out = io.BytesIO()
    pack(person, out, by=person)
    return zipfile.ZipFile(out)


def test_everything_about_when_full(full: Cast) -> None:
    sections = {section.key: section.rows for section in everything_about(full.malee, by=full.malee)}
    counts = {key: len(rows) for key, rows in sections.items()}
    assert counts == {
        "profile": 1, "appointments": 1, "duties": 1, "consents": 1, "joining": 1, "addresses": 1, "proofs": 1,
        "sessions": 0, "notebooks": 1, "notes": 1, "revisions": 1, "drafts": 1, "attachments": 1, "comments": 1,
        "appreciations_given": 1, "appreciations_received": 2, "reports": 1, "notices": 1, "searches": 1,
        "forum_seats": 1, "forum_roles": 1, "forum_circles": 0, "forum_wishes": 0, "forum_before": 0,
        "forum_stories": 1, "forum_growths": 1, "forum_sparks": 1,
        "networks": 1, "network_care": 1, "charters": 1,
        "journal": 4,
        "review_answers": 0, "promises": 0,
    }  # fmt: skip
    told = str(sections)
    assert (OTHERS in told, "SECRET-OF-THE-APP" in told, full.malee.password in told) == (False, False, False)
    assert told.count(MARK) >= 10
    received = [(row["saw"], row["by"]) for row in sections["appreciations_received"]]
    assert received == [("เห็นใจคนไข้", "สมชาย เดินดี"), ("ฟังเก่ง", "สมชาย เดินดี")]


def test_everything_about_when_every_fact_has_a_name(full: Cast) -> None:
    names = {
        n for section in everything_about(full.malee, by=full.malee) for row in section.rows for n in row
    }
    assert sorted(names - set(LABELS)) == []


def test_everything_about_when_asked_by_somebody_else(full: Cast) -> None:
    with pytest.raises(Refused):
        everything_about(full.malee, by=full.fa)
    with pytest.raises(Refused):
        pack(full.malee, io.BytesIO(), by=full.somchai)


def test_everything_about_when_rooms_grow() -> None:
    """Whoever adds a table with a key to a person decides here whether it is part of her data."""
    from django.apps import apps

    pointing = {
        f"{model._meta.label_lower}.{column.name}"
        for model in apps.get_models()
        for column in model._meta.get_fields()
        if isinstance(column, (models.ForeignKey, models.OneToOneField, models.ManyToManyField))
        and column.related_model is Person
        and model.__module__.startswith("prakai.")
    }
    told = {
        "people.appointment.person", "people.duty.person", "people.consent.person", "people.approval.person",
        "people.invitation.by", "notes.notebook.owner", "notes.note.author", "notes.note.teller",
        "notes.note.coauthors", "notes.revision.by", "notes.draft.person", "notes.attachment.by", "talk.comment.by",
        "talk.appreciation.by", "talk.appreciation.person", "talk.report.by", "talk.notice.person",
        "search.savedsearch.person", "forums.participant.person", "forums.role.person", "forums.spark.person",
        "forums.story.person", "forums.growth.author",
        "forums.voice.person", "forums.blockrole.person", "forums.circle.facilitator", "forums.circle.recorder",
        "forums.beforereview.by",
        "networks.membership.person", "networks.stewardship.person", "networks.charter.by",
    }  # fmt: skip
    assert told - pointing == set()
    # What somebody did to the things of others stands in her journal, which is told whole.
    by_the_journal = {name for name in pointing - told if name.rpartition(".")[2] in ACTS}
    assert sorted(pointing - told - by_the_journal) == []


ACTS = {
    "agreed_by",
    "ended_by",
    "imported_by",
    "invited_by",
    "by",
    "confirmed_by",
    "decided_by",
    "hosts",
    "person",
    "undone_by",
    "reopened_by",
    "withdrawn_by",
    "held_by",
    "struck_by",
    "facilitator",
    "recorder",
    "asked_by",
    "entered_by",
    "keyed_by",
    "revealed_by",
}


def test_pack_when_opened(full: Cast) -> None:
    packed = _packed(full.malee)
    assert packed.testzip() is None
    told: dict[str, Any] = json.loads(packed.read("data.json"))
    picture = told["attachments"][0]["path"]
    assert sorted(packed.namelist()) == sorted(
        [
            "README.th.txt", "README.en.txt", "data.json", "media/portrait.jpg", picture,
            f"notes/{told['notes'][0]['number']}-บันทึก-เฉพาะของมาลี.html", "drafts/1-draft.html",
        ]
    )  # fmt: skip
    page = packed.read(f"notes/{told['notes'][0]['number']}-บันทึก-เฉพาะของมาลี.html").decode()
    assert (f"<h1>บันทึก {MARK}</h1>" in page, f'<img src="../{picture}" alt="">' in page) == (True, True)
    assert picture.endswith("-เฉพาะของมาลี.png")
    assert [
        entry.filename
        for entry in packed.infolist()
        if not entry.filename.isascii() and not entry.flag_bits & 0x800
    ] == []
    assert packed.read("README.th.txt").startswith(b"\xef\xbb\xbf")
    assert (packed.read(picture), packed.read("media/portrait.jpg")) == (b"picture", b"face")
    assert (told["format"], told["person"]) == ("prakai-personal-1", full.malee.public_id)
    assert told["notes"][0]["body"].startswith(f"<p>{MARK}</p>")
    assert OTHERS not in packed.read("data.json").decode()
    thai, english = packed.read("README.th.txt").decode(), packed.read("README.en.txt").decode()
    assert ("มาลี ใจงาม" in thai, "What this platform keeps about" in english) == (True, True)
    assert "What this platform" not in thai


def test_pack_when_a_file_is_gone(full: Cast) -> None:
    attachment = Attachment.objects.get(by=full.malee)
    attachment.file.storage.delete(attachment.file.name or "")
    packed = _packed(full.malee)
    assert [name for name in packed.namelist() if name.startswith("media/")] == ["media/portrait.jpg"]


def test_pack_when_nothing_was_written(cast: Cast) -> None:
    told = json.loads(_packed(cast.somchai).read("data.json"))
    assert (told["notes"], told["comments"], len(told["profile"])) == ([], [], 1)
