"""Typed words are kept for who typed them; sending them is one move, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.notes import actions
from prakai.notes.actions import Changed, Elsewhere
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Attachment, Draft, Note, Notebook
from prakai.notes.queries.drafts import drafts_beside, find_draft
from tests.factories.notes import make_note, make_notebook


def typed(cast: SimpleNamespace, window: str = "w1", **more: object) -> Draft:
    by = more.pop("by", cast.malee)
    fields = more.pop("fields", {"title": "กำลังพิมพ์", "body": "<p>คำ</p>"})
    return actions.save_draft(by=by, window=window, fields=fields, **more)  # type: ignore[arg-type]


def test_save_draft_keeps_one_row_for_a_window_and_one_line_in_the_journal(cast: SimpleNamespace) -> None:
    for word in ("ก", "กา", "กาแ", "กาแฟ"):
        typed(cast, fields={"title": word})
    typed(cast, window="w2")
    assert [draft.fields.get("title") for draft in Draft.objects.order_by("window")] == ["กาแฟ", "กำลังพิมพ์"]
    assert Entry.objects.filter(verb="draft.begun").count() == 2


def test_save_draft_keeps_only_fields_of_the_form(cast: SimpleNamespace) -> None:
    draft = typed(cast, fields={"title": "ก", "is_superuser": "1", "body": 7, "csrfmiddlewaretoken": "x"})
    assert draft.fields == {"title": "ก"}


@pytest.mark.parametrize(("window", "fields"), [("", {}), ("w" * 41, {}), ("w", {"body": "ก" * 1_000_001})])
def test_save_draft_when_what_is_given_is_not_right(
    cast: SimpleNamespace, window: str, fields: dict[str, str]
) -> None:
    with pytest.raises(ValidationError):
        typed(cast, window=window, fields=fields)
    assert Draft.objects.count() == 0


def test_save_draft_when_not_a_writer_or_not_let_in(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, coauthors=[cast.friend])
    assert typed(cast, by=cast.friend, note=note).note == note
    for person in (cast.somchai, cast.steward, cast.waiting):
        with pytest.raises(Refused):
            typed(cast, by=person, note=note)


def test_save_draft_of_a_doubled_tab_says_so_and_overwrites_nothing(cast: SimpleNamespace) -> None:
    first = typed(cast, fields={"title": "ก"}, at=timezone.now())
    typed(cast, fields={"title": "ข"}, seen=first.saved_at)
    with pytest.raises(Elsewhere) as told:
        typed(cast, fields={"title": "ค"}, seen=first.saved_at)
    assert (told.value.draft.fields, Draft.objects.get().fields) == ({"title": "ข"}, {"title": "ข"})
    assert typed(cast, fields={"title": "ข"}, seen=first.saved_at).fields == {"title": "ข"}


def test_drafts_are_found_by_who_typed_them_alone(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, coauthors=[cast.friend])
    mine, beside = typed(cast, note=note), typed(cast, window="w2", note=note)
    assert (find_draft(cast.malee, "w1"), find_draft(cast.friend, "w1"), find_draft(cast.malee, "")) == (
        mine,
        None,
        None,
    )
    assert (drafts_beside(cast.malee, note, window="w1"), drafts_beside(cast.friend, note, window="w1")) == (
        [beside],
        [],
    )


def test_drop_draft_when_it_is_hers(cast: SimpleNamespace) -> None:
    draft = typed(cast)
    with pytest.raises(Refused):
        actions.drop_draft(draft, by=cast.steward)
    actions.drop_draft(draft, by=cast.malee)
    assert Draft.objects.count() == 0


def test_send_note_writes_publishes_and_ends_the_draft(
    cast: SimpleNamespace, picture: Callable[..., BytesIO]
) -> None:
    typed(cast)
    file = SimpleUploadedFile("โต๊ะ.jpg", picture().read())
    sent = actions.send_note(
        by=cast.malee, writing=Writing(title="ชื่อ", body="คำ"), window="w1", files=[file], publish=True
    )
    assert (sent.note.published_at is not None, bool(sent.publishing), Draft.objects.count()) == (
        True,
        True,
        0,
    )
    assert (Attachment.objects.get().note, '<img src="/media/' in sent.note.body) == (sent.note, True)
    assert sent.note.notebook == Notebook.objects.get(owner=cast.malee)


def test_send_note_that_is_not_ready_is_kept_and_says_why(cast: SimpleNamespace) -> None:
    sent = actions.send_note(by=cast.malee, writing=Writing(title="", body="คำ", kind="how"), publish=True)
    assert (bool(sent.publishing), bool(str(sent.publishing.reason))) == (False, True)
    assert (Note.objects.get().published_at, Note.objects.get().plain) == (None, "คำ")


def test_send_note_with_a_file_that_is_refused_keeps_nothing_but_the_draft(cast: SimpleNamespace) -> None:
    typed(cast)
    bad = SimpleUploadedFile("ไวรัส.exe", b"MZ\x00\x01")
    with pytest.raises(ValidationError):
        actions.send_note(by=cast.malee, writing=Writing(title="ก", body="ข"), window="w1", files=[bad])
    assert (Note.objects.count(), Attachment.objects.count(), Draft.objects.count()) == (0, 0, 1)


def test_send_note_over_one_that_moved_on_keeps_the_draft(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, coauthors=[cast.friend])
    typed(cast, note=note, base_version=1)
    actions.save_note(note, by=cast.friend, writing=Writing(title="ใหม่กว่า"), base_version=1)
    with pytest.raises(Changed):
        actions.send_note(by=cast.malee, writing=Writing(title="ก"), note=note, base_version=1, window="w1")
    assert (Note.objects.get().title, Draft.objects.count()) == ("ใหม่กว่า", 1)


# ── notebooks ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_open_notebook_of_her_own_and_of_her_unit(cast: SimpleNamespace) -> None:
    own, ours = make_notebook(cast.malee, "  บ่าย\nสาม "), make_notebook(cast.malee, unit=cast.hospital)
    assert (own.title, own.owner, ours.owner, ours.unit) == ("บ่าย สาม", cast.malee, None, cast.hospital)
    with pytest.raises(Refused):
        make_notebook(cast.somchai, unit=cast.hospital)
    with pytest.raises(ValidationError):
        make_notebook(cast.malee, " \u200b ")


def test_change_notebook_reaches_new_notes_and_open_conversations(cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.malee)
    old = make_note(cast.malee, notebook=notebook)
    with pytest.raises(Refused):
        actions.change_notebook(notebook, by=cast.somchai, title="ของฉัน")
    actions.change_notebook(
        notebook, by=cast.malee, title="ใหม่", allows_anonymous=True, licence="cc0", audience="members"
    )
    old.refresh_from_db()
    assert (old.licence, old.audience, old.conversation.allows_anonymous) == ("cc-by", "public", True)
    new = actions.write_note(notebook=notebook, by=cast.malee, writing=Writing(title="ก", body="ข"))
    assert (new.licence, new.audience, new.conversation.allows_anonymous) == ("cc0", "members", True)


def test_first_notebook_is_made_once(cast: SimpleNamespace) -> None:
    first = actions.first_notebook(by=cast.malee)
    assert actions.first_notebook(by=cast.malee) == first
    make_notebook(cast.malee, "อีกเล่ม")
    assert actions.first_notebook(by=cast.malee) == first
