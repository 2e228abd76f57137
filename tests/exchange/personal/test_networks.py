"""Every table of networks that names a person: hers is taken along and forgotten, or it is said why not."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from prakai.exchange.personal import everything_about
from prakai.journal.following import catch_up, followers
from prakai.networks.actions import end_membership, rest_network, write_charter
from prakai.networks.models import Membership, Network, Stewardship
from prakai.people.actions import erase_person
from prakai.people.models import Person
from tests.factories.networks import make_membership, make_network
from tests.factories.people import make_person
from tests.factories.units import make_unit

HERS = {
    "charter.by": "charters",
    "membership.person": "networks",
    "stewardship.person": "network_care",
}
NOT_HERS = {
    "membership.agreed_by": "her own yes is told with the membership; for a unit it is an act, in her journal",
    "membership.ended_by": "an act, in her journal",
    "membership.invited_by": "an act, in her journal",
    "network.by": "an act, in her journal; that she looks after it is told",
    "rest.by": "an act, in her journal",
    "stewardship.by": "an act, in her journal",
}


def _ways() -> set[str]:
    return {
        f"{model._meta.model_name}.{column.name}"
        for model in apps.get_app_config("networks").get_models()
        for column in model._meta.get_fields()
        if isinstance(column, models.ForeignKey) and column.related_model is Person
    }


def test_tables_of_networks_when_they_grow_are_hers_or_say_why_not() -> None:
    """Whoever adds a table that names a person decides here whether she finds it in what she takes along."""
    assert sorted(_ways()) == sorted(HERS | NOT_HERS)


def _everywhere(malee: Person, other: Person) -> Network:
    """Malee looks after a network, wrote its charter anew, and is in it; another invites her, a third she has left."""
    unit = make_unit("โรงพยาบาล")
    network = make_network(malee, units=[unit], people=[malee, other])
    write_charter(network, purpose="ของมาลีเอง", manners="ไม่เล่าต่อนอกวง", by=malee)
    make_membership(make_network(other, "เครือข่ายของสมชาย"), person=malee, by=other, agreed=False)
    left = make_membership(make_network(other, "เครือข่ายที่เคยอยู่"), person=malee)
    end_membership(left, by=malee, because="ย้ายงาน")
    rest_network(network, by=malee)
    return network


@pytest.mark.django_db
def test_everything_about_when_she_belongs_has_each_table_that_is_hers() -> None:
    malee, other = make_person(facilitator=True), make_person("สมชาย", "เดินดี", facilitator=True)
    _everywhere(malee, other)
    sections = {section.key: section.rows for section in everything_about(malee, by=malee)}
    assert [(row["network"], row["began_at"] is None, row["because"]) for row in sections["networks"]] == [
        ("เครือข่ายห้องยาใกล้บ้าน", False, ""),
        ("เครือข่ายของสมชาย", True, ""),
        ("เครือข่ายที่เคยอยู่", False, "ย้ายงาน"),
    ]
    assert [(row["network"], row["role"], row["ended_at"]) for row in sections["network_care"]] == [
        ("เครือข่ายห้องยาใกล้บ้าน", "steward", None)
    ]
    assert [(row["number"], row["purpose"], row["manners"]) for row in sections["charters"]][1:] == [
        (2, "ของมาลีเอง", "ไม่เล่าต่อนอกวง")
    ]
    assert "เดินดี" not in str({key: sections[key] for key in HERS.values()})
    hers = {section.key: section.rows for section in everything_about(other, by=other)}
    assert "ของมาลีเอง" not in str(hers)
    assert [row["network"] for row in hers["networks"]] == ["เครือข่ายห้องยาใกล้บ้าน"]


@pytest.mark.django_db
def test_erasure_when_she_belonged_leaves_only_what_she_did(db: None) -> None:
    malee, other = make_person(facilitator=True), make_person("สมชาย", facilitator=True)
    network = _everywhere(malee, other)
    erase_person(malee, by=malee, keep_content=False)
    for _ in range(2):
        catch_up(next(one for one in followers() if one.name == "networks.erasure"))
    assert Membership.objects.filter(person=malee).count() == 0
    assert Stewardship.objects.filter(person=malee, ended_at__isnull=True).count() == 0
    left = {
        way
        for way in _ways()
        for table, _, column in [way.partition(".")]
        if apps.get_model("networks", table)._default_manager.filter(**{column: malee.pk}).exists()
    }
    assert left <= {*NOT_HERS, "charter.by", "stewardship.person"}
    kept = Membership.objects.filter(network=network).order_by("pk")
    assert [(row.unit_id is None, row.person) for row in kept] == [(False, None), (True, other)]
    assert network.charters.count() == 2
