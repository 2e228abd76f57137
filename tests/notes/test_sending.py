"""Sending the writing form: two taps, back and once more, a lost answer; it stays one note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.notes import actions
from prakai.notes.actions import Changed, Sent
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Attachment, Draft, Note, Numeral, Publication, Revision

WORDS = "เราหันเก้าอี้เข้าหากัน"


def send(cast: SimpleNamespace, *, body: str = WORDS, audience: str = "public", **told: Any) -> Sent:
    writing = Writing(title="ม้านั่ง", body=body, kind="how", audience=audience, tags=["คิว"], coauthors=[])
    return actions.send_note(by=cast.malee, writing=writing, **{"window": "w1", "publish": True, **told})


def test_send_note_twice_from_one_window_is_one_note(cast: SimpleNamespace) -> None:
    first, second = send(cast), send(cast)
    assert (first.note.pk, bool(second.publishing)) == (second.note.pk, True)
    assert (Note.objects.count(), Revision.objects.count(), Publication.objects.count()) == (1, 1, 1)
    assert Entry.objects.filter(verb="note.written").count() == 1


def test_send_note_twice_with_a_picture_takes_it_in_once(
    cast: SimpleNamespace, picture: Callable[..., BytesIO]
) -> None:
    content = picture().getvalue()
    for _ in range(2):
        send(cast, files=[SimpleUploadedFile("ม้านั่ง.jpg", content)])
    assert (Note.objects.count(), Attachment.objects.count(), Note.objects.get().body.count("<img")) == (
        1,
        1,
        1,
    )


def test_send_note_of_a_standing_note_twice_is_one_version(cast: SimpleNamespace) -> None:
    note = send(cast).note
    for _ in range(2):
        again = send(cast, body="อีกแบบ", note=note, base_version=1, window="w2")
    assert (again.note.version, again.note.plain) == (2, "อีกแบบ")


def test_send_note_again_with_other_words_goes_on_with_the_same_note(cast: SimpleNamespace) -> None:
    note = send(cast).note
    assert send(cast, body="เติมอีก").note.pk == note.pk
    assert (Note.objects.get().plain, Revision.objects.count()) == ("เติมอีก", 2)
    with pytest.raises(Changed):  # this window never saw the second version
        send(cast, body="เติมอีกครั้ง")


def test_send_note_without_scripts_after_going_back_is_the_same_note(cast: SimpleNamespace) -> None:
    note = send(cast).note
    again = send(cast, window="fresh", audience="members").note
    assert (again.pk, again.audience, Note.objects.count()) == (note.pk, "members", 1)


def test_send_note_with_the_same_words_on_another_day_is_another_note(cast: SimpleNamespace) -> None:
    now = timezone.now()
    send(cast, at=now - timedelta(days=1))
    send(cast, at=now, window="w2")
    assert Note.objects.count() == 2


def test_send_note_of_somebody_elses_window_is_a_note_of_ones_own(cast: SimpleNamespace) -> None:
    send(cast)
    other = actions.send_note(by=cast.somchai, writing=Writing(title="ม้านั่ง", body=WORDS), window="w1")
    assert (other.note.author, Note.objects.count()) == (cast.somchai, 2)


def test_save_draft_after_the_window_was_sent_keeps_nothing(cast: SimpleNamespace) -> None:
    note = send(cast).note
    with pytest.raises(actions.Spent) as told:
        actions.save_draft(by=cast.malee, window="w1", fields={"body": WORDS})
    assert (told.value.note, Draft.objects.count()) == (note, 0)


def test_send_note_says_what_its_pictures_show(
    cast: SimpleNamespace, picture: Callable[..., BytesIO]
) -> None:
    note = send(cast, files=[SimpleUploadedFile("ม้านั่ง.jpg", picture().getvalue())]).note
    row = Attachment.objects.get()
    alts = {row.public_id: ' ม้านั่ง "หกตัว" <b> ', "zzzzzzzzzzzz": "ไม่มี"}
    send(cast, body=note.body, note=note, base_version=1, window="w2", alts=alts)
    note.refresh_from_db()
    row.refresh_from_db()
    assert row.alt == 'ม้านั่ง "หกตัว" <b>'
    assert 'alt="ม้านั่ง &quot;หกตัว&quot; &lt;b&gt;"' in note.body
    assert (note.body.count("<img"), note.body.count(" alt=")) == (1, 1)


def test_send_note_of_an_empty_sheet_keeps_nothing_and_uses_no_number(cast: SimpleNamespace) -> None:
    for empty in (Writing(), Writing(title=" \u200b ", body="<p> </p>")):
        with pytest.raises(ValidationError, match="ยังไม่มีอะไรให้เก็บ"):
            actions.send_note(by=cast.malee, writing=empty, publish=True)
    assert (Note.objects.count(), Numeral.objects.count()) == (0, 0)
