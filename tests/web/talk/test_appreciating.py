"""Giving words of appreciation to a thing, a unit, a person; and what either side does with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from prakai.people.models import Person
from prakai.talk.models import Appreciation
from prakai.talk.queries import appreciations_of_person
from tests.factories.people import make_person
from tests.factories.talk import make_appreciation

SignIn = Callable[[Person | None], Client]
SAW = "เห็นพี่เวรเดินไปหาคุณยาย"


def shown(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    assert "!!unknown" not in response.text
    return str(response.text)


@pytest.fixture
def places(cast: SimpleNamespace) -> dict[str, str]:
    return {
        "conversation": f"/talk/{cast.talk.pk}/appreciate",
        "unit": f"/units/{cast.hospital.pk}/appreciate",
        "person": f"/people/{cast.malee.public_id}/appreciate",
    }


@pytest.mark.parametrize("to", ["conversation", "unit", "person"])
def test_words_are_given_and_lead_back(
    cast: SimpleNamespace, signed_in: SignIn, places: dict[str, str], to: str
) -> None:
    client = signed_in(cast.somchai)
    page = shown(client.get(places[to]))
    found = re.search(r'name="client_key" value="([^"]+)"', page)
    assert found is not None
    given = {"saw": SAW, "effect": "คุณยายยิ้ม", "wants_to_learn": "on", "client_key": found[1]}
    response = client.post(places[to], given)
    client.post(places[to], given)
    row = Appreciation.objects.get()
    about = {"conversation": cast.talk, "unit": cast.hospital, "person": cast.malee}[to]
    assert getattr(row, to) == about
    assert (row.saw, row.effect, row.wants_to_learn, row.is_private) == (SAW, "คุณยายยิ้ม", True, False)
    assert unquote(response.headers["Location"]) == f"{about.get_absolute_url()}#a{row.pk}"


def test_what_is_missing_is_asked_with_the_words_kept(
    cast: SimpleNamespace, signed_in: SignIn, places: dict[str, str]
) -> None:
    page = shown(signed_in(cast.somchai).post(places["conversation"], {"saw": SAW}))
    assert "Please add what it did, or tick that you want to learn it." in page
    assert SAW in page
    assert Appreciation.objects.count() == 0


def test_it_is_refused_for_oneself_and_for_who_is_signed_out(
    cast: SimpleNamespace, signed_in: SignIn, places: dict[str, str]
) -> None:
    for to in ("conversation", "person"):
        page = shown(signed_in(cast.malee).get(places[to]))
        assert "An appreciation is a gift for somebody else." in page
        assert 'name="saw"' not in page
    visitor = signed_in(None)
    assert "Only members can give an appreciation." in shown(visitor.get(places["unit"]))
    page = shown(visitor.post(places["unit"], {"saw": SAW, "effect": "ดี"}), 403)
    assert SAW in page
    visitor.force_login(cast.somchai)
    assert SAW in shown(visitor.get(places["unit"]))
    shy = make_person("เงียบ", "ใจดี", is_listed=False)
    assert signed_in(None).get(f"/people/{shy.public_id}/appreciate").status_code == 404
    assert signed_in(cast.somchai).get("/units/999999/appreciate").status_code == 404


def test_without_a_token_nothing_is_given_and_nothing_lost(
    cast: SimpleNamespace, places: dict[str, str]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.somchai)
    page = shown(client.post(places["person"], {"saw": SAW, "effect": "ดี"}), 403)
    assert (SAW in page, Appreciation.objects.count()) == (True, 0)


def test_either_side_keeps_shares_and_takes_back(cast: SimpleNamespace, signed_in: SignIn) -> None:
    row = make_appreciation(cast.somchai, conversation=cast.talk, saw=SAW)
    receiver, giver, reader = signed_in(cast.malee), signed_in(cast.somchai), signed_in(cast.nurse)
    assert SAW in shown(reader.get(cast.talk.address))
    receiver.post(f"/talk/appreciations/{row.pk}/keep")
    assert SAW not in shown(reader.get(cast.talk.address))
    assert "Only you two see this" in shown(giver.get(cast.talk.address))
    assert "Show it to readers again" in shown(receiver.get(cast.talk.address))
    assert "Show it to readers again" not in shown(giver.get(cast.talk.address))
    receiver.post(f"/talk/appreciations/{row.pk}/share")
    assert SAW in shown(reader.get(cast.talk.address))
    assert reader.post(f"/talk/appreciations/{row.pk}/withdraw").status_code == 403
    assert giver.post(f"/talk/appreciations/{row.pk}/praise").status_code == 404
    giver.post(f"/talk/appreciations/{row.pk}/withdraw")
    assert SAW not in shown(receiver.get(cast.talk.address))


def test_private_words_are_seen_by_two(
    cast: SimpleNamespace, signed_in: SignIn, places: dict[str, str]
) -> None:
    signed_in(cast.somchai).post(places["person"], {"saw": SAW, "effect": "ดี", "is_private": "on"})
    assert [
        len(appreciations_of_person(cast.malee, one)) for one in (cast.malee, cast.somchai, cast.nurse)
    ] == [1, 1, 0]
