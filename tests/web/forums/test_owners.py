"""A forum of a network by its pages: chosen where one begins, told on its page, kept to those whom it is for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prakai.forums.models import Forum
from prakai.networks.models import Network
from tests.factories.forums import make_forum
from tests.factories.networks import make_network
from tests.web.forums.conftest import SignIn, shown
from tests.web.forums.test_planning import FOUND, words_of

ASKED = "เวทีนี้เป็นของใคร"


@pytest.fixture
def network(cast: SimpleNamespace) -> Network:
    return make_network(cast.steward, units=[cast.hospital])


def test_who_belongs_to_a_network_chooses_it_where_a_forum_begins(
    cast: SimpleNamespace, network: Network, signed_in: SignIn
) -> None:
    client = signed_in(cast.malee)
    page = shown(client.get(f"/forums/new?network={network.pk}"))
    assert (ASKED in page, f'<option value="{network.pk}" selected>' in page) == (True, True)
    answer = client.post("/forums/new", {**FOUND, "network": str(network.pk), "unit": cast.town.name})
    forum = Forum.objects.get()
    assert (answer.status_code, forum.owner, forum.host, forum.by) == (302, network, cast.town, cast.malee)
    text = shown(client.get(forum.get_absolute_url()))
    assert f'href="{network.get_absolute_url()}"' in text
    assert (network.name in text, cast.town.name in text) == (True, True)


def test_who_belongs_to_none_is_not_asked_and_cannot_choose(
    cast: SimpleNamespace, network: Network, signed_in: SignIn
) -> None:
    client = signed_in(cast.somchai)
    assert ASKED not in shown(client.get("/forums/new"))
    answer = client.post("/forums/new", {**FOUND, "network": str(network.pk), "unit": cast.town.name})
    # What was not offered is not heard: it is a forum of his own unit.
    assert (answer.status_code, Forum.objects.get().owner) == (302, cast.town)
    other = make_network(cast.steward, "เครือข่ายอื่น", units=[cast.town])
    answer = client.post("/forums/new", {**FOUND, "network": str(network.pk), "unit": cast.town.name})
    assert (answer.status_code, Forum.objects.count(), is_kept(shown(answer))) == (200, 1, True)
    assert client.post("/forums/new", {**FOUND, "network": str(other.pk), "unit": ""}).status_code == 302
    assert Forum.objects.filter(network=other).count() == 1


def is_kept(text: str) -> bool:
    return FOUND["purpose"] in text and FOUND["place"] in text


def test_without_network_and_unit_one_is_asked_for(
    cast: SimpleNamespace, network: Network, signed_in: SignIn
) -> None:
    answer = signed_in(cast.malee).post("/forums/new", {**FOUND, "network": "", "unit": ""})
    assert ("เวทีนี้หน่วยงานไหนจัด" in shown(answer), Forum.objects.count()) == (True, 0)


def test_the_audience_of_a_networks_forum_is_the_network_and_not_a_unit(
    cast: SimpleNamespace, network: Network, signed_in: SignIn
) -> None:
    client = signed_in(cast.malee)
    ours, theirs = make_forum(cast.malee, network), make_forum(cast.malee, cast.hospital)
    page = shown(client.get(f"/forums/{ours.pk}/change"))
    assert ('value="network"' in page, 'value="unit"' in page) == (True, False)
    page = shown(client.get(f"/forums/{theirs.pk}/change"))
    assert ('value="network"' in page, 'value="unit"' in page) == (False, True)
    assert client.post(f"/forums/{ours.pk}/change", words_of(ours, audience="network")).status_code == 302
    assert "เครือข่ายของเรา" in shown(client.get(ours.get_absolute_url()))
    for person, status in ((cast.nurse, 200), (cast.somchai, 404), (None, 404)):
        assert signed_in(person).get(ours.get_absolute_url()).status_code == status


def test_the_next_one_is_offered_to_the_same_network(
    cast: SimpleNamespace, network: Network, signed_in: SignIn
) -> None:
    client = signed_in(cast.malee)
    forum = make_forum(cast.malee, network, host=cast.town)
    page = shown(client.get(f"/forums/{forum.pk}/clone"))
    assert (f'<option value="{network.pk}" selected>' in page, cast.town.name in page) == (True, True)
    sent = {"title": "ครั้งที่สอง", "network": str(network.pk), "unit": "", "first_on": "20 ม.ค. 2571"}
    assert client.post(f"/forums/{forum.pk}/clone", sent).status_code == 302
    copy = Forum.objects.get(title="ครั้งที่สอง")
    assert (copy.owner, copy.host) == (network, cast.town)


def test_a_list_with_forums_of_networks_costs_the_same_for_one_and_for_three(
    cast: SimpleNamespace, network: Network
) -> None:
    counts = []
    for _ in (1, 2, 3):
        make_forum(cast.steward, network, host=cast.town)
        make_forum(cast.malee, cast.hospital)
        with CaptureQueriesContext(connection) as asked:
            assert network.name in shown(Client().get("/forums?lang=th"))
        counts.append(len(asked))
    assert counts[0] == counts[-1]
