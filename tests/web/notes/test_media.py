"""Pictures and files: sent while writing, given out only to those who may read the note."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from prakai.notes.actions import withdraw_note
from prakai.notes.models import Attachment, Note
from prakai.people.models import Person
from tests.web.notes.conftest import Write, signed_in
from tests.web.notes.test_writing import picture


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def send(client: Client, note: Note | None = None, **told: Any) -> Any:
    return client.post("/media/new", {"file": picture(), "note": note.number if note else "", **told})


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_picture_is_taken_in_and_only_its_sender_sees_it_first(malee: Person, somchai: Person) -> None:
    answer = send(signed_in(malee), alt="ม้านั่ง")
    row = Attachment.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": row.public_id, "address": row.get_absolute_url(), "kind": "picture", "name": "bench.jpg",
        "alt": "ม้านั่ง", "width": 40, "height": 30,
    }  # fmt: skip
    answers = [c.get(row.get_absolute_url()) for c in (Client(), signed_in(somchai), signed_in(malee))]
    seen = [answer.status_code for answer in answers]
    answers[2].close()
    assert seen == [404, 404, 200]


def test_a_picture_of_a_public_note_is_for_all_and_is_asked_for_again_each_time(
    malee: Person, write: Write
) -> None:
    note = write()
    address = send(signed_in(malee), note).json()["address"]
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert {part.strip() for part in answer["Cache-Control"].split(",")} == {"public", "no-cache"}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer["Content-Disposition"].startswith("attachment")
    assert Image.open(BytesIO(content_of(answer))).size == (40, 30)
    assert Client().get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_a_picture_goes_with_its_note(malee: Person, somchai: Person, write: Write) -> None:
    note, members = write(), write("วงใน", audience="members")
    public = send(signed_in(malee), note).json()["address"]
    inner = send(signed_in(malee), members).json()["address"]
    assert Client().get(inner).status_code == 404
    answer = signed_in(somchai).get(inner)
    assert (answer.status_code, "private" in answer["Cache-Control"]) == (200, True)
    answer.close()
    withdraw_note(note, by=malee)
    assert Client().get(public).status_code == 404


def test_a_file_is_given_out_to_be_saved_never_to_be_shown(malee: Person, write: Write) -> None:
    csv = SimpleUploadedFile("แบบ <b>.csv", "ก,ข\n".encode(), "text/html")
    told = signed_in(malee).post("/media/new", {"file": csv, "note": write().number}).json()
    answer = Client().get(told["address"])
    assert answer["Content-Type"] == "text/csv"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert content_of(answer) == "ก,ข\n".encode()


def test_files_of_wrong_kinds_are_refused_with_words(malee: Person) -> None:
    for name, content in (("a.svg", b"<svg onload=alert(1)>"), ("a.jpg", b"<html>"), ("a.png", b"")):
        answer = signed_in(malee).post("/media/new", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 400, name
        assert answer.json().get("words") or answer.json()["problem"] == "shape"
    assert Attachment.objects.count() == 0


def test_a_file_that_is_too_large_is_refused(malee: Person, settings: Any) -> None:
    settings.UPLOAD_MOST_BYTES = 100
    assert send(signed_in(malee)).status_code == 400


def test_strangers_send_nothing_and_describe_nothing(malee: Person, somchai: Person, write: Write) -> None:
    note = write()
    assert send(Client()).status_code == 401
    assert send(signed_in(somchai), note).status_code == 403
    public_id = send(signed_in(malee), note).json()["id"]
    assert signed_in(somchai).post(f"/media/{public_id}/describe", {"alt": "ก"}).status_code == 403
    assert Client().post(f"/media/{public_id}/describe", {"alt": "ก"}).status_code == 401
    assert signed_in(malee).post(f"/media/{public_id}/describe", {"alt": "ม้านั่ง"}).json()["alt"] == "ม้านั่ง"
    assert Attachment.objects.get().alt == "ม้านั่ง"


def test_addresses_that_were_guessed_are_not_found(db: None) -> None:
    for path in (
        "/media/000000000000",
        "/media/000000000000/x.jpg",
        "/media/..%2f..%2fsettings",
        "/media/x/y/z",
    ):
        assert Client().get(path).status_code == 404, path
