"""Saved searches: her own list, a feed of each for visitors' eyes, letters that end with one press."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.notes.actions import withdraw_note
from prakai.people.models import Audience, Person
from prakai.search.actions import save_search, tell_by_letter
from prakai.search.models import SavedSearch
from prakai.search.stopping import stop_word
from tests.web.feeds.reading import entries, gone
from tests.web.notes.conftest import Write, page_of, signed_in


def atom(search: SavedSearch) -> list[str]:
    """The titles in the feed of ``search``, as a feed reader sees them."""
    answer = Client().get(search.feed_address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return [entry.title for entry in entries(answer.content, "atom")]


def test_a_search_is_kept_from_the_form_and_dropped_again(malee: Person, somchai: Person) -> None:
    client = signed_in(malee)
    answer = client.post("/searches/save", {"q": "คิวยา", "kind": ["note"], "year": ["2550", "2551"]})
    assert answer["Location"] == "/searches"
    search = SavedSearch.objects.get()
    assert (search.person, search.text) == (malee, "คิวยา")
    assert search.chosen == {"kind": ["note"], "year": ["2550", "2551"]}
    text = page_of(client.get("/searches"))
    assert "คิวยา · บันทึก · 2550 · 2551" in text
    assert search.feed_address in text
    assert "คิวยา" not in page_of(signed_in(somchai).get("/searches"))
    assert signed_in(somchai).post(f"/searches/{search.public_id}/drop").status_code == 404
    assert client.post(f"/searches/{search.public_id}/drop")["Location"] == "/searches"
    assert SavedSearch.objects.count() == 0
    assert Client().get(search.feed_address).status_code == 404


def test_letters_are_switched_off_and_on(malee: Person, somchai: Person) -> None:
    search = save_search(malee, "คิวยา", by=malee)
    path = f"/searches/{search.public_id}/letters"
    assert signed_in(somchai).post(path, {}).status_code == 404
    seen = []
    for given in ({}, {"on": "1"}):
        signed_in(malee).post(path, given)
        seen.append(SavedSearch.objects.get().by_letter)
    assert seen == [False, True]


def test_visitors_are_led_to_sign_in_and_wrong_input_is_told(malee: Person, db: None) -> None:
    assert Client().get("/searches")["Location"].startswith("/accounts/login/?next=/searches")
    assert Client().post("/searches/save", {"q": "คิว"}).status_code == 403
    assert "ยาวเกินกว่าจะเก็บได้" in page_of(signed_in(malee).post("/searches/save", {"q": "ก" * 401}), 400)
    page_of(signed_in(malee).post("/searches/save", {}), 400)
    assert Client().get("/searches/save").status_code == 405
    SavedSearch.objects.bulk_create(SavedSearch(person=malee, text=f"คำ {n}") for n in range(100))
    assert "ครบร้อยคำ" in page_of(signed_in(malee).post("/searches/save", {"q": "คิว"}), 403)


def test_the_list_costs_the_same_with_one_and_with_twenty(malee: Person, hospital: Any) -> None:
    costs = []
    for number in (1, 20):
        for n in range(number):
            save_search(malee, f"คำ {n}", {"unit": [str(hospital.pk)], "tag": [str(n)]}, by=malee)
        client = signed_in(malee)
        client.get("/searches")
        with CaptureQueriesContext(connection) as queries:
            page_of(client.get("/searches"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_feed_holds_what_visitors_may_see_newest_first(
    malee: Person, hospital: Any, write: Write
) -> None:
    now = timezone.now()
    write("คิวยาเก่า", at=now - timedelta(days=9))
    write("คิวยาใหม่", at=now - timedelta(days=1))
    write("คิวยาของสมาชิก", audience=Audience.MEMBERS)
    write("คิวยาในหน่วย", audience=Audience.UNIT, unit=hospital)
    write("คิวยาที่ยังร่าง", publish=False)
    search = save_search(malee, "คิวยา", by=malee)
    assert atom(search) == ["คิวยาใหม่", "คิวยาเก่า"]
    assert "คิวยา" in Client().get(search.feed_address).content.decode().partition("<entry>")[0]


def test_what_is_withdrawn_leaves_the_feed_with_a_word(malee: Person, write: Write) -> None:
    note = write("คิวยาใหม่")
    search = save_search(malee, "คิวยา", by=malee)
    assert atom(search) == ["คิวยาใหม่"]
    withdraw_note(note, by=malee)
    assert atom(search) == []
    assert gone(search.feed_address) == [f"http://testserver/notes/{note.number}"]


def test_the_feed_names_no_person_and_is_not_indexed(malee: Person, write: Write, somchai: Person) -> None:
    write("คิวยาใหม่", by=somchai)
    answer = Client().get(save_search(malee, "คิวยา", by=malee).feed_address)
    assert ("มาลี" in answer.content.decode(), answer["X-Robots-Tag"]) == (False, "noindex")
    again = Client().get(SavedSearch.objects.get().feed_address, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304


def test_the_feed_costs_the_same_with_one_and_with_five(malee: Person, write: Write) -> None:
    search = save_search(malee, "คิวยา", {"kind": ["note"]}, by=malee)
    costs = []
    for number in (1, 4):
        for n in range(number):
            write(f"คิวยา {number} {n}", tags=[f"ยา{n}"])
        with CaptureQueriesContext(connection) as queries:
            atom(search)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_letters_end_by_their_own_address_without_signing_in(malee: Person, somchai: Person) -> None:
    for person in (malee, somchai):
        save_search(person, "คิวยา", by=person)
    path = f"/searches/stop/{stop_word(malee)}"
    # As a mail program does it: one press, and no token of a form (RFC 8058).
    client = Client(enforce_csrf_checks=True)
    page_of(client.get(path))
    assert SavedSearch.objects.filter(by_letter=True).count() == 2
    page_of(client.post(path, {"List-Unsubscribe": "One-Click"}))
    assert [row.person for row in SavedSearch.objects.filter(by_letter=True)] == [somchai]
    page_of(client.post(path))
    assert client.post("/searches/stop/made-up").status_code == 404


def test_the_form_carries_what_was_asked(malee: Person) -> None:
    html = render_to_string("search/save_form.html", {"q": 'คิว "ยา"', "chosen": {"year": ["2550", "2551"]}})
    assert 'name="q" value="คิว &quot;ยา&quot;"' in html
    assert html.count('name="year"') == 2
    assert "เก็บคำค้นนี้" in html


def test_a_row_says_whether_letters_come(malee: Person) -> None:
    search = save_search(malee, "คิวยา", by=malee)
    client = signed_in(malee)
    assert "มีจดหมายบอก" in page_of(client.get("/searches"))
    tell_by_letter(search, False, by=malee)
    assert "ไม่มีจดหมาย" in page_of(client.get("/searches"))


def test_who_is_signed_in_can_keep_what_is_found_and_visitors_are_not_asked(
    malee: Person, write: Write
) -> None:
    write("คิวยาใหม่")
    asked = "/search?q=คิวยา&kind=note"
    assert "/searches/save" not in page_of(Client().get(asked))
    text = page_of(signed_in(malee).get(asked))
    form = text[text.index('action="/searches/save"') :].partition("</form>")[0]
    assert ('name="q" value="คิวยา"' in form, 'name="kind" value="note"' in form) == (True, True)
    assert "csrfmiddlewaretoken" in form
