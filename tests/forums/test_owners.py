"""To whom a forum belongs: a unit or a network; who prepares it then, who sees it, what comes along to the next."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from prakai.forums import rules
from prakai.forums.actions import change_forum, clone_forum, found_forum, found_series
from prakai.forums.models import Forum, ForumSeries, Review
from prakai.forums.queries.forums import forum_lists, forums_of, series_names
from prakai.kernel.verdicts import Refused
from prakai.networks.actions import end_membership, rest_network, wake_network
from prakai.networks.models import Membership, Network
from tests.factories.forums import make_forum
from tests.factories.networks import make_network
from tests.factories.people import make_person
from tests.factories.reviews import make_review

ON = date(2027, 1, 20)


@pytest.fixture
def network(cast: SimpleNamespace) -> Network:
    """The hospital and one person for herself belong to it; the steward looks after it."""
    cast.alone = make_person("เดี่ยว")
    return make_network(cast.steward, units=[cast.hospital], people=[cast.alone])


def test_a_forum_of_a_network_is_founded_by_who_belongs_to_it(
    cast: SimpleNamespace, network: Network
) -> None:
    for person in (cast.malee, cast.nurse, cast.alone, make_person("อำนวย", facilitator=True), cast.steward):
        forum = found_forum(network, by=person, title="เวทีเครือข่าย", host=cast.town)
        assert (forum.owner, forum.unit, forum.host) == (network, None, cast.town)
    for person in (cast.somchai, cast.waiting):
        with pytest.raises(Refused) as refused:
            found_forum(network, by=person, title="เวที")
        assert str(refused.value.verdict.reason) != ""
    assert Forum.objects.owned_by(network).count() == 5
    assert Forum.objects.owned_by(cast.hospital).count() == 0


def test_a_network_that_rests_begins_no_forum(cast: SimpleNamespace, network: Network) -> None:
    rest_network(network, by=cast.steward)
    with pytest.raises(Refused):
        found_forum(network, by=cast.malee, title="เวที")
    wake_network(network, by=cast.steward)
    assert found_forum(network, by=cast.malee, title="เวที").network == network


def test_who_left_the_network_begins_no_forum_of_it(cast: SimpleNamespace, network: Network) -> None:
    assert rules.may_found(cast.alone, network).allowed is True
    end_membership(Membership.objects.get(person=cast.alone), by=cast.alone)
    assert rules.may_found(cast.alone, network).allowed is False


def test_a_forum_belongs_to_one_and_to_one_only(cast: SimpleNamespace, network: Network) -> None:
    for owner in ({}, {"unit": cast.hospital, "network": network}):
        for table, words in ((Forum, {"title": "เวที"}), (ForumSeries, {"name": "ชุด"})):
            with pytest.raises(IntegrityError), transaction.atomic():
                table._default_manager.create(**words, **owner)


def test_rule_and_filter_agree_on_forums_of_networks(cast: SimpleNamespace, network: Network) -> None:
    forums = [
        make_forum(cast.steward, network, f"{audience} {announced}", announced=announced, audience=audience)
        for audience in ("public", "members", "network")
        for announced in (True, False)
    ]
    for reader in (None, cast.malee, cast.nurse, cast.alone, cast.somchai, cast.steward, cast.waiting):
        seen = set(Forum.objects.visible_to(reader))
        assert seen == {one for one in forums if rules.may_read(reader, one)}
        lists = forum_lists(reader)
        assert set(lists.coming.rows) <= seen
    told = {"public True", "members True", "network True"}
    for reader in (cast.malee, cast.nurse, cast.alone):
        assert {one.title for one in Forum.objects.visible_to(reader)} == told
    assert {one.title for one in Forum.objects.visible_to(cast.somchai)} == told - {"network True"}
    assert {one.title for one in Forum.objects.visible_to(None)} == {"public True"}
    assert {one.title for one in Forum.objects.visible_to(cast.waiting)} == {"public True"}


@pytest.mark.parametrize(("owner", "audience"), [("unit", "network"), ("network", "unit")])
def test_an_audience_that_the_owner_does_not_have_is_refused(
    cast: SimpleNamespace, network: Network, owner: str, audience: str
) -> None:
    forum = found_forum(network if owner == "network" else cast.hospital, by=cast.malee, title="เวที")
    with pytest.raises(ValidationError) as found:
        change_forum(forum, by=cast.malee, audience=audience)
    assert list(found.value.message_dict) == ["audience"]
    assert change_forum(forum, by=cast.malee, audience=owner).audience == owner


def test_series_of_a_network_are_its_own(cast: SimpleNamespace, network: Network) -> None:
    ours = found_series(network, "เวทีประจำปี", by=cast.malee)
    theirs = found_series(cast.hospital, "เวทีประจำปี", by=cast.malee)
    assert found_series(network, "เวทีประจำปี", by=cast.alone) == ours
    assert (ours.network, theirs.network, ForumSeries.objects.count()) == (network, None, 2)
    assert (series_names(network), series_names(cast.town)) == (["เวทีประจำปี"], [])
    forum = found_forum(network, by=cast.malee, title="เวที", series="เวทีประจำปี")
    assert forum.series == ours
    with pytest.raises(ValidationError) as found:
        change_forum(forum, by=cast.malee, series=theirs)
    assert list(found.value.message_dict) == ["series"]


def test_the_next_forum_of_a_network_may_be_received_by_another_unit(
    cast: SimpleNamespace, network: Network
) -> None:
    forum = found_forum(
        network, by=cast.malee, title="เวที", host=cast.hospital, series="เวทีประจำปี", audience="network"
    )
    following = clone_forum(forum, by=cast.steward, owner=network, host=cast.town, first_on=ON)
    assert (following.network, following.series, following.host) == (network, forum.series, cast.town)
    assert clone_forum(forum, by=cast.malee, owner=network, first_on=ON).host == cast.hospital
    # A unit that makes its own forum of it keeps it to the unit, as the network kept it to the network.
    own = clone_forum(forum, by=cast.malee, owner=cast.hospital, first_on=ON)
    assert (own.owner, own.series, own.host, own.audience) == (cast.hospital, None, None, "unit")
    back = clone_forum(own, by=cast.malee, owner=network, first_on=ON)
    assert (back.owner, back.audience) == (network, "network")
    with pytest.raises(Refused):
        clone_forum(make_forum(cast.malee, network), by=cast.somchai, owner=network, first_on=ON)


def test_forums_of_a_network_are_listed_for_who_may_know_of_them(
    cast: SimpleNamespace, network: Network
) -> None:
    coming = make_forum(cast.malee, network, "ต่อไป", audience="network")
    past = make_forum(cast.malee, network, "ที่แล้ว", starts_at=coming.starts_at - timedelta(days=40))
    make_forum(cast.malee, cast.hospital, "ของโรงพยาบาล")
    lists = forums_of(network, cast.alone)
    assert (lists.coming, lists.past) == ([coming], [past])
    assert (forums_of(network, None).coming, forums_of(network, None).past) == ([], [past])


def test_what_was_revealed_in_a_review_is_read_by_who_looks_after_the_network(
    cast: SimpleNamespace, network: Network
) -> None:
    forum = make_forum(cast.malee, network)
    review = make_review(forum, cast.malee)
    tends = make_person("ดูแล")
    network.stewardships.create(person=tends, by=cast.steward)
    assert Review.objects.visible_to(tends).get() == review
    assert Review.objects.visible_to(cast.malee).get() == review
    for reader in (cast.alone, cast.nurse, cast.somchai, None):
        assert Review.objects.visible_to(reader).exists() is False
