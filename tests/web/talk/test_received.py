"""What was said in appreciation of a unit or a person stands on its page: words, no count, private ones for the two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prakai.talk.actions import appreciate
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
SAW = "ท่านหันเก้าอี้เข้าหากัน"


def a_unit() -> tuple[Any, dict[str, Any]]:
    unit = make_unit()
    return unit, {"unit": unit}


def a_person() -> tuple[Any, dict[str, Any]]:
    person = make_person("มาลี", "ใจงาม")
    return person, {"person": person}


BOTH = pytest.mark.parametrize("make", [a_unit, a_person])


def shown(address: str, reader: Any = None) -> str:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@BOTH
def test_words_stand_on_the_page_with_who_gave_them(make: Callable[[], tuple[Any, dict[str, Any]]]) -> None:
    thing, to = make()
    before = shown(thing.get_absolute_url())
    row = appreciate(by=make_person("สมชาย", "เดินดี"), saw=SAW, effect="เราคุยกันทั้งแถว", **to)
    after = shown(thing.get_absolute_url())
    assert ('id="appreciations"' in before, SAW in before) == (False, False)
    assert (SAW in after, "สมชาย" in after, f'id="a{row.pk}"' in after) == (True, True, True)
    assert "csrfmiddlewaretoken" not in after.split('id="appreciations"')[1].split("</section>")[0]


@BOTH
def test_private_words_are_for_the_two(make: Callable[[], tuple[Any, dict[str, Any]]]) -> None:
    thing, to = make()
    giver = make_person("สมชาย", "เดินดี")
    appreciate(by=giver, saw=SAW, effect="เราคุยกันทั้งแถว", is_private=True, **to)
    address = thing.get_absolute_url()
    assert SAW not in shown(address)
    assert SAW not in shown(address, make_person("คนอื่น"))
    assert SAW in shown(address, giver)


@BOTH
def test_three_cost_as_much_as_one(make: Callable[[], tuple[Any, dict[str, Any]]]) -> None:
    thing, to = make()
    reader = make_person("คนอ่าน")
    counts = []
    for n in range(3):
        giver = make_person("คนให้", f"ที่ {n}", unit=make_unit(f"หน่วยที่ {n}"))
        appreciate(by=giver, saw=f"{SAW} {n}", effect="เราคุยกันทั้งแถว", **to)
        with CaptureQueriesContext(connection) as asked:
            assert f"{SAW} {n}" in shown(thing.get_absolute_url(), reader)
        counts.append(len(asked))
    assert counts[0] == counts[2]
