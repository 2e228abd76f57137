"""Networks cost the same with a thousand as with a hundred thousand: held by query plans, not by the clock."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from prakai.networks.models import Charter, Membership, Network, Stewardship
from prakai.networks.queries import (
    charters_of,
    network_page,
    networks_of_person,
    networks_of_unit,
    networks_page,
    waiting_for,
)
from prakai.people.models import Person
from tests.factories.many import multiply
from tests.factories.networks import make_network
from tests.factories.people import make_person
from tests.factories.units import make_unit
from tests.watching import grown, watching

FEW, MANY = 1_000, 100_000
LARGE = re.compile("networks_(?:network|charter|membership|stewardship)")
Read = Callable[[dict[str, Any]], object]

READS: dict[str, Read] = {
    "networks_page, visitor": lambda w: networks_page(None),
    "networks_page, member": lambda w: networks_page(w["member"]),
    "networks_page, stranger": lambda w: networks_page(w["stranger"]),
    "networks_page, deep": lambda w: networks_page(None, after=w["deep"]),
    "network_page, visitor": lambda w: network_page(w["network"], None),
    "network_page, member": lambda w: network_page(w["network"], w["member"]),
    "network_page, stranger": lambda w: network_page(w["network"], w["stranger"]),
    "charters_of": lambda w: charters_of(w["network"]),
    "belonging_to": lambda w: list(Network.objects.belonging_to(w["member"]).values_list("pk", flat=True)),
    "belonging_to, stranger": lambda w: list(Network.objects.belonging_to(w["stranger"])),
    "networks_of_unit": lambda w: networks_of_unit(w["unit"]),
    "networks_of_person": lambda w: networks_of_person(w["member"]),
    "waiting_for": lambda w: waiting_for(w["member"]),
    "waiting_for, stranger": lambda w: waiting_for(w["stranger"]),
}


@contextmanager
def networks_in_number(number: int) -> Iterator[dict[str, Any]]:
    """So many networks with a charter and somebody who looks after each, and two members each; gone afterwards.

    The member's own unit belongs to ten of them, she herself to ten others.
    """
    with transaction.atomic():
        unit, steward = make_unit("โรงพยาบาลดอยคำ"), make_person("อุบล", facilitator=True)
        member, stranger = make_person("มาลี", unit=unit), make_person("สมชาย", unit=make_unit("เทศบาล"))
        now = timezone.now()
        multiply(make_unit("หน่วยงาน"), 100, public_id="'u' || (1000000 + i)", path="(1000000 + i) || '.'")
        multiply(member, 100, public_id="'p' || (1000000 + i)", email="'p' || i || '@x.example'")
        network = make_network(steward)
        multiply(
            network,
            number,
            public_id="'n' || (1000000 + i)",
            name_th="'เครือข่ายที่ ' || i",
            order_key="'เครือข่ายที่ ' || i",
        )
        first = Network.objects.get(public_id="n1000000").pk
        each = f"{first} + i"
        multiply(Charter(number=1, purpose="ให้งานดีขึ้น", by=steward, at=now), number, network_id=each)
        multiply(Stewardship(at=now), number, network_id=each, person_id=str(steward.pk), where="i < 20")
        some_person = Person.objects.get(public_id="p1000000").pk
        multiply(
            Stewardship(at=now),
            number,
            network_id=each,
            person_id=f"{some_person} + i % 100",
            where="i >= 20",
        )
        both = Membership(invited_at=now, agreed_at=now, began_at=now)
        units = (
            f"CASE WHEN i < 10 THEN {unit.pk} ELSE {stranger.appointments.get().unit_id} + 1 + i % 100 END"
        )
        people = f"CASE WHEN i >= 10 AND i < 20 THEN {member.pk} ELSE {some_person} + i % 100 END"
        multiply(both, number, network_id=each, unit_id=units)
        multiply(both, number, network_id=each, person_id=people)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        deep = None
        for _ in range(5):
            deep = networks_page(None, after=deep).next
        yield {
            "member": member,
            "stranger": stranger,
            "unit": unit,
            "network": Network.objects.get(pk=first),
            "deep": deep,
        }
        transaction.set_rollback(True)


def measured(number: int) -> tuple[dict[str, int], dict[str, list[str]], dict[str, int]]:
    """The work of every read with so many networks, what its plans do wrong, and how many rows it found."""
    work, wrong, rows = {}, {}, {}
    with networks_in_number(number) as world:
        for name, read in READS.items():
            with watching(LARGE) as watched:
                answer = read(world)
            rows[name] = len(answer) if isinstance(answer, list) else 0
            work[name] = watched.work
            if watched.wrong:
                wrong[name] = watched.wrong
    return work, wrong, rows


@pytest.mark.slow
@pytest.mark.django_db
def test_nothing_grows_with_the_number_of_networks() -> None:
    few, _, _ = measured(FEW)
    many, wrong, rows = measured(MANY)
    assert (rows["belonging_to"], rows["belonging_to, stranger"], rows["networks_of_unit"]) == (20, 0, 10)
    assert wrong == {}
    more = grown(few, many)
    assert more == {}, json.dumps(more)
