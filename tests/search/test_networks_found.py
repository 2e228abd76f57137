"""Networks are found by what they agreed on and by who belongs to them, and narrow what else is found."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from prakai.networks.actions import end_membership, invite_member, join_network, rename_network, write_charter
from prakai.networks.models import Membership
from prakai.people.models import Person
from prakai.search.keeping import carry_over
from prakai.search.queries.finding import find
from prakai.search.queries.suggesting import suggest
from prakai.units.actions import rename_unit
from tests.factories.forums import make_forum
from tests.factories.networks import make_membership, make_network
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
PROMISE = "ทุกแห่งลองสิ่งที่เพื่อนทำแล้วดีปีละเรื่อง"


@pytest.fixture
def place(cast: SimpleNamespace, searched: Callable[[], int]) -> SimpleNamespace:
    cast.town = make_unit("เทศบาลเมืองคลองลำพู", province="55")
    cast.ward = make_unit("หอผู้ป่วยดอยคำ", parent=cast.hospital)
    cast.nurse = make_person("นภา", "แสงใส", unit=cast.ward)
    cast.clerk = make_person("วิภา", "คลองสวย", unit=cast.town)
    cast.network = make_network(
        cast.steward,
        name_en="Pharmacy Circle",
        promises=PROMISE,
        units=[cast.hospital],
        people=[cast.somchai],
    )
    cast.other = make_network(cast.steward, "เครือข่ายสวนผัก", purpose="ให้ผักในตลาดปลอดภัย", units=[cast.town])
    cast.notes = {
        "ward": make_note(cast.nurse, "ตะกร้ายาในหอผู้ป่วย"),
        "hospital": make_note(cast.malee, "ตะกร้ายาหน้าห้อง"),
        "town": make_note(cast.clerk, "ตะกร้ายาในตลาด"),
        "hidden": make_note(cast.malee, "ตะกร้ายาของหน่วยงาน", audience="unit"),
    }
    searched()
    return cast


def named(words: str, reader: Person | None = None, **chosen: list[str]) -> list[str]:
    hits = find(words, reader, chosen={"kind": ["network"], **chosen}, size=100).hits
    return [str(hit.thing) for hit in hits if not hit.is_near]


def facet(words: str, reader: Person | None = None, **chosen: list[str]) -> list[tuple[str, str, int]]:
    found = find(words, reader, chosen=chosen, size=100)
    return [(one.value, one.label, one.count) for one in found.facets.get("network", [])]


@pytest.mark.parametrize(
    "words",
    [
        "เครือข่ายห้องยา", "Pharmacy Circle", "ไม่เกินยี่สิบนาที", "ลองสิ่งที่เพื่อนทำ", "เครือข่ายห้องย",
        "โรงพยาบาลดอยคำ", "unit:โรงพยาบาลดอยคำ เครือข่าย",
    ],
)  # fmt: skip
def test_a_network_is_found_by_everybody(place: SimpleNamespace, words: str) -> None:
    for reader in (None, place.somchai, place.waiting):
        assert named(words, reader) == ["เครือข่ายห้องยาใกล้บ้าน"]


def test_who_is_in_it_as_a_person_is_not_told_by_search(place: SimpleNamespace) -> None:
    for reader in (None, place.somchai, place.steward):
        assert named(place.somchai.display_name, reader) == []
        assert facet(place.somchai.family_th, reader, kind=["person"]) == []
    narrowed = find("", place.steward, chosen={"network": [str(place.network.pk)]}, size=100)
    assert "person" not in {hit.kind for hit in narrowed.hits}


def test_a_hit_shows_the_words_that_answer_in_the_charter(place: SimpleNamespace) -> None:
    [hit] = find("ลองสิ่งที่เพื่อนทำ", None, chosen={"kind": ["network"]}).hits
    assert any(piece.is_hit for piece in hit.passage)
    assert hit.address == f"/networks/{place.network.pk}-เครือข่ายห้องยาใกล้บ้าน"
    assert hit.thing.units == 1


def test_it_is_known_while_somebody_types(place: SimpleNamespace) -> None:
    told = [(one.kind, one.text) for one in suggest("เครือข่ายห", None)]
    assert told[0] == ("network", "เครือข่ายห้องยาใกล้บ้าน")
    assert [one.kind for one in suggest("pharm", None)] == ["network"]


def test_the_facet_counts_for_each_reader_what_she_may_read(place: SimpleNamespace) -> None:
    own, other = str(place.network.pk), str(place.other.pk)
    assert facet("ตะกร้ายา", kind=["note"]) == [
        (own, "เครือข่ายห้องยาใกล้บ้าน", 2),
        (other, "เครือข่ายสวนผัก", 1),
    ]
    assert facet("ตะกร้ายา", place.somchai, kind=["note"])[0][2] == 2
    assert facet("ตะกร้ายา", place.malee, kind=["note"])[0][2] == 3
    with translation.override("en"):
        assert facet("ตะกร้ายา", kind=["note"])[0][1] == "Pharmacy Circle"


def test_a_network_narrows_to_its_units_and_their_notes(place: SimpleNamespace) -> None:
    def of(network: int) -> set[tuple[str, str]]:
        found = find("", None, chosen={"network": [str(network)]}, size=100)
        assert found.total == len(found.hits)
        return {(hit.kind, "".join(piece.text for piece in hit.title)) for hit in found.hits}

    assert of(place.network.pk) == {
        ("network", "เครือข่ายห้องยาใกล้บ้าน"),
        ("unit", "โรงพยาบาลดอยคำ"),
        ("note", "ตะกร้ายาในหอผู้ป่วย"),
        ("note", "ตะกร้ายาหน้าห้อง"),
    }
    assert of(place.other.pk) == {
        ("network", "เครือข่ายสวนผัก"),
        ("unit", "เทศบาลเมืองคลองลำพู"),
        ("note", "ตะกร้ายาในตลาด"),
    }
    assert of(place.other.pk + 1000) == set()


def test_it_follows_its_name_its_charter_and_its_units(place: SimpleNamespace) -> None:
    rename_network(place.network, name_th="เครือข่ายยาถึงมือ", by=place.steward)
    write_charter(place.network, purpose="ให้ยาถึงมือในสิบนาที", by=place.steward)
    rename_unit(place.hospital, by=place.steward, name_th="โรงพยาบาลลำน้ำใส", on=timezone.localdate())
    carry_over()
    for words in ("ยาถึงมือ", "ในสิบนาที", "ลำน้ำใส"):
        assert named(words) == ["เครือข่ายยาถึงมือ"]
    assert named(f'"{PROMISE}"') == []


def test_who_joins_and_who_leaves_is_carried_over(place: SimpleNamespace) -> None:
    """Also to the notes of the units beneath it, and by the journal alone."""
    own = str(place.network.pk)
    invite_member(place.network, unit=place.town, by=place.steward)
    carry_over()
    assert facet("ตะกร้ายา", kind=["note"])[0] == (own, "เครือข่ายห้องยาใกล้บ้าน", 2)
    join_network(place.network, unit=place.town, by=place.clerk)
    carry_over()
    assert facet("ตะกร้ายา", kind=["note"])[0] == (own, "เครือข่ายห้องยาใกล้บ้าน", 3)
    assert set(named("คลองลำพู")) == {"เครือข่ายสวนผัก", "เครือข่ายห้องยาใกล้บ้าน"}
    end_membership(Membership.objects.get(network=place.network, unit=place.hospital), by=place.malee)
    carry_over()
    assert facet("ตะกร้ายา", kind=["note"]) == [
        (own, "เครือข่ายห้องยาใกล้บ้าน", 1),
        (str(place.other.pk), "เครือข่ายสวนผัก", 1),
    ]
    assert named("โรงพยาบาลดอยคำ") == []


def test_a_forum_of_a_network_is_found_by_who_belongs_to_it(place: SimpleNamespace) -> None:
    make_membership(place.network, person=place.steward, agreed=False)
    forum = make_forum(place.steward, place.network, "เวทียาของเครือข่าย", audience="network")
    carry_over()

    def seen(reader: Person | None) -> list[str]:
        hits = find("เวทียาของเครือข่าย", reader, chosen={"kind": ["forum"]}).hits
        return [str(hit.thing) for hit in hits if not hit.is_near]

    for reader in (place.malee, place.nurse, place.somchai, place.steward):
        assert seen(reader) == ["เวทียาของเครือข่าย"]
    outsider = make_person("คนนอก")
    for reader in (None, outsider, place.clerk, place.waiting):
        assert seen(reader) == []
        assert facet("เวทียาของเครือข่าย", reader, kind=["forum"]) == []
    assert facet("เวทียาของเครือข่าย", place.malee, kind=["forum"]) == [
        (str(place.network.pk), "เครือข่ายห้องยาใกล้บ้าน", 1)
    ]
    # Who leaves finds it no more from the next request on; who comes, too.
    Membership.objects.filter(person=place.somchai).update(ended_at=timezone.now())
    assert seen(place.somchai) == []
    make_membership(place.network, person=outsider)
    assert seen(outsider) == ["เวทียาของเครือข่าย"]
    rename_network(place.network, name_th="เครือข่ายยาถึงมือ", by=place.steward)
    carry_over()
    assert forum.pk in [hit.pk for hit in find("ยาถึงมือ", place.malee, chosen={"kind": ["forum"]}).hits]
