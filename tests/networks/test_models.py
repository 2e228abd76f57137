"""What the tables of networks promise: one membership at a time, begun by both sides; and who belongs."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from prakai.networks import rules
from prakai.networks.models import Membership, Network, Rest, Stewardship
from tests.factories.networks import make_membership, make_network
from tests.factories.people import make_appointment, make_person
from tests.factories.units import make_unit


def refused_by_the_database(**columns: Any) -> bool:
    try:
        with transaction.atomic():
            Membership.objects.create(**columns)
    except IntegrityError:
        return True
    return False


def test_a_member_is_a_unit_or_a_person_and_never_both(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    assert refused_by_the_database(network=network, unit=cast.town) is False
    assert refused_by_the_database(network=network, person=cast.somchai) is False
    assert refused_by_the_database(network=network, unit=cast.ward, person=cast.nurse) is True
    assert refused_by_the_database(network=network) is True


def test_the_same_member_stands_once_also_for_two_at_the_same_moment(cast: SimpleNamespace) -> None:
    network, other = make_network(cast.ubon), make_network(cast.ubon, "เครือข่ายสวนผัก")
    make_membership(network, unit=cast.town)
    ended = make_membership(network, person=cast.malee)
    assert refused_by_the_database(network=network, unit=cast.town) is True
    assert refused_by_the_database(network=other, unit=cast.town) is False
    assert refused_by_the_database(network=network, person=cast.malee) is True
    Membership.objects.filter(pk=ended.pk).update(ended_at=timezone.now())
    assert refused_by_the_database(network=network, person=cast.malee) is False


def test_nothing_begins_before_both_have_agreed(cast: SimpleNamespace) -> None:
    network, now = make_network(cast.ubon), timezone.now()
    both = {"network": network, "unit": cast.town, "invited_at": now, "agreed_at": now, "began_at": now}
    assert refused_by_the_database(**{**both, "invited_at": None}) is True
    assert refused_by_the_database(**{**both, "agreed_at": None}) is True
    assert refused_by_the_database(**both) is False


def test_it_begins_with_the_later_of_both_answers(cast: SimpleNamespace) -> None:
    now, row = timezone.now(), Membership(network=make_network(cast.ubon), unit=cast.town)
    row.agreed_at = now
    assert (row.begin_when_agreed(), row.began_at) == (False, None)
    row.invited_at = now - timedelta(days=2)
    assert (row.begin_when_agreed(), row.began_at) == (True, now)
    assert (row.begin_when_agreed(), row.began_at) == (False, now)


def test_a_network_rests_once_and_is_looked_after_once_by_the_same_person(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    Rest.objects.create(network=network, woken_at=timezone.now())
    Rest.objects.create(network=network)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rest.objects.create(network=network)
    Stewardship.objects.create(network=network, person=cast.fa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stewardship.objects.create(network=network, person=cast.fa)


def test_address_name_and_order_are_kept(cast: SimpleNamespace) -> None:
    later = make_network(cast.ubon, "เครือข่ายห้องยา", name_en="Pharmacy Circle")
    make_network(cast.ubon, "เครือข่ายกองทุนหมู่บ้าน")
    assert later.get_absolute_url() == f"/networks/{later.pk}-เครือข่ายห้องยา"
    assert str(later) == "เครือข่ายห้องยา"
    with translation.override("en"):
        assert [one.name for one in Network.objects.in_order()] == ["เครือข่ายกองทุนหมู่บ้าน", "Pharmacy Circle"]


def test_who_belongs_by_rule_and_by_list(cast: SimpleNamespace) -> None:
    """A person of a ward belongs by its hospital; one who only says that she works there, or once did, does not."""
    network = make_network(cast.ubon, units=[cast.hospital], people=[cast.somchai], coordinators=[cast.fa])
    make_network(cast.ubon, "เครือข่ายอื่น", units=[cast.town], people=[cast.waiting])
    stated, former, later = (make_person(name) for name in ("กล่าวเอง", "เคยอยู่", "จะมา"))
    make_appointment(stated, cast.hospital)
    stated.appointments.update(confirmed_at=None)
    today = timezone.localdate()
    make_appointment(former, cast.hospital, until_on=today - timedelta(days=1))
    make_appointment(later, cast.hospital, from_on=today + timedelta(days=1))
    above = make_unit("กระทรวงสุขใจ")
    people = {
        "visitor": (None, False),
        "nobody": (AnonymousUser(), False),
        "ubon": (cast.ubon, True),
        "coordinator": (cast.fa, True),
        "malee": (cast.malee, True),
        "nurse": (cast.nurse, True),
        "somchai": (cast.somchai, True),
        "waiting": (cast.waiting, False),
        "stated": (stated, False),
        "former": (former, False),
        "later": (later, False),
        "elsewhere": (make_person("ไกล", unit=above), False),
    }
    promised = {name: belongs for name, (_, belongs) in people.items()}
    assert {name: rules.belongs(one, network) for name, (one, _) in people.items()} == promised
    listed = {
        name: network in Network.objects.belonging_to(one)  # type: ignore[arg-type]
        for name, (one, _) in people.items()
    }
    assert listed == promised


def test_who_waits_or_left_does_not_belong(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    asked = make_membership(network, person=cast.malee, invited=False)
    invited = make_membership(network, unit=cast.town, agreed=False)
    assert set(Network.objects.belonging_to(cast.malee)) == set()
    assert set(Network.objects.belonging_to(cast.somchai)) == set()
    for row in (asked, invited):
        row.invited_at = row.agreed_at = timezone.now()
        row.begin_when_agreed()
        row.save()
    assert set(Network.objects.belonging_to(cast.malee)) == {network}
    assert set(Network.objects.belonging_to(cast.somchai)) == {network}
    Membership.objects.update(ended_at=timezone.now())
    Stewardship.objects.update(ended_at=timezone.now())
    for one in (cast.malee, cast.somchai, cast.ubon):
        assert set(Network.objects.belonging_to(one)) == set()


def test_networks_of_a_unit_are_those_that_it_itself_joined(cast: SimpleNamespace) -> None:
    own = make_network(cast.ubon, units=[cast.hospital])
    make_network(cast.ubon, "เครือข่ายเทศบาล", units=[cast.town])
    assert list(Network.objects.of_unit(cast.hospital.pk)) == [own]
    assert list(Network.objects.of_unit(cast.ward.pk)) == []
    assert list(Network.objects.awake()) == list(Network.objects.all())
