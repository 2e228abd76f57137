"""Throwing a spark from a phone: once, named or not, and a clear answer for everything that is not right."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from prakai.forums.actions import open_wall
from prakai.forums.models import Forum, Spark
from tests.factories.forums import make_forum

JSON = {"accept": "application/json"}


@pytest.fixture
def forum(cast: SimpleNamespace) -> Forum:
    forum = make_forum(cast.malee, cast.hospital, audience="unit")
    open_wall(forum, by=cast.malee, question="วันนี้อะไรสะดุดใจ")
    return forum


def test_a_phone_throws_without_an_account(client: Client, forum: Forum) -> None:
    page = client.get(f"/w/{forum.code}")
    assert "วันนี้อะไรสะดุดใจ" in page.content.decode()
    sent = client.post(f"/w/{forum.code}/sparks", {"words": "ยิ้มก่อนถาม", "client_id": "abcd-1234"})
    assert (sent.status_code, sent["Location"]) == (302, f"/w/{forum.code}")
    assert "ยิ้มก่อนถาม" in client.get(f"/w/{forum.code}").content.decode()


def test_the_same_number_is_the_same_spark(client: Client, forum: Forum) -> None:
    given = {"words": "ยิ้มก่อนถาม", "client_id": "abcd-1234"}
    first = client.post(f"/w/{forum.code}/sparks", given, headers=JSON)
    again = client.post(f"/w/{forum.code}/sparks", {**given, "words": "อื่น"}, headers=JSON)
    assert first.json() == again.json() == {
        "id": Spark.objects.get().public_id, "client_id": "abcd-1234", "state": "shown",
    }  # fmt: skip
    assert first.status_code == again.status_code == 201
