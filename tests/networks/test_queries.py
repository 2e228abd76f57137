"""What pages read of networks: for each reader what is hers to see, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from prakai.networks import actions, queries
from prakai.networks.models import Care, Membership, Network
from prakai.people.models import Person
from tests.factories.networks import make_membership, make_network
from tests.factories.people import make_person
from tests.factories.units import make_unit


def cost(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        read()
    return len(asked)


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_networks_page_in_the_order_of_the_dictionary_a_page_at_a_time(cast: SimpleNamespace) -> None:
    make_network(cast.ubon, "เครือข่ายค", units=[cast.hospital, cast.town], people=[cast.somchai])
    first = make_network(cast.ubon, "เครือข่ายก")
    asked = make_network(cast.ubon, "เครือข่ายข")
    make_membership(asked, unit=cast.town, agreed=False)
    page = queries.networks_page(None, size=2)
    assert [(one.name_th, one.units) for one in page.rows] == [("เครือข่ายก", 0), ("เครือข่ายข", 0)]  # type: ignore[attr-defined]
    assert (page.own, page.next, page.may_found) == ([], asked.pk, False)
    rest = queries.networks_page(cast.nurse, after=page.next, size=2)
    assert [(one.name_th, one.units) for one in rest.rows] == [("เครือข่ายค", 2)]  # type: ignore[attr-defined]
    assert (rest.own, rest.next) == ([], None)
    own = queries.networks_page(cast.nurse, size=2)
    assert [one.name_th for one in own.own] == ["เครือข่ายค"]
    assert queries.networks_page(cast.ubon).may_found is True
    assert queries.networks_page(None, after=first.pk + 1000).rows[0] == first


def test_two_of_one_name_in_the_order_stand_on_their_pages(cast: SimpleNamespace) -> None:
    made = [make_network(cast.ubon, name) for name in ("ก  ข", "กข", "กฃ")]
    Network.objects.update(order_key="เดียวกัน")
    seen, after = [], None
    for _ in made:
        page = queries.networks_page(None, after=after, size=1)
        seen += page.rows
        after = page.next
    assert seen == made


def test_network_page_tells_people_only_to_who_belongs(cast: SimpleNamespace) -> None:
    network = make_network(
        cast.ubon,
        units=[cast.town, cast.hospital],
        people=[cast.somchai, cast.waiting],
        coordinators=[cast.fa],
    )
    outsider = make_person("คนนอก")
    visitor = queries.network_page(network, None)
    assert [one.name_th for one in visitor.units] == ["เทศบาลเมืองคลองลำพู", "โรงพยาบาลดอยคำ"]
    assert (visitor.people, visitor.people_in_all, visitor.belongs) == (None, 1, False)
    assert (visitor.asked, visitor.invited, visitor.own) == ([], [], [])
    assert (visitor.may_look_after, visitor.may_join) == (False, False)
    assert visitor.charter == network.charters.get()
    stranger = queries.network_page(network, outsider)
    assert (stranger.people, stranger.people_in_all, stranger.may_join) == (None, 1, True)
    for member in (cast.nurse, cast.somchai, cast.ubon):
        page = queries.network_page(network, member)
        assert (page.people, page.belongs) == ([cast.somchai], True)
    assert queries.network_page(network, cast.ubon).may_look_after is True
    assert queries.network_page(network, cast.waiting).people is None


def test_visitors_see_of_who_looks_after_it_only_those_who_let_themselves_be_listed(
    cast: SimpleNamespace,
) -> None:
    network = make_network(cast.ubon, coordinators=[cast.somchai, cast.waiting])
    assert [one.person for one in queries.cares_of(network, None)] == [cast.ubon]
    told = queries.network_page(network, cast.malee).cares
    assert [(one.person, one.care) for one in told] == [
        (cast.ubon, Care.STEWARD),
        (cast.somchai, Care.COORDINATOR),
    ]


def test_network_page_shows_what_waits_to_who_may_answer(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    asked = make_membership(network, person=cast.somchai, invited=False)
    invited = make_membership(network, unit=cast.hospital, agreed=False)
    tending = queries.network_page(network, cast.ubon)
    assert (tending.asked, tending.invited, tending.own) == ([asked], [invited], [])
    hers = queries.network_page(network, cast.somchai)
    assert (hers.asked, hers.invited, hers.own) == ([], [], [asked])
    assert queries.network_page(network, cast.malee).own == [invited]
    for other in (cast.nurse, cast.waiting, None):
        assert queries.network_page(network, other).own == []


def test_a_rest_is_told_while_it_lasts(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, resting=True)
    assert queries.network_page(network, None).rest == network.rests.get()
    actions.wake_network(network, by=cast.ubon)
    assert queries.network_page(network, None).rest is None


def test_charters_are_told_the_newest_first(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    actions.write_charter(network, purpose="ใหม่กว่า", by=cast.ubon)
    assert [one.number for one in queries.charters_of(network)] == [2, 1]
    assert queries.network_page(network, None).charter == network.charters.get(number=2)


def test_networks_of_units_and_people(cast: SimpleNamespace) -> None:
    awake = make_network(cast.ubon, "เครือข่าย ข", units=[cast.hospital])
    resting = make_network(cast.ubon, "เครือข่าย ก", units=[cast.hospital], resting=True)
    make_network(cast.ubon, "เครือข่าย ค", units=[cast.town])
    assert queries.networks_of_unit(cast.hospital) == [resting, awake]
    assert queries.networks_of_person(cast.nurse) == [awake]
    assert queries.networks_of_person(cast.waiting) == []


def test_invitations_wait_for_who_may_answer_them(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    unit = make_membership(network, unit=cast.hospital, agreed=False)
    person = make_membership(network, person=cast.malee, agreed=False)
    make_membership(network, person=cast.somchai, invited=False)
    make_membership(make_network(cast.ubon, "เครือข่ายอื่น"), unit=cast.hospital)
    assert queries.waiting_for(cast.malee) == [person, unit]
    for other in (cast.nurse, cast.somchai, cast.waiting, None):
        assert queries.waiting_for(other) == []
    actions.end_membership(unit, by=cast.malee)
    assert queries.waiting_for(cast.malee) == [person]


def test_pages_cost_the_same_with_many_members_and_networks(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, units=[cast.hospital], people=[cast.malee])
    make_membership(network, unit=cast.town, agreed=False)
    reads: dict[str, Callable[[], object]] = {
        f"{name} {who}": (lambda read=read, one=one: read(fresh(one) if one else None))  # type: ignore[misc]
        for who, one in (("visitor", None), ("malee", cast.malee), ("ubon", cast.ubon))
        for name, read in (
            ("list", queries.networks_page),
            ("page", lambda reader: queries.network_page(network, reader)),
            ("waiting", queries.waiting_for),
        )
    }
    one = {name: cost(read) for name, read in reads.items()}
    for number in range(7):
        make_network(cast.ubon, f"เครือข่ายที่ {number}", units=[cast.hospital])
        make_membership(network, unit=make_unit(f"หน่วยที่ {number}"))
        make_membership(network, person=make_person(f"คนที่ {number}"))
        make_membership(network, person=make_person(f"คนรอที่ {number}"), agreed=False)
        make_membership(network, unit=make_unit(f"หน่วยรอที่ {number}"), invited=False)
        make_network(cast.fa, f"เครือข่ายรอที่ {number}")
    assert {name: cost(read) for name, read in reads.items()} == one
    assert Membership.objects.count() == 38
