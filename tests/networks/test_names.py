"""A name stands for one network: also when two give it at the same moment, and where two had it before."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from prakai.journal.models import Entry
from prakai.networks import actions
from prakai.networks.models import Charter, Network, Stewardship
from prakai.people.models import Person
from tests.factories.networks import NETWORK, PURPOSE, make_network
from tests.factories.people import make_person


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Do all of ``acts`` at the same moment, each on a connection of its own; return what went wrong, if anything."""
    start = threading.Barrier(len(acts))
    wrong: list[object] = []

    def tap(act: Callable[[], object]) -> None:
        try:
            start.wait(20)
            act()
        except Exception as trouble:
            wrong.append(trouble)
        finally:
            connection.close()

    taps = [threading.Thread(target=tap, args=(act,)) for act in acts]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    return wrong


def told(wrong: list[object]) -> list[list[str]]:
    assert all(isinstance(one, ValidationError) for one in wrong), wrong
    return [one.message_dict["name_th"] for one in wrong if isinstance(one, ValidationError)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_found_the_same_network_at_once_one_does_and_the_others_are_told() -> None:
    people = [make_person(f"อุบล{n}", facilitator=True) for n in range(4)]

    def founding(person: Person) -> Callable[[], object]:
        return lambda: actions.found_network(name_th=NETWORK, purpose=PURPOSE, by=person)

    wrong = at_once([founding(person) for person in people])
    assert told(wrong) == [["มีเครือข่ายชื่อนี้อยู่แล้ว ลองเข้าร่วมเครือข่ายนั้นดีไหม"]] * 3
    kept = [Network.objects.count(), Charter.objects.count(), Stewardship.objects.count()]
    assert [*kept, Entry.objects.filter(verb="network.founded").count()] == [1, 1, 1, 1]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_networks_that_take_the_same_name_at_once() -> None:
    ubon = make_person("อุบล", facilitator=True)
    networks = [make_network(ubon, name) for name in ("เครือข่ายก", "เครือข่ายข")]

    def renaming(network: Network) -> Callable[[], object]:
        return lambda: actions.rename_network(network, name_th=NETWORK, by=ubon)

    assert len(told(at_once([renaming(network) for network in networks]))) == 1
    assert Network.objects.filter(name_th=NETWORK).count() == 1


@pytest.mark.django_db
def test_the_database_holds_it_also_where_two_connections_cannot_meet() -> None:
    ubon = make_person("อุบล", facilitator=True)
    make_network(ubon)
    other = make_network(ubon, "เครือข่ายอื่น")
    with pytest.raises(IntegrityError), transaction.atomic():
        Network.objects.filter(pk=other.pk).update(name_th=NETWORK)
    for again in (
        lambda: make_network(ubon),
        lambda: actions.rename_network(other, name_th=NETWORK, by=ubon),
    ):
        with pytest.raises(ValidationError) as trouble:
            again()
        assert list(trouble.value.message_dict) == ["name_th"]


@pytest.mark.django_db(transaction=True)
def test_networks_of_one_name_that_were_there_before_are_told_apart() -> None:
    MigrationExecutor(connection).migrate([("networks", "0001_networks_stand")])
    try:
        before = [Network(name_th=name) for name in (NETWORK, NETWORK, "ก" * 250, "ก" * 250, "เครือข่ายอื่น")]
        Network.objects.bulk_create(before)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    first, second, long, longer, other = Network.objects.order_by("pk").values_list("pk", "name_th")
    assert [first[1], second[1], other[1]] == [NETWORK, f"{NETWORK} ({second[0]})", "เครือข่ายอื่น"]
    assert (long[1], longer[1]) == ("ก" * 250, f"{'ก' * 230} ({longer[0]})")
