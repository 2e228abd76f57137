"""History, withdrawing, notebooks, the desk and the list of notes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from prakai.notes.actions import open_notebook, save_draft, save_note, withdraw_note
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note, Notebook, Withdrawal
from prakai.people.models import Person
from prakai.web.notes.diffs import Run, word_diff
from tests.web.notes.conftest import Write, page_of, signed_in


def changed(note: Note, malee: Person, body: str) -> Note:
    return save_note(note, by=malee, writing=Writing(body=body), base_version=note.version)


def test_the_history_shows_what_changed_by_thai_words(write: Write, malee: Person) -> None:
    note = changed(write(body="<p>เราแค่หันเก้าอี้เข้าหากัน</p>"), malee, "<p>เราหันเก้าอี้หกตัวเข้าหากัน</p>")
    text = page_of(signed_in(malee).get(f"/notes/{note.number}/history?version=2"))
    gone = re.findall(r"<del>.*?</span>(.*?)</del>", text, re.DOTALL)
    come = re.findall(r"<ins>.*?</span>(.*?)</ins>", text, re.DOTALL)
    assert (gone, come) == (["แค่"], ["หกตัว"])


def test_an_earlier_version_comes_back_and_nothing_is_lost(write: Write, malee: Person) -> None:
    note = write(body="<p>หนึ่ง</p>", publish=False)
    changed(note, malee, "<p>สอง</p>")
    answer = signed_in(malee).post(f"/notes/{note.number}/history", {"version": "1"}, follow=True)
    page_of(answer)
    note.refresh_from_db()
    assert note.plain == "หนึ่ง"
    assert {r.number: r.body for r in note.revisions.all()} == {
        1: "<p>หนึ่ง</p>",
        2: "<p>สอง</p>",
        3: "<p>หนึ่ง</p>",
    }


def test_the_history_is_for_its_writers(write: Write, somchai: Person, malee: Person) -> None:
    note = write()
    path = f"/notes/{note.number}/history"
    assert [Client().get(path).status_code, signed_in(somchai).get(path).status_code] == [404, 403]
    assert signed_in(somchai).post(path, {"version": "1"}).status_code == 403
    for odd in ("?version=x", "?version=99", "?version=1&against=7", "?version=-1"):
        page_of(signed_in(malee).get(path + odd))
    assert signed_in(malee).post(path, {"version": "99"}).status_code == 404


def test_a_diff_of_two_books_is_cheap() -> None:
    old, new = ("กขค " * 25_000, "งจฉ " * 25_000)
    assert word_diff(old, new) == [Run("removed", old), Run("added", new)]
    assert word_diff("", "ก") == [Run("added", "ก")]
    assert word_diff("", "") == []


def test_who_withdraws_says_why_and_can_bring_it_back(write: Write, malee: Person) -> None:
    note = write()
    client, path = signed_in(malee), f"/notes/{note.number}/withdraw"
    assert 'name="because"' in page_of(client.get(path))
    client.post(path, {"because": "ขอแก้ก่อน"})
    assert Withdrawal.objects.get(note=note).because == "ขอแก้ก่อน"
    assert "ที่นั่งรอหกตัว" in page_of(client.get("/desk"))
    page_of(client.get(path))
    answer = client.post(path)
    assert answer["Location"] == iri_to_uri(note.get_absolute_url())
    assert Client().get(note.get_absolute_url()).status_code == 200


def test_whose_sign_in_ran_out_signs_in_and_goes_on_withdrawing(write: Write) -> None:
    path = f"/notes/{write().number}/withdraw"
    for answer in (Client().get(path), Client().post(path, {"because": "ขอถามคนไข้ก่อน"})):
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")


def test_strangers_do_not_withdraw_and_stewards_do(write: Write, somchai: Person, steward: Person) -> None:
    note = write()
    path = f"/notes/{note.number}/withdraw"
    assert signed_in(somchai).post(path, {"because": "ก"}).status_code == 403
    assert Client().post(path, {"because": "ก"}).status_code == 302
    signed_in(steward).post(path, {"because": "มีข้อมูลส่วนตัว"})
    text = page_of(Client().get(note.get_absolute_url()), 410)
    assert "ผู้ดูแลเครือข่าย" in text
    assert "ศรี ใจเย็น" not in text
    assert signed_in(steward).post(path)["Location"] == iri_to_uri(note.get_absolute_url())


def test_the_author_cannot_undo_what_a_steward_withdrew(write: Write, malee: Person, steward: Person) -> None:
    note = write()
    withdraw_note(note, by=steward)
    answer = signed_in(malee).post(f"/notes/{note.number}/withdraw")
    assert answer.status_code in (400, 403)
    note.refresh_from_db()
    assert note.withdrawn_at is not None


def test_a_notebook_shows_its_notes_and_pages_by_key(write: Write, malee: Person) -> None:
    notebook = open_notebook(title="คิวหน้าห้องยา", by=malee, about="เรื่องของคิว")
    now = timezone.now()
    for n in range(23):
        write(f"ตอนที่ {n}", notebook=notebook, at=now - timedelta(hours=n))
    address = notebook.get_absolute_url()
    text = page_of(Client().get(address))
    assert "เรื่องของคิว" in text
    assert text.count('class="note-row"') == 20
    older = re.search(r'href="([^"]*after=[^"]*)"', text)
    assert older is not None
    assert page_of(Client().get(older[1])).count('class="note-row"') == 3
    assert "csrfmiddlewaretoken" not in text
    for wrong in (f"/notebooks/{notebook.pk}", f"/notebooks/{notebook.pk}-x"):
        assert Client().get(wrong)["Location"] == iri_to_uri(address)


def test_an_empty_notebook_is_its_owners_matter(malee: Person, somchai: Person) -> None:
    notebook = open_notebook(title="ยังว่าง", by=malee)
    seen = [
        c.get(notebook.get_absolute_url()).status_code
        for c in (Client(), signed_in(somchai), signed_in(malee))
    ]
    assert seen == [404, 404, 200]


def test_notebooks_are_opened_and_changed(malee: Person, somchai: Person, hospital: Any) -> None:
    client = signed_in(malee)
    form = page_of(client.get("/notebooks/new"))
    assert "โรงพยาบาลดอยคำ" in form
    told = {"title": "ห้องบัตร", "about": "", "unit": hospital.pk, "audience": "unit", "licence": "arr"}
    client.post("/notebooks/new", told)
    notebook = Notebook.objects.get()
    assert (notebook.unit, notebook.owner, notebook.audience, notebook.licence) == (
        hospital,
        None,
        "unit",
        "arr",
    )
    page_of(client.post("/notebooks/new", {**told, "title": " \u200b "}), 400)
    change = f"/notebooks/{notebook.pk}/change"
    client.post(change, {**told, "title": "ห้องบัตรใหม่", "allows_anonymous": "on"})
    notebook.refresh_from_db()
    assert (notebook.title, notebook.allows_anonymous) == ("ห้องบัตรใหม่", True)
    assert signed_in(somchai).get(change).status_code in (403, 404)


def test_nobody_opens_a_notebook_for_a_unit_of_others(somchai: Person, hospital: Any) -> None:
    told = {"title": "ก", "unit": hospital.pk, "audience": "public", "licence": "arr"}
    signed_in(somchai).post("/notebooks/new", told)
    assert Notebook.objects.filter(unit=hospital).count() == 0


def test_the_desk_shows_what_lies_on_it(write: Write, malee: Person, somchai: Person) -> None:
    write("เผยแพร่แล้ว")
    write("ยังเป็นร่าง", publish=False)
    withdraw_note(write("ถอนไว้"), by=malee)
    save_draft(by=malee, window="w1", fields={"body": "<p>พิมพ์ค้าง</p>", "kind": "article"})
    text = page_of(signed_in(malee).get("/desk"))
    for told in ("เผยแพร่แล้ว", "ยังเป็นร่าง", "ถอนไว้", "พิมพ์ค้าง", "/write/article?draft=w1", "/desk/replies"):
        assert told in text, told
    other = page_of(signed_in(somchai).get("/desk"))
    assert "ยังเป็นร่าง" not in other
    assert "/write/journal" in other


@pytest.mark.parametrize("kind", ["", "journal"])
def test_the_list_of_notes_shows_what_one_may_read(write: Write, malee: Person, kind: str) -> None:
    write("เปิดทุกคน")
    write("วงใน", audience="members")
    write("ร่าง", publish=False)
    text = page_of(Client().get(f"/notes?kind={kind}"))
    assert ("เปิดทุกคน" in text) is (kind == "")
    assert "วงใน" not in text
    assert "ร่าง" not in re.findall(r"<main.*</main>", text, re.DOTALL)[0]
    page_of(signed_in(malee).get("/notes?kind=nothing&after=broken"))
