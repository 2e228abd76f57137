"""Networks and the demo: what its people founded goes without a trace, what real people have stays theirs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from prakai.exchange.demo.loading import add_demo
from prakai.exchange.demo.removing import remove_demo
from prakai.forums.models import Forum
from prakai.journal.models import Entry
from prakai.networks import actions
from prakai.networks.models import Charter, Membership, Network, Stewardship
from prakai.people.models import Person
from prakai.units.models import Unit
from tests.factories.forums import make_forum
from tests.factories.networks import make_membership, make_network
from tests.factories.people import make_person
from tests.factories.units import make_unit

NOW = datetime(2026, 6, 15, 5, 40, tzinfo=UTC)


@pytest.mark.django_db
def test_remove_demo_takes_its_networks_away_and_leaves_what_real_people_have() -> None:
    add_demo(now=NOW)
    facilitator = Person.objects.get(email="facilitator@demo.prakai.example")
    unit, real = Unit.objects.filter(is_demo=True)[0], make_unit("หน่วยงานจริง")
    steward = make_person("แก้วตา", "จริงใจ", unit=real, steward=True)
    goes = make_network(facilitator, "ไปด้วยกัน", units=[unit], people=[facilitator], resting=True)
    theirs = make_network(facilitator, "ตั้งจากคนสมมติ", units=[unit, real], people=[facilitator])
    own = make_network(steward, "ตั้งจากคนจริง", units=[unit], coordinators=[facilitator])
    declined = make_membership(own, person=facilitator, invited=False)
    actions.end_membership(declined, by=facilitator)
    forum = make_forum(steward, real)
    Forum.objects.filter(pk=forum.pk).update(unit=None, network=goes)
    remove_demo()
    assert {one.name_th for one in Network.objects.all()} == {theirs.name_th, own.name_th}
    assert {one.network for one in Charter.objects.all()} == {theirs, own}
    assert [(one.network, one.unit, one.person) for one in Membership.objects.all()] == [(theirs, real, None)]
    assert [(one.network, one.person) for one in Stewardship.objects.all()] == [(own, steward)]
    told = Entry.objects.filter(thing_kind__startswith="networks.")
    assert [(one.verb, one.thing_id) for one in told] == [("network.founded", own.pk)]
    forum.refresh_from_db()
    assert (forum.unit, forum.network) == (real, None)
