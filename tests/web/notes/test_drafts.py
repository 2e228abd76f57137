"""Drafts over JSON: what is typed is kept, for its writer alone, and nothing is overwritten."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from prakai.journal.models import Entry
from prakai.notes.models import Draft, Note
from prakai.people.models import Person
from tests.web.notes.conftest import Write, page_of, signed_in


def keep(client: Client, window: str = "w1", **told: Any) -> Any:
    body = {"fields": {"title": "ก", "body": "คำ"}, "note": None, "base_version": 0, "seen": None, **told}
    return client.post(f"/drafts/{window}", json.dumps(body), content_type="application/json")


def test_what_is_typed_is_kept_and_the_hour_is_told(malee: Person) -> None:
    answer = keep(signed_in(malee))
    draft = Draft.objects.get()
    assert answer.status_code == 200
    told = answer.json()
    assert told["saved_at"] == draft.saved_at.isoformat()
    assert len(told["shown"]) == 5
    assert (told["newer"], told["other"]) == (False, "")
    assert (draft.person, draft.fields) == (malee, {"title": "ก", "body": "คำ"})
    assert answer["Cache-Control"].startswith("max-age=0")


def test_a_window_keeps_one_draft_and_one_line_in_the_journal(malee: Person) -> None:
    client = signed_in(malee)
    seen = keep(client).json()["saved_at"]
    assert keep(client, fields={"body": "คำใหม่"}, seen=seen).status_code == 200
    assert [d.fields for d in Draft.objects.all()] == [{"body": "คำใหม่"}]
    assert Entry.objects.filter(verb="draft.begun").count() == 1


def test_who_is_signed_out_is_told_so_and_nothing_is_kept(db: None) -> None:
    answer = keep(Client())
    assert (answer.status_code, answer.json()) == (401, {"problem": "signed_out"})
    assert Draft.objects.count() == 0


def test_a_doubled_tab_does_not_overwrite(malee: Person) -> None:
    client = signed_in(malee)
    seen = keep(client).json()["saved_at"]
    keep(client, fields={"body": "จากแท็บแรก"}, seen=seen)
    answer = keep(client, fields={"body": "จากแท็บสอง"}, seen=seen)
    assert (answer.status_code, answer.json()["problem"]) == (409, "elsewhere")
    assert answer.json()["fields"] == {"body": "จากแท็บแรก"}
    assert Draft.objects.get().fields == {"body": "จากแท็บแรก"}


def test_a_copy_that_comes_after_its_form_was_sent_is_no_draft(malee: Person, write: Write) -> None:
    client = signed_in(malee)
    page_of(
        client.post(
            "/write/how", {"title": "ก", "body": "คำ", "window": "w1", "move": "publish"}, follow=True
        )
    )
    note = Note.objects.get()
    answer = keep(client)
    assert (answer.status_code, answer.json()) == (409, {"problem": "sent", "note": note.number})
    assert Draft.objects.count() == 0
    assert keep(client, "w2").status_code == 200


def test_a_note_that_has_moved_on_and_another_window_are_told(malee: Person, write: Write) -> None:
    note = write(publish=False)
    client = signed_in(malee)
    assert keep(client, "a", note=note.number, base_version=note.version).json()["newer"] is False
    assert keep(client, "b", note=note.number, base_version=note.version).json()["other"] == "a"
    assert keep(client, "c", note=note.number, base_version=note.version - 1).json()["newer"] is True


def test_nobody_drafts_in_a_note_of_somebody_else(write: Write, somchai: Person) -> None:
    hidden, public = write(publish=False), write()
    client = signed_in(somchai)
    assert keep(client, note=hidden.number).status_code == 404
    assert keep(client, note=public.number).status_code == 403
    assert Draft.objects.count() == 0


def test_the_same_key_of_two_people_are_two_drafts(malee: Person, somchai: Person) -> None:
    keep(signed_in(malee))
    assert keep(signed_in(somchai), fields={"body": "ของสมชาย"}).status_code == 200
    assert {d.person: d.fields["body"] for d in Draft.objects.all()} == {malee: "คำ", somchai: "ของสมชาย"}


def test_hostile_drafts_are_refused(malee: Person) -> None:
    client = signed_in(malee)
    post = [
        client.post("/drafts/w1", body, content_type="application/json").status_code
        for body in ("", "[]", "{", '{"fields": 7}', '{"fields": {}, "note": "x"}')
    ]
    assert post == [400] * 5
    assert keep(client, "w" * 41).status_code == 400
    assert keep(client, fields={"body": "ก" * 1_000_001}).status_code == 400
    assert keep(client, fields={"body": {"deep": 1}, "evil": "x", "title": "ก"}).status_code == 200
    assert Draft.objects.get().fields == {"title": "ก"}
    assert client.get("/drafts/w1").status_code == 405


def test_a_draft_is_thrown_away(malee: Person) -> None:
    client = signed_in(malee)
    keep(client)
    assert client.post("/drafts/w1/drop")["Location"] == "/desk"
    assert Draft.objects.count() == 0
    assert client.post("/drafts/w1/drop").status_code == 404


def test_a_token_of_another_sign_in_is_told_as_such(malee: Person) -> None:
    client = signed_in(malee, enforce_csrf_checks=True)
    answer = client.post(
        "/drafts/w1", "{}", content_type="application/json", headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()) == (403, {"problem": "token"})
