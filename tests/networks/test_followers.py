"""A person who left is forgotten in networks; her units stay, and so does what was agreed."""

from __future__ import annotations

from types import SimpleNamespace

from prakai.journal.following import catch_up, followers
from prakai.journal.models import Setback
from prakai.networks import rules
from prakai.networks.models import Charter, Membership, Network, Stewardship
from prakai.people.actions import erase_person
from tests.factories.networks import make_membership, make_network


def follow() -> None:
    [own] = [one for one in followers() if one.name == "networks.erasure"]
    catch_up(own)


def test_who_left_belongs_to_nothing_and_looks_after_nothing(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, units=[cast.hospital], people=[cast.malee, cast.ubon, cast.somchai])
    make_membership(make_network(cast.fa, "เครือข่ายอื่น"), person=cast.ubon, agreed=False)
    erase_person(cast.ubon, by=cast.ubon, keep_content=True)
    follow()
    follow()
    rows = Membership.objects.order_by("pk").values_list("unit", "person")
    assert list(rows) == [(cast.hospital.pk, None), (None, cast.malee.pk), (None, cast.somchai.pk)]
    assert [(one.person, one.ended_at is None) for one in Stewardship.objects.order_by("pk")] == [
        (cast.ubon, False),
        (cast.fa, True),
    ]
    assert Charter.objects.filter(network=network).count() == 1
    assert Setback.objects.count() == 0


def test_a_network_that_nobody_looks_after_is_looked_after_by_the_stewards_of_the_place(
    cast: SimpleNamespace,
) -> None:
    network = make_network(cast.ubon, people=[cast.malee])
    erase_person(cast.ubon, by=cast.ubon, keep_content=True)
    follow()
    network = Network.objects.get(pk=network.pk)
    assert rules.may_give_care(cast.malee, network, cast.malee).allowed is False
    assert rules.may_give_care(cast.fa, network, cast.malee).allowed is True


def test_nothing_else_ends_when_somebody_else_leaves(cast: SimpleNamespace) -> None:
    make_network(cast.ubon, units=[cast.hospital], people=[cast.malee])
    erase_person(cast.somchai, by=cast.somchai, keep_content=True)
    follow()
    assert Membership.objects.standing().count() == 2
    assert Stewardship.objects.standing().count() == 1
