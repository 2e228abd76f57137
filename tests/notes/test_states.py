"""Published, withdrawn, brought back: rows decide, and the copies of them agree after any sequence of actions."""

from __future__ import annotations

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.notes import actions
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note, Publication, Tagging, Withdrawal
from prakai.notes.models.origins import Rights
from tests.factories.notes import bring, make_brought, make_note


def disagreements() -> list[str]:
    """Where a copy of a state differs from the rows that decide it."""
    wrong = []
    for note in Note.objects.select_related("conversation"):
        published = Publication.objects.filter(note=note).values_list("at", flat=True).first()
        withdrawn = (
            Withdrawal.objects.filter(note=note, undone_at__isnull=True).values_list("at", flat=True).first()
        )
        stands = published is not None and withdrawn is None
        listed = set(Tagging.objects.filter(note=note).values_list("listed_at", flat=True))
        told = {
            "published_at": (note.published_at, published),
            "withdrawn_at": (note.withdrawn_at, withdrawn),
            "raised": (note.raised_at is not None, published is not None),
            "listed": (listed - {published if stands else None}, set()),
            "open talk": (note.conversation.is_shown, stands),
            "in lists": (Note.objects.published().filter(pk=note.pk).exists(), stands),
            "version": (note.version, note.revisions.values_list("number", flat=True).first()),
        }
        wrong += [f"{note.number} {name}: {one} ≠ {two}" for name, (one, two) in told.items() if one != two]
    return wrong


@pytest.mark.parametrize("seed", range(12))
def test_copies_agree_with_the_rows_after_any_sequence(cast: SimpleNamespace, seed: int) -> None:
    chance = random.Random(seed)
    people = [cast.malee, cast.friend, cast.nurse, cast.somchai, cast.steward]
    tags = ["เก้าอี้", "KM", "ก.พ.ร.", "ฝน"]
    native = make_note(cast.malee, publish=False, coauthors=[cast.friend], teller=cast.nurse, tags=tags[:2])
    brought = make_brought(tags=tags[1:], written_at=timezone.now() - timedelta(days=900), is_draft=True)
    imported = bring(brought, cast.malee)
    at = timezone.now() - timedelta(days=30)
    for _ in range(30):
        at += timedelta(minutes=chance.randint(1, 600))
        note, by = Note.objects.get(pk=chance.choice([native.pk, imported.pk])), chance.choice(people)
        step = chance.choice(["save", "publish", "withdraw", "return", "bring", "merge"])
        try:
            if step == "save":
                writing = Writing(body=f"<p>{at}</p>", tags=chance.sample(tags, chance.randint(0, 4)))
                actions.save_note(note, by=by, writing=writing, base_version=note.version, at=at)
            elif step == "publish":
                actions.publish_note(note, by=by, at=at)
            elif step == "withdraw":
                actions.withdraw_note(note, by=by, at=at)
            elif step == "return":
                actions.return_note(note, by=by, at=at)
            elif step == "bring":
                brought.body_html += "<p>อีกบรรทัด</p>"
                brought.is_draft = chance.random() < 0.5
                bring(brought, cast.malee, rights=chance.choice([Rights.HELD, Rights.LINK]))
            elif note.tags.count() > 1:
                first, second = note.tags.all()[:2]
                actions.merge_tags(first, second, by=cast.steward)
        except (Refused, ValidationError):
            pass
        assert disagreements() == [], (seed, step)
    assert Entry.objects.count() > 3


def test_publish_note_when_it_is_published_already(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, publish=False)
    first = actions.publish_note(note, by=cast.malee)
    again = actions.publish_note(
        Note.objects.get(pk=note.pk), by=cast.malee, at=timezone.now() + timedelta(1)
    )
    assert (again, Publication.objects.count(), Entry.objects.filter(verb="note.published").count()) == (
        first,
        1,
        1,
    )
    note.refresh_from_db()
    assert note.published_at == first.at


def test_publish_note_when_not_its_writer(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, publish=False, coauthors=[cast.friend])
    for person in (cast.somchai, cast.steward):
        with pytest.raises(Refused):
            actions.publish_note(note, by=person)
    assert actions.publish_note(note, by=cast.friend).by == cast.friend


def test_withdraw_note_twice_keeps_the_first_reason(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    first = actions.withdraw_note(note, by=cast.malee, because="  ยัง\nไม่พร้อม ")
    again = actions.withdraw_note(note, by=cast.steward, because="อื่น")
    assert (again, first.because) == (first, "ยัง ไม่พร้อม")
    assert Entry.objects.filter(verb="note.withdrawn").count() == 1


def test_withdraw_and_return_leave_the_publication_and_its_place_in_lists(cast: SimpleNamespace) -> None:
    at = timezone.now() - timedelta(days=5)
    note = make_note(cast.malee, at=at)
    actions.withdraw_note(note, by=cast.malee)
    assert Note.objects.published().count() == 0
    actions.return_note(note, by=cast.malee)
    note.refresh_from_db()
    assert (note.published_at, note.raised_at, note.withdrawn_at) == (at, at, None)
    assert Withdrawal.objects.get().undone_at is not None


def test_return_note_when_it_is_not_withdrawn(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    actions.return_note(note, by=cast.malee)
    assert Entry.objects.filter(verb="note.returned").count() == 0


def test_return_note_when_its_words_have_gone_meanwhile(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    actions.withdraw_note(note, by=cast.malee)
    Note.objects.filter(pk=note.pk).update(body="", plain="")
    with pytest.raises(Refused):
        actions.return_note(note, by=cast.malee)


def test_publish_note_when_withdrawn_is_no_way_around(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    actions.withdraw_note(note, by=cast.steward)
    for act in (actions.publish_note, actions.return_note):
        with pytest.raises(Refused):
            act(note, by=cast.malee)  # type: ignore[operator]
    actions.return_note(note, by=cast.steward)
    assert Note.objects.published().count() == 1
