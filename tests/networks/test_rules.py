"""Who may found, look after, join and leave: each refusal after somebody else may."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from prakai.networks import rules
from prakai.networks.actions import rest_network
from prakai.networks.models import Stewardship
from tests.factories.networks import make_membership, make_network
from tests.factories.people import make_appointment, make_person
from tests.factories.units import make_unit


def test_stewards_and_facilitators_of_the_place_found(cast: SimpleNamespace) -> None:
    assert rules.may_found(cast.fa).allowed is True
    assert rules.may_found(cast.ubon).allowed is True
    refused = [rules.may_found(one) for one in (None, AnonymousUser(), cast.malee, cast.waiting)]  # type: ignore[arg-type]
    assert [one.allowed for one in refused] == [False] * 4


def test_everybody_reads_the_page(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    for reader in (None, cast.somchai, cast.waiting):
        assert rules.may_read(reader, network).allowed is True
        assert type(network).objects.visible_to(reader).get() == network


def test_its_own_stewards_and_those_of_the_place_look_after_it(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, people=[cast.malee], coordinators=[cast.nurse])
    other = make_network(cast.fa, "เครือข่ายอื่น")
    for allowed in (cast.ubon, cast.nurse, cast.fa):
        assert rules.may_look_after(allowed, network).allowed is True
    for refused in (cast.malee, cast.somchai, cast.waiting, None, AnonymousUser()):
        assert rules.may_look_after(refused, network).allowed is False
    assert rules.may_look_after(cast.ubon, other).allowed is False
    Stewardship.objects.filter(person=cast.nurse).update(ended_at=timezone.now())
    assert rules.may_look_after(cast.nurse, network).allowed is False


def test_who_looks_after_it_and_is_no_longer_active_does_not(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, coordinators=[cast.waiting])
    assert rules.looks_after(cast.waiting, network) is False
    assert rules.may_look_after(cast.waiting, network).allowed is False
    cast.waiting.is_active = True
    assert rules.may_look_after(cast.waiting, network).allowed is True


def test_nobody_is_invited_and_nobody_joins_while_it_rests(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    assert rules.may_invite(cast.ubon, network).allowed is True
    assert rules.may_join(cast.malee, network).allowed is True
    assert rules.may_invite(cast.malee, network).allowed is False
    rest_network(network, by=cast.ubon)
    assert rules.may_invite(cast.ubon, network) == rules.RESTS
    assert rules.may_join(cast.malee, network) == rules.RESTS


def test_who_speaks_for_a_unit(cast: SimpleNamespace) -> None:
    director = make_person("แสงดาว")
    make_appointment(director, cast.hospital, is_head=True)
    for person, ward in ((cast.nurse, True), (director, True), (cast.fa, True), (cast.malee, False)):
        assert rules.speaks_for(person, cast.ward) is ward
    stated = make_person("กล่าวเอง", unit=cast.hospital)
    assert rules.speaks_for(stated, cast.hospital) is True
    stated.appointments.update(confirmed_at=None)
    assert rules.speaks_for(stated, cast.hospital) is False
    assert rules.speaks_for(cast.waiting, cast.hospital) is False
    assert rules.speaks_for(cast.nurse, cast.hospital) is False


def test_for_a_unit_joins_who_speaks_for_it_and_for_herself_anybody(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    assert rules.may_join(cast.somchai, network).allowed is True
    assert rules.may_join(cast.malee, network, cast.hospital).allowed is True
    assert rules.may_join(cast.somchai, network, cast.hospital).allowed is False
    assert rules.may_join(cast.waiting, network).allowed is False
    assert rules.may_join(None, network).allowed is False
    assert rules.may_join(AnonymousUser(), network).allowed is False  # type: ignore[arg-type]


def test_a_unit_that_has_ended_joins_no_more(cast: SimpleNamespace) -> None:
    network, today = make_network(cast.ubon), timezone.localdate()
    unit = make_unit("กลุ่มงานเดิม", valid_to=today)
    assert rules.may_join(cast.fa, network, unit).allowed is True
    unit.valid_to = today - timedelta(days=1)
    assert rules.may_join(cast.fa, network, unit).allowed is False


def test_the_member_and_who_looks_after_the_network_end_a_membership(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    hers = make_membership(network, person=cast.somchai)
    its = make_membership(network, unit=cast.hospital)
    for allowed in (cast.somchai, cast.ubon, cast.fa):
        assert rules.may_end_membership(allowed, hers).allowed is True
    for allowed in (cast.malee, cast.ubon):
        assert rules.may_end_membership(allowed, its).allowed is True
    for refused in (cast.malee, None, AnonymousUser()):
        assert rules.may_end_membership(refused, hers).allowed is False
    for refused in (cast.somchai, cast.nurse, cast.waiting, None):
        assert rules.may_end_membership(refused, its).allowed is False


def test_care_is_given_to_who_takes_part(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    assert rules.may_give_care(cast.ubon, network, cast.malee).allowed is True
    assert rules.may_give_care(cast.malee, network, cast.somchai).allowed is False
    assert rules.may_give_care(cast.ubon, network, cast.waiting).allowed is False
    gone = make_person("ลาออก", erased_at=timezone.now())
    assert rules.may_give_care(cast.ubon, network, gone).allowed is False


def test_the_last_who_looks_after_it_stays_until_somebody_else_does(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    hers = network.stewardships.get()
    assert rules.may_end_care(cast.ubon, hers).allowed is False
    assert rules.may_end_care(cast.fa, hers).allowed is False
    other = Stewardship.objects.create(network=network, person=cast.malee)
    assert rules.may_end_care(cast.ubon, hers).allowed is True
    assert rules.may_end_care(cast.malee, hers).allowed is True
    assert rules.may_end_care(cast.somchai, hers).allowed is False
    cast.malee.is_active = False
    cast.malee.save()
    assert rules.may_end_care(cast.ubon, hers).allowed is False
    assert rules.may_end_care(cast.ubon, other).allowed is True
