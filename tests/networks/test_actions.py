"""What can happen in networks: founded, written, joined from both sides, left, handed on, rested."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.networks import actions
from prakai.networks.models import Care, Charter, Membership, Network, Rest, Stewardship
from prakai.people.models import Person
from tests.factories.networks import PURPOSE, make_membership, make_network
from tests.factories.people import make_person
from tests.factories.units import make_unit

AT = timezone.now() - timedelta(days=8)


def told() -> list[tuple[str, int | None, dict[str, Any]]]:
    """The journal of the networks, from the beginning."""
    rows = Entry.objects.filter(thing_kind__startswith="networks.").order_by("pk")
    return [(row.verb, row.by_id, row.facts) for row in rows]


def verbs() -> list[str]:
    return [verb for verb, _, _ in told()]


def trouble(action: Any, *args: Any, **given: Any) -> ValidationError:
    with pytest.raises(ValidationError) as raised:
        action(*args, **given)
    return raised.value


# ── founding ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_founded_with_its_charter_and_its_first_steward(cast: SimpleNamespace) -> None:
    network = actions.found_network(
        name_th="  เครือข่าย ห้องยา\u200b ", name_en="Pharmacies", purpose=" รอ  ไม่นาน ", manners="เล่าแล้วอยู่ในวง",
        by=cast.ubon, at=AT,
    )  # fmt: skip
    kept = Network.objects.get()
    assert (kept.name_th, kept.name_en, kept.purpose, kept.founded_at) == (
        "เครือข่าย ห้องยา", "Pharmacies", "รอ ไม่นาน", AT,
    )  # fmt: skip
    assert list(Charter.objects.values_list("number", "purpose", "promises", "manners", "by", "at")) == [
        (1, "รอ ไม่นาน", "", "เล่าแล้วอยู่ในวง", cast.ubon.pk, AT)
    ]
    assert [(row.person, row.care, row.at) for row in Stewardship.objects.all()] == [
        (cast.ubon, "steward", AT)
    ]
    assert told() == [("network.founded", cast.ubon.pk, {})]
    assert network == kept


def test_founded_by_nobody_else(cast: SimpleNamespace) -> None:
    make_network(cast.fa)
    for refused in (cast.malee, cast.waiting):
        with pytest.raises(Refused):
            actions.found_network(name_th="เครือข่าย", purpose=PURPOSE, by=refused)
    assert Network.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name_th", {"name_th": " \u200b "}),
        ("name_th", {"name_th": "ก" * 251}),
        ("name_th", {"name_th": "เครือข่ายที่มีแล้ว"}),
        ("name_en", {"name_en": "a" * 251}),
        ("purpose", {"purpose": "\n"}),
        ("purpose", {"purpose": "ก" * 1001}),
        ("promises", {"promises": "ก" * 4001}),
        ("manners", {"manners": "ก" * 4001}),
    ],
)
def test_founding_tells_what_is_not_right_by_its_field(
    cast: SimpleNamespace, field: str, given: dict[str, str]
) -> None:
    make_network(cast.ubon, "เครือข่ายที่มีแล้ว")
    words = {"name_th": "เครือข่ายใหม่", "purpose": PURPOSE, **given}
    assert list(trouble(actions.found_network, by=cast.ubon, **words).message_dict) == [field]
    assert Network.objects.count() == 1


def test_renamed_the_number_stays_and_nothing_else_is_overwritten(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    stale = Network.objects.get(pk=network.pk)
    actions.rest_network(network, by=cast.ubon)
    actions.write_charter(network, purpose="จุดหมายใหม่", by=cast.ubon)
    actions.rename_network(stale, name_th="ชื่อใหม่", by=cast.fa)
    kept = Network.objects.get()
    assert (kept.name_th, kept.purpose, kept.rested_at is not None) == ("ชื่อใหม่", "จุดหมายใหม่", True)
    assert kept.get_absolute_url() == f"/networks/{network.pk}-ชื่อใหม่"
    actions.rename_network(kept, name_th="ชื่อใหม่", by=cast.ubon)
    assert verbs().count("network.renamed") == 1
    make_network(cast.ubon, "อีกเครือข่าย")
    assert list(trouble(actions.rename_network, kept, name_th="อีกเครือข่าย", by=cast.ubon).message_dict) == [
        "name_th"
    ]
    with pytest.raises(Refused):
        actions.rename_network(kept, name_th="ของฉัน", by=cast.malee)


# ── the charter ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_charter_is_written_anew_and_the_older_stays(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, coordinators=[cast.malee])
    charter = actions.write_charter(
        network, purpose="รอไม่เกินสิบนาที", promises="เล่าเดือนละเรื่อง\n\nชวนเพื่อน", by=cast.malee, seen=1
    )
    assert (charter.number, network.purpose) == (2, "รอไม่เกินสิบนาที")
    assert Network.objects.get().purpose == "รอไม่เกินสิบนาที"
    assert list(network.charters.order_by("number").values_list("purpose", flat=True)) == [
        PURPOSE,
        "รอไม่เกินสิบนาที",
    ]
    assert told()[-1] == ("charter.written", cast.malee.pk, {"network": network.pk, "number": 2})
    with pytest.raises(Refused):
        actions.write_charter(network, purpose="ของฉันเอง", by=cast.somchai)


def test_the_same_words_again_change_nothing(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    again = actions.write_charter(network, purpose=f" {PURPOSE} ", by=cast.ubon, seen=1)
    assert (again.number, verbs()) == (1, ["network.founded"])
    actions.write_charter(network, purpose="ใหม่", by=cast.ubon, seen=1)
    tapped_twice = actions.write_charter(network, purpose="ใหม่", by=cast.ubon, seen=1)
    assert (tapped_twice.number, Charter.objects.count()) == (2, 2)


def test_nobody_overwrites_what_somebody_else_wrote_meanwhile(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    actions.write_charter(network, purpose="ของอุบล", by=cast.ubon, seen=1)
    found = trouble(actions.write_charter, network, purpose="ของเอื้อฟ้า", by=cast.fa, seen=1)
    assert found.code == "conflict"
    assert Network.objects.get().purpose == "ของอุบล"
    assert actions.write_charter(network, purpose="ของเอื้อฟ้า", by=cast.fa, seen=2).number == 3
    assert actions.write_charter(network, purpose="ไม่ได้ดู", by=cast.fa).number == 4


def test_a_charter_without_purpose_is_not_written(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    assert list(trouble(actions.write_charter, network, purpose=" ", by=cast.ubon).message_dict) == [
        "purpose"
    ]


# ── members ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_invited_first_then_the_member_agrees(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    row = actions.invite_member(network, unit=cast.hospital, by=cast.ubon, at=AT)
    assert (row.invited_at, row.invited_by, row.agreed_at, row.began_at) == (AT, cast.ubon, None, None)
    later = AT + timedelta(days=1)
    begun = actions.join_network(network, unit=cast.hospital, by=cast.malee, at=later)
    assert begun.pk == row.pk
    assert (begun.agreed_by, begun.agreed_at, begun.began_at) == (cast.malee, later, later)
    facts = {"network": network.pk, "unit": cast.hospital.pk, "person": None}
    assert told()[1:] == [
        ("membership.invited", cast.ubon.pk, facts),
        ("membership.began", cast.malee.pk, facts),
    ]


def test_asked_first_then_the_network_agrees(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    row = actions.join_network(network, by=cast.somchai, at=AT)
    assert (row.person, row.agreed_by, row.invited_at, row.began_at) == (
        cast.somchai,
        cast.somchai,
        None,
        None,
    )
    begun = actions.invite_member(network, person=cast.somchai, by=cast.ubon)
    assert begun.pk == row.pk
    assert begun.began_at == begun.invited_at
    assert verbs() == ["network.founded", "membership.asked", "membership.began"]


def test_said_twice_changes_nothing(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    for _ in range(2):
        actions.invite_member(network, person=cast.somchai, by=cast.ubon)
        actions.join_network(network, unit=cast.hospital, by=cast.malee)
    assert verbs() == ["network.founded", "membership.invited", "membership.asked"]
    for _ in range(2):
        actions.join_network(network, by=cast.somchai)
    assert verbs() == ["network.founded", "membership.invited", "membership.asked", "membership.began"]
    assert Membership.objects.count() == 2


def test_who_looks_after_it_and_speaks_for_the_unit_says_yes_for_both(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, coordinators=[cast.malee])
    unit = actions.join_network(network, unit=cast.hospital, by=cast.malee)
    assert (unit.invited_by, unit.agreed_by, unit.began_at) == (cast.malee, cast.malee, unit.agreed_at)
    herself = actions.join_network(network, by=cast.ubon)
    assert herself.began_at is not None
    other = make_network(cast.ubon, "เครือข่ายอื่น")
    assert actions.join_network(other, unit=cast.hospital, by=cast.malee).began_at is None


def test_only_the_network_invites_and_only_who_speaks_for_the_unit_joins_for_it(
    cast: SimpleNamespace,
) -> None:
    network = make_network(cast.ubon)
    actions.invite_member(network, unit=cast.hospital, by=cast.fa)
    with pytest.raises(Refused):
        actions.invite_member(network, unit=cast.town, by=cast.malee)
    with pytest.raises(Refused):
        actions.join_network(network, unit=cast.hospital, by=cast.somchai)
    for both in ({}, {"unit": cast.town, "person": cast.malee}):
        with pytest.raises(TypeError):
            actions.invite_member(network, by=cast.ubon, **both)
    assert Membership.objects.get().began_at is None


def test_a_unit_that_ended_is_not_invited(cast: SimpleNamespace) -> None:
    network, today = make_network(cast.ubon), timezone.localdate()
    ended = make_unit("กลุ่มงานเดิม", valid_to=today - timedelta(days=1))
    last_day = make_unit("กลุ่มงานวันสุดท้าย", valid_to=today)
    assert list(trouble(actions.invite_member, network, unit=ended, by=cast.ubon).message_dict) == ["unit"]
    assert actions.invite_member(network, unit=last_day, by=cast.ubon).invited_at is not None
    with pytest.raises(Refused):
        actions.join_network(network, unit=ended, by=cast.fa)


def test_who_left_or_waits_is_not_invited_and_does_not_join(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    gone = make_person("ลาออก", erased_at=timezone.now())
    for one in (cast.waiting, gone):
        assert list(trouble(actions.invite_member, network, person=one, by=cast.ubon).message_dict) == [
            "person"
        ]
    with pytest.raises(Refused):
        actions.join_network(network, by=cast.waiting)
    assert Membership.objects.count() == 0


def test_declined_then_asked_again(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    first = actions.invite_member(network, unit=cast.hospital, by=cast.ubon)
    with pytest.raises(Refused):
        actions.end_membership(first, by=cast.somchai)
    actions.end_membership(first, by=cast.malee, because=" ปีนี้  งานล้นมือ ", at=AT)
    first.refresh_from_db()
    assert (first.ended_by, first.ended_at, first.because, first.began_at) == (
        cast.malee, AT, "ปีนี้ งานล้นมือ", None,
    )  # fmt: skip
    again = actions.join_network(network, unit=cast.hospital, by=cast.malee)
    assert (again.pk == first.pk, again.began_at) == (False, None)
    assert actions.invite_member(network, unit=cast.hospital, by=cast.ubon).began_at is not None
    assert verbs()[1:] == [
        "membership.invited",
        "membership.declined",
        "membership.asked",
        "membership.began",
    ]


def test_ended_once_with_who_said_so(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, units=[cast.hospital])
    row = Membership.objects.get()
    actions.end_membership(row, by=cast.ubon, at=AT)
    actions.end_membership(Membership.objects.get(), by=cast.malee, because="อีกครั้ง")
    kept = Membership.objects.get()
    assert (kept.ended_by, kept.ended_at, kept.because) == (cast.ubon, AT, "")
    facts = {"network": network.pk, "unit": cast.hospital.pk, "person": None}
    assert told()[1:] == [("membership.ended", cast.ubon.pk, facts)]
    other = make_membership(network, person=cast.somchai)
    assert list(trouble(actions.end_membership, other, by=cast.somchai, because="ก" * 301).message_dict) == [
        "because"
    ]


def test_what_was_agreed_meanwhile_is_ended_and_not_overwritten(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    stale = actions.invite_member(network, person=cast.somchai, by=cast.ubon)
    stale = Membership.objects.get(pk=stale.pk)
    actions.join_network(network, by=cast.somchai, at=AT)
    actions.end_membership(stale, by=cast.ubon)
    kept = Membership.objects.get()
    assert (kept.agreed_at, kept.agreed_by, kept.ended_by) == (AT, cast.somchai, cast.ubon)
    assert kept.began_at is not None
    assert verbs()[-1] == "membership.ended"


# ── who looks after it ──────────────────────────────────────────────────────────────────────────────────────────────


def test_care_is_given_once_and_handed_on(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    given = actions.give_care(network, cast.malee, by=cast.ubon, care=Care.COORDINATOR, at=AT)
    assert actions.give_care(network, cast.malee, by=cast.fa, care=Care.COORDINATOR) == given
    assert (given.person, given.care, given.by, given.at) == (cast.malee, "coordinator", cast.ubon, AT)
    hers = network.stewardships.get(person=cast.ubon)
    stale = Stewardship.objects.get(pk=hers.pk)
    actions.end_care(hers, by=cast.malee, at=AT)
    actions.end_care(stale, by=cast.malee)
    assert Stewardship.objects.get(pk=hers.pk).ended_at == AT
    assert verbs() == ["network.founded", "network_care.given", "network_care.ended"]
    again = actions.give_care(network, cast.ubon, by=cast.malee)
    assert again.pk != hers.pk


def test_care_is_refused_to_strangers_and_odd_words(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    actions.give_care(network, cast.malee, by=cast.ubon)
    for by, person in ((cast.somchai, cast.somchai), (cast.ubon, cast.waiting)):
        with pytest.raises(Refused):
            actions.give_care(network, person, by=by)
    assert list(trouble(actions.give_care, network, cast.fa, by=cast.ubon, care="boss").message_dict) == [
        "care"
    ]


def test_the_last_steward_does_not_leave_it_alone(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    actions.give_care(network, cast.malee, by=cast.ubon)
    first, second = network.stewardships.order_by("pk")
    actions.end_care(first, by=cast.ubon)
    for by in (cast.malee, cast.fa):
        with pytest.raises(Refused):
            actions.end_care(second, by=by)
    assert Stewardship.objects.standing().get() == second


# ── rest ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_rests_and_wakes_with_nothing_lost(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, units=[cast.hospital])
    actions.rest_network(network, by=cast.ubon, because=" พัก  ปลายปี ", at=AT)
    assert (network.rested_at, Rest.objects.get().because) == (AT, "พัก ปลายปี")
    assert list(Network.objects.awake()) == []
    assert set(Network.objects.belonging_to(cast.malee)) == {network}
    with pytest.raises(Refused):
        actions.join_network(network, by=cast.somchai)
    actions.wake_network(network, by=cast.fa, at=AT + timedelta(days=3))
    assert (network.rested_at, Rest.objects.get().woken_at) == (None, AT + timedelta(days=3))
    assert actions.join_network(network, by=cast.somchai).agreed_at is not None
    assert verbs()[:3] == ["network.founded", "network.rested", "network.woken"]


def test_two_who_press_at_the_same_moment_let_it_rest_once(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon)
    stale = Network.objects.get()
    for one in (network, stale):
        actions.rest_network(one, by=cast.ubon, at=AT)
    assert (stale.rested_at, Rest.objects.count()) == (AT, 1)
    for one in (network, Network.objects.get()):
        actions.wake_network(one, by=cast.ubon)
    assert verbs() == ["network.founded", "network.rested", "network.woken"]


def test_only_who_looks_after_it_lets_it_rest_and_wakes_it(cast: SimpleNamespace) -> None:
    network = make_network(cast.ubon, units=[cast.hospital])

    def refused(action: Any, by: Person) -> None:
        with pytest.raises(Refused):
            action(network, by=by)

    refused(actions.rest_network, cast.malee)
    actions.rest_network(network, by=cast.ubon)
    refused(actions.wake_network, cast.malee)
    actions.wake_network(network, by=cast.ubon)
    assert Rest.objects.get().woken_at is not None
