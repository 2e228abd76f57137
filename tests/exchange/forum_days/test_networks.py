"""The day of a network's forum goes out and comes home: the network is known again, or made where the day is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from prakai.exchange.forum_days import bring_day, pack_day
from prakai.exchange.importing.hostile import Refusal
from prakai.forums import actions
from prakai.forums.models import Forum, ForumSeries
from prakai.journal.models import Entry
from prakai.networks.models import Network
from tests.exchange.forum_days.places import counts_of, forget_all, laptop_with, place_of_its_own
from tests.factories.forums import make_forum, make_participant
from tests.factories.networks import make_network
from tests.factories.people import make_person
from tests.factories.sparks import make_spark
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


def forum_of_network() -> Forum:
    steward = make_person("ประสาน", steward=True)
    network = make_network(steward, "เครือข่ายห้องยาใกล้บ้าน", units=[make_unit("โรงพยาบาลดอยคำ")])
    forum = make_forum(steward, network, audience="network", host=make_unit("เทศบาลเมืองคลองลำพู"))
    actions.change_forum(forum, by=steward, series="เวทีประจำปี")
    actions.open_wall(forum, by=steward)
    make_participant(forum, name="ผู้ร่วมเวที")
    return forum


def forget_networks() -> None:
    Forum.objects.all().delete()
    ForumSeries.objects.all().delete()
    Network.objects.all().delete()


def test_a_networks_day_goes_out_and_comes_home_with_its_network(tmp_path: Path) -> None:
    forum = forum_of_network()
    network, plan, out = forum.network, tmp_path / "plan.zip", tmp_path / "day.zip"
    assert network is not None
    pack_day(forum, plan, by=None)
    with place_of_its_own():
        forget_networks()
        forget_all()
        bring_day(plan, by=None)
        held = Forum.objects.get()
        assert held.network is not None
        known = (held.network.public_id, held.network.name_th, held.network.purpose)
        assert known == (network.public_id, network.name_th, network.purpose)
        assert held.series is not None
        assert (held.series.network, held.audience) == (held.network, "network")
        assert Entry.objects.filter(verb="network.founded", thing_id=held.network.pk).count() == 1
        make_spark(held, "ประกายจากวันนั้น")
        pack_day(held, out, by=None)
    brought = bring_day(out, by=None)
    assert (brought.conflicts, brought.left_out) == ([], [])
    once = counts_of(forum)
    assert (once["sparks"], Network.objects.count(), ForumSeries.objects.count()) == (1, 1, 1)
    assert bring_day(out, by=None).is_unchanged is True
    assert counts_of(forum) == once


def test_a_network_that_goes_by_the_same_name_where_the_day_is_held_is_taken_for_it(tmp_path: Path) -> None:
    forum = forum_of_network()
    plan = tmp_path / "plan.zip"
    pack_day(forum, plan, by=None)
    Network.objects.update(public_id="another-id")
    with laptop_with(plan) as held:
        assert held.network == forum.network
        assert Network.objects.count() == 1


def test_a_forum_that_would_belong_to_nobody_is_refused_and_nothing_is_half_done(tmp_path: Path) -> None:
    forum = forum_of_network()
    plan = tmp_path / "plan.zip"
    Network.objects.update(name_th="")
    pack_day(forum, plan, by=None)
    with place_of_its_own():
        forget_networks()
        forget_all()
        with pytest.raises(Refusal):
            bring_day(plan, by=None)
        assert (Forum.objects.count(), Network.objects.count()) == (0, 0)
