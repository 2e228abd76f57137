"""Who may answer what waits: for one by the rule, for many by the filter, and both say the same."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from prakai.networks import actions, rules
from prakai.networks.models import Membership
from prakai.people.models import Person
from tests.factories.networks import make_membership, make_network
from tests.factories.people import make_appointment, make_person


def test_the_rule_and_the_filter_agree_for_everybody(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, coordinators=[cast.somchai])
    head, gone, both = make_person("หัวหน้า"), make_person("ย้ายแล้ว", unit=cast.ward), make_person("สองที่")
    make_appointment(head, cast.hospital, is_head=True)
    gone.appointments.update(until_on=timezone.localdate() - timedelta(days=1))
    make_appointment(both, cast.ward)
    make_appointment(both, cast.town)
    waiting = {
        "invited ward": make_membership(network, unit=cast.ward, agreed=False),
        "invited malee": make_membership(network, person=cast.malee, agreed=False),
        "asking town": make_membership(network, unit=cast.town, invited=False),
    }
    people = {name: one for name, one in vars(cast).items() if isinstance(one, Person)}
    people |= {"head": head, "gone": gone, "both": both}
    allowed: dict[str, list[str]] = {}
    for what, one in waiting.items():
        one = Membership.objects.get(pk=one.pk)
        allowed[what] = sorted(name for name, who in people.items() if rules.may_answer(who, one))
        by_filter = (
            name
            for name, who in people.items()
            if Membership.objects.answered_by(who).filter(pk=one.pk).exists() and who.is_active
        )
        assert (what, sorted(by_filter)) == (what, allowed[what])
    assert allowed == {
        "invited ward": ["both", "fa", "head", "nurse"],
        "invited malee": ["malee"],
        "asking town": ["fa", "somchai", "ubon"],
    }
    assert not rules.may_answer(None, waiting["invited malee"])


def test_nothing_is_answered_in_a_network_that_rests_nor_when_it_is_settled(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    invited = make_membership(network, unit=cast.hospital, agreed=False)
    assert list(Membership.objects.answered_by(cast.malee)) == [invited]
    actions.rest_network(network, by=cast.ubon)
    assert list(Membership.objects.answered_by(cast.malee)) == []
    actions.wake_network(network, by=cast.ubon)
    actions.join_network(network, by=cast.malee, unit=cast.hospital)
    assert list(Membership.objects.answered_by(cast.malee)) == []
    assert invited.get_absolute_url() == f"/networks/{network.pk}/members/{invited.pk}"


def test_nobody_answers_for_a_unit_that_has_ended(cast: SimpleNamespace) -> None:
    invited = make_membership(make_network(cast.ubon), unit=cast.hospital, agreed=False)
    for may, days in ((True, 0), (False, 1)):
        cast.hospital.valid_to = timezone.localdate() - timedelta(days=days)
        cast.hospital.save()
        one = Membership.objects.get(pk=invited.pk)
        assert bool(rules.may_answer(cast.malee, one)) is may
        assert Membership.objects.answered_by(cast.malee).exists() is may


def test_who_said_yes_first(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    asked = actions.join_network(network, by=cast.malee)
    assert asked.first_by == cast.malee.pk
    assert actions.invite_member(network, by=cast.ubon, person=cast.malee).first_by == cast.malee.pk
    invited = actions.invite_member(network, by=cast.ubon, unit=cast.ward)
    assert invited.first_by == cast.ubon.pk
    assert actions.join_network(network, by=cast.nurse, unit=cast.ward).first_by == cast.ubon.pk
