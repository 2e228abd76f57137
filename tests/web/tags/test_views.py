"""Tags: in Thai order without sizes, one tag's notes and people, and two made one."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.encoding import iri_to_uri

from prakai.notes.actions import merge_tags
from prakai.notes.models import Tag
from prakai.people.models import Person
from tests.factories.people import make_person
from tests.web.notes.conftest import Write, page_of, signed_in


def tag(label: str) -> Tag:
    return Tag.objects.get(label=label)


def shown(text: str) -> list[str]:
    return re.findall(r'class="tag"[^>]*>([^<]+)<', text)


def test_tags_stand_in_the_order_of_the_dictionary_whatever_their_number(write: Write) -> None:
    write("หนึ่ง", tags=["แก้ว", "เกาะ", "ขนม", "กบ", "KM"])
    write("สอง", tags=["ขนม"])
    write("สาม", tags=["ขนม"])
    text = page_of(Client().get("/tags"))
    assert shown(text) == ["KM", "กบ", "เกาะ", "แก้ว", "ขนม"]
    assert re.findall(r"<h2[^>]*>(.)</h2>", text) == ["K", "ก", "ข"]


def test_a_tag_of_a_smaller_circle_is_not_shown_to_others(write: Write, somchai: Person) -> None:
    write("วงใน", tags=["ลับ"], audience="members")
    assert shown(page_of(Client().get("/tags"))) == []
    assert shown(page_of(signed_in(somchai).get("/tags"))) == ["ลับ"]
    assert Client().get(tag("ลับ").get_absolute_url()).status_code == 404
    assert "วงใน" in page_of(signed_in(somchai).get(tag("ลับ").get_absolute_url()))


def test_a_tag_shows_its_notes_and_those_who_know(write: Write) -> None:
    write("ที่นั่งรอ", tags=["คิว"])
    make_person("แก้ว", "ใสดี", knows=["คิว"])
    text = page_of(Client().get(tag("คิว").get_absolute_url()))
    assert "ที่นั่งรอ" in text
    assert "แก้ว ใสดี" in text
    assert "csrfmiddlewaretoken" not in text


def test_the_number_decides_and_an_alias_leads_on(write: Write, steward: Person) -> None:
    write("ก", tags=["คิวยา"])
    write("ข", tags=["คิว"])
    old, new = tag("คิวยา"), tag("คิว")
    assert Client().get(f"/tags/{new.pk}-wrong")["Location"] == iri_to_uri(new.get_absolute_url())
    merge_tags(old, new, by=steward)
    answer = Client().get(old.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, iri_to_uri(new.get_absolute_url()))
    text = page_of(Client().get(new.get_absolute_url()))
    assert "คิวยา" in text
    assert [Client().get(path).status_code for path in ("/tags/99999", "/tags/999999999999999")] == [404, 404]


def test_stewards_make_two_tags_one(write: Write, steward: Person, somchai: Person) -> None:
    write("ก", tags=["คิวยา"])
    write("ข", tags=["ก.พ.ร."])
    old, new = tag("คิวยา"), tag("ก.พ.ร.")
    path = f"/tags/{old.pk}/merge"
    assert "csrfmiddlewaretoken" in page_of(signed_in(steward).get(old.get_absolute_url()))
    assert 'name="into"' not in page_of(signed_in(somchai).get(old.get_absolute_url()))
    assert signed_in(somchai).post(path, {"into": "กพร."}).status_code == 403
    assert Client().post(path, {"into": "กพร."}).status_code == 404
    page_of(signed_in(steward).post(path, {"into": "ไม่มีคำนี้"}), 400)
    page_of(signed_in(steward).post(path, {"into": "คิวยา"}), 400)
    answer = signed_in(steward).post(path, {"into": "กพร"})
    assert answer["Location"] == iri_to_uri(new.get_absolute_url())
    old.refresh_from_db()
    assert old.same_as == new


def test_the_page_of_a_tag_costs_the_same_with_one_and_with_twenty_notes(write: Write) -> None:
    write("ก", tags=["น้อย"])
    for n in range(20):
        write(f"ข {n}", tags=["มาก", f"อื่น {n}"])
    costs = []
    for label in ("น้อย", "มาก"):
        Client().get(tag(label).get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            page_of(Client().get(tag(label).get_absolute_url()))
        costs.append(len(queries))
    assert costs[0] == costs[1]
