"""The stewards' page of words that mean the same."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prakai.people.models import Person
from prakai.search.actions import add_equivalents, strike_equivalents
from prakai.search.models import Equivalents
from prakai.search.queries.equivalents import built_in
from prakai.web.search.words import spoken_parts
from tests.web.notes.conftest import page_of, signed_in

PATH = "/moderation/words"


def plain(text: str) -> str:
    """The page without the marks of language."""
    return re.sub(r'<span lang="..">([^<]*)</span>', r"\1", text)


def test_a_line_is_added_and_struck_out_and_both_stay_readable(steward: Person) -> None:
    client = signed_in(steward)
    answer = client.post(PATH, {"forms": "ศ.ร.ช.\nศูนย์การเรียนรู้ชุมชน\n"})
    assert answer["Location"] == PATH
    line = Equivalents.objects.get()
    assert (line.forms, line.by) == (("ศ.ร.ช.", "ศูนย์การเรียนรู้ชุมชน"), steward)
    assert "<strong>ศ.ร.ช. | ศูนย์การเรียนรู้ชุมชน</strong>" in plain(page_of(client.get(PATH)))
    assert client.post(f"{PATH}/{line.pk}/strike")["Location"] == PATH
    text = plain(page_of(client.get(PATH)))
    assert "<del>ศ.ร.ช. | ศูนย์การเรียนรู้ชุมชน</del>" in text
    assert "ศรี ใจเย็น ขีดออก" in text
    page_of(client.post(f"{PATH}/{line.pk}/strike"), 403)


def test_the_list_that_comes_along_can_be_read_through(steward: Person) -> None:
    text = page_of(signed_in(steward).get(PATH))
    assert all(words in text for words in ("ก.พ.ร. | สำนักงาน ก.พ.ร.", "การจัดการความรู้", "~นม."))


def test_a_line_that_is_none_is_told_beside_the_field(steward: Person) -> None:
    client = signed_in(steward)
    assert "บรรทัดละหนึ่งรูป" in page_of(client.post(PATH, {"forms": "ศรช"}), 400)
    assert "อยู่ในรายการแล้ว" in page_of(client.post(PATH, {"forms": "กพร\nOPDC"}), 400)
    page_of(client.post(PATH, {}), 400)
    assert Equivalents.objects.count() == 0


def test_only_stewards_come_in(steward: Person, somchai: Person) -> None:
    line = add_equivalents(["ศรช", "ศูนย์การเรียนรู้ชุมชน"], by=steward)
    assert Client().get(PATH)["Location"].startswith("/accounts/login/")
    assert Client().post(f"{PATH}/{line.pk}/strike").status_code == 403
    for answer in (
        signed_in(somchai).get(PATH),
        signed_in(somchai).post(PATH, {"forms": "ก1\nข1"}),
        signed_in(somchai).post(f"{PATH}/{line.pk}/strike"),
    ):
        page_of(answer, 403)
    assert signed_in(steward).post(f"{PATH}/999/strike").status_code == 404
    assert Equivalents.objects.standing().count() == 1


def test_the_page_costs_the_same_with_one_and_with_ten_lines(steward: Person) -> None:
    costs = []
    for start, number in ((0, 1), (10, 10)):
        for n in range(start, start + number):
            line = add_equivalents([f"คำ{n}", f"ศัพท์{n}"], by=steward)
            strike_equivalents(line, by=steward)
            add_equivalents([f"คำ{n}", f"ศัพท์{n}"], by=steward)
        client = signed_in(steward)
        client.get(PATH)
        with CaptureQueriesContext(connection) as queries:
            page_of(client.get(PATH))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_each_part_of_a_line_is_marked_with_its_language() -> None:
    assert spoken_parts(["ก.พ.ร.", "OPDC", "Office of X", "ฝุ่น PM2.5"]) == [
        ("th", "ก.พ.ร. | "), ("en", "OPDC | Office of X"), ("th", " | ฝุ่น "), ("en", "PM2.5"),
    ]  # fmt: skip
    for forms in built_in():
        parts = spoken_parts(forms)
        assert "".join(words for _, words in parts) == " | ".join(forms)
        assert [
            words for language, words in parts if bool(re.search("[A-Za-z]", words)) != (language == "en")
        ] == []
