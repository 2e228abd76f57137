"""The forums of a network on its page: as far as the reader may know of them, and a way to prepare the next."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.networks.actions import rest_network
from tests.factories.forums import make_forum
from tests.web.forums.conftest import SignIn, shown

pytestmark = pytest.mark.django_db

PREPARE = "จัดเวทีของเครือข่ายนี้"


def test_forums_are_listed_for_who_may_know_of_them(cast: SimpleNamespace, signed_in: SignIn) -> None:
    address = cast.network.get_absolute_url()
    month_ago = timezone.now() - timedelta(days=30)
    make_forum(cast.keeper, cast.network, "เวทีเปิดทุกคน")
    make_forum(cast.keeper, cast.network, "เวทีในเครือข่าย", audience="network")
    make_forum(cast.keeper, cast.network, "เวทีเดือนก่อน", starts_at=month_ago)
    make_forum(cast.keeper, cast.network, "เวทียังไม่ประกาศ", announced=False)
    titles = ("เวทีเปิดทุกคน", "เวทีในเครือข่าย", "เวทีเดือนก่อน", "เวทียังไม่ประกาศ")
    for person, told in ((cast.malee, [True, True, True, False]), (cast.wandee, [True, False, True, False])):
        page = shown(signed_in(person).get(address))
        assert [title in page for title in titles] == told
    page = shown(Client().get(address))
    assert [title in page for title in titles] == [True, False, True, False]
    assert page.index("เวทีเปิดทุกคน") < page.index("เวทีที่ผ่านมา") < page.index("เวทีเดือนก่อน")


def test_who_belongs_is_led_to_prepare_one(cast: SimpleNamespace, signed_in: SignIn) -> None:
    address = cast.network.get_absolute_url()
    page = shown(signed_in(cast.malee).get(address))
    assert (PREPARE in page, f'href="/forums/new?network={cast.network.pk}"' in page) == (True, True)
    assert PREPARE not in shown(signed_in(cast.wandee).get(address))
    assert PREPARE not in shown(Client().get(address))
    rest_network(cast.network, by=cast.keeper)
    assert PREPARE not in shown(signed_in(cast.malee).get(address))


def test_one_forum_costs_as_many_queries_as_three(cast: SimpleNamespace) -> None:
    counts = []
    for _ in range(3):
        make_forum(cast.keeper, cast.network, host=cast.hospital)
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(cast.network.get_absolute_url()).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[-1]
