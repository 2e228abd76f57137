"""Registering, the own seat, the list and the door, as visitors, members and those who prepare see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prakai.forums.actions import check_in, give_role
from prakai.forums.models import Arrival, Forum, Participant, Role, RoleKind
from prakai.forums.tokens import seat_token
from prakai.people.models import Person
from prakai.web.forums.views import paper, seats
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.web.forums.conftest import SignIn, shown


@pytest.fixture(autouse=True)
def _fresh_pace() -> Iterator[None]:
    seats.REGISTRATIONS.forget()
    yield
    seats.REGISTRATIONS.forget()


def test_a_member_registers_in_three_fields_that_are_filled_in_already(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    forum = make_forum(cast.malee, cast.hospital, seats=1)
    client, address = signed_in(cast.somchai), f"/forums/{forum.pk}/register"
    page = shown(client.get(address))
    assert f'value="{cast.somchai}"' in page
    assert f"เทศบาลเมืองคลองลำพู #{cast.town.pk}" in page
    assert "ยังว่างอีก 1 ที่นั่ง" in page
    wrong = shown(client.post(address, {"name": "", "needs": "กินเจ"}))
    assert ("กินเจ" in wrong, Participant.objects.count()) == (True, 0)
    sent = client.post(
        address, {"name": "สมชาย", "unit_words": f"#{cast.town.pk}", "needs": "กินเจ"}, follow=True
    )
    seat = Participant.objects.get()
    assert (seat.person, seat.unit, seat.needs, seat.is_listed) == (cast.somchai, cast.town, "กินเจ", False)
    own = shown(sent)
    assert ("คุณได้ที่นั่งแล้ว" in own, "data:image/svg+xml" in own, "กินเจ" in own) == (True, True, True)
    assert client.get(address).headers["Location"] == f"/forums/{forum.pk}/seat"
    second = signed_in(cast.nurse)
    assert "รายชื่อสำรอง ลำดับที่ 1" in shown(second.post(address, {"name": "นภา"}, follow=True))
    assert "คุณแจ้งไว้" not in shown(client.post(f"/forums/{forum.pk}/seat/leave", follow=True))
    assert "คุณได้ที่นั่งแล้ว" in shown(second.get(f"/forums/{forum.pk}/seat"))


def test_a_visitor_gets_an_address_of_her_own(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    client = signed_in(None)
    sent = client.post(
        f"/forums/{forum.pk}/register", {"name": "ป้าสมศรี", "unit_words": "กลุ่มแม่บ้าน", "phone": "081"}
    )
    seat = Participant.objects.get()
    address = f"/forums/{forum.pk}/seat/{seat.public_id}/{seat_token(seat)}"
    assert sent.headers["Location"] == address
    assert "เก็บที่อยู่นี้ไว้" in shown(client.get(address))
    forged = f"/forums/{forum.pk}/seat/{seat.public_id}/{'A' * 43}"
    for path in (forged, f"{forged}/change", f"/forums/{forum.pk}/seat"):
        assert client.get(path).status_code == 404
    assert client.post(f"{forged}/leave").status_code == 404
    assert "สมศรี" in shown(client.get(f"{address}/change"))
    assert client.post(f"{address}/change", {"name": "สมศรี"}).status_code == 302
    assert Participant.objects.get().name == "สมศรี"
    assert "มาไม่ได้" in shown(client.post(f"{address}/leave", follow=True))
    assert client.post(f"{address}/change", {"name": "x", "website": "http://spam"}).status_code == 200


def test_traps_and_the_pace_hold_programs_up_and_lose_no_words(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    client, address = signed_in(None), f"/forums/{forum.pk}/register"
    assert "ป้าคำ" in shown(client.post(address, {"name": "ป้าคำ", "website": "http://spam"}))
    for number in range(40):
        client.post(address, {"name": f"คนที่ {number}"})
    assert "คนสุดท้าย" in shown(client.post(address, {"name": "คนสุดท้าย"}))
    assert Participant.objects.count() == 40
    strict = Client(enforce_csrf_checks=True)
    stale = strict.post(address, {"name": "ป้าคำ"})
    assert (stale.status_code, "ป้าคำ" in stale.content.decode()) == (403, True)


def test_the_list_tells_readers_only_who_agreed_and_those_who_prepare_all(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    forum = make_forum(cast.malee, cast.hospital, seats=2)
    make_participant(
        forum, name="เปิดเผย", is_listed=True, unit=cast.town, needs="เก้าอี้รถเข็น", phone="0811112222"
    )
    make_participant(forum, name="ปิดไว้", nickname="ปิ่น")
    make_participant(forum, name="คนรอ", seated=False, is_listed=True)
    address = f"/forums/{forum.pk}/people"
    for reader in (None, cast.somchai, cast.nurse):
        page = shown(signed_in(reader).get(address))
        assert [name in page for name in ("เปิดเผย", "ปิดไว้", "คนรอ", "เก้าอี้รถเข็น", "0811112222")] == [
            True, False, False, False, False
        ]  # fmt: skip
    client = signed_in(cast.malee)
    page = shown(client.get(address))
    assert all(word in page for word in ("เปิดเผย", "ปิดไว้", "สำรองลำดับที่ 1", "เก้าอี้รถเข็น", "เทศบาลเมืองคลองลำพู"))
    found = shown(client.get(address, {"q": "ปิ่น"}))
    assert ("ปิดไว้" in found, "เก้าอี้รถเข็น" in found) == (True, False)


def test_names_are_entered_one_by_one_and_as_a_list(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital, seats=2)
    client, base = signed_in(cast.malee), f"/forums/{forum.pk}/people"
    assert "ลุงคำ อยู่ในรายชื่อแล้ว" in shown(client.post(f"{base}/new", {"name": "ลุงคำ"}, follow=True))
    bad = shown(client.post(f"{base}/many", {"lines": "มานี, หอผู้ป่วยดอยคำ\n, ไม่มีชื่อ"}))
    assert ("บรรทัดที่ 2" in bad, "มานี, หอผู้ป่วยดอยคำ" in bad, Participant.objects.count()) == (True, True, 1)
    good = shown(client.post(f"{base}/many", {"lines": "มานี, หอผู้ป่วยดอยคำ\nชูใจ\nลุงคำ"}, follow=True))
    assert "เพิ่มเข้ารายชื่อแล้ว 2 คน ในจำนวนนี้ 1 คนอยู่ในรายชื่อสำรอง อีก 1 คนอยู่ในรายชื่อก่อนแล้ว" in good
    seat = Participant.objects.get(name="ลุงคำ")
    one = f"{base}/{seat.public_id}"
    assert client.post(one, {"name": "ลุงคำ ใจมา", "team": "ทีมวัว", "email": "ผิด"}).status_code == 200
    client.post(one, {"name": "ลุงคำ ใจมา", "team": "ทีมวัว"})
    seat.refresh_from_db()
    assert (seat.name, seat.team) == ("ลุงคำ ใจมา", "ทีมวัว")
    client.post(f"{one}/leave")
    assert Participant.objects.get(name="ชูใจ").seated_at is not None
    assert "รายชื่อสำรอง" in shown(client.post(f"{one}/back", follow=True))


def test_the_door_by_name_and_by_card_and_back(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    seat = make_participant(forum, name="น้ำฝน ใจดี", nickname="ฝน", needs="เก้าอี้รถเข็น")
    client, base = signed_in(cast.malee), f"/forums/{forum.pk}/door"
    assert "น้ำฝน ใจดี" in shown(client.get(base, {"q": "น้ําฝน"}))
    card = f"{base}/{seat.public_id}"
    page = shown(client.get(card))
    assert ("เก้าอี้รถเข็น" in page, Arrival.objects.count()) == (True, 0)
    for _ in range(2):
        assert "น้ำฝน ใจดี มาถึงแล้ว" in shown(client.post(card, follow=True))
    assert Arrival.objects.count() == 1
    assert "ยกเลิกแล้ว น้ำฝน ใจดี ยังไม่มา" in shown(client.post(f"{card}/undo", follow=True))
    client.post(f"{base}/new", {"name": "คนเดินเข้ามา"})
    assert Participant.objects.get(is_walk_in=True).arrived_at is not None
    assert client.post(f"{base}/new", {"name": ""}).status_code == 200
    Forum.objects.update(seats=1, walk_ins="seats")
    full = client.post(f"{base}/new", {"name": "อีกคน"})
    assert (full.status_code, "ที่นั่งเต็มแล้ว" in shown(full), "อีกคน" in shown(full)) == (403, True, True)
    waits = make_participant(forum, name="คนรอ", seated=False)
    full = client.post(f"{base}/{waits.public_id}")
    assert (full.status_code, "คนรอ: ที่นั่งเต็มแล้ว" in shown(full)) == (403, True)


def test_paper_holds_all_who_have_a_seat(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    make_participant(forum, cast.nurse, unit=cast.ward)
    make_participant(forum, name="คนรอ", seated=False)
    give_role(forum, cast.nurse, "recorder", by=cast.malee)
    client = signed_in(cast.malee)
    cards = shown(client.get(f"/forums/{forum.pk}/cards"))
    assert (cards.count("name-card"), "คุณลิขิต" in cards, "data:image/svg+xml" in cards) == (1, True, True)
    assert shown(client.get(f"/forums/{forum.pk}/cards?blank=1")).count("name-card") == 9
    for number in range(paper.AT_ONCE):
        make_participant(forum, name=f"คนที่ {number}")
    second = shown(client.get(f"/forums/{forum.pk}/cards?part=2"))
    assert (second.count("name-card"), "ป้ายที่ 161–161" in second) == (1, True)
    assert shown(client.get(f"/forums/{forum.pk}/cards?part=99x")).count("name-card") == paper.AT_ONCE
    Participant.objects.filter(name__startswith="คนที่").delete()
    signs = shown(client.get(f"/forums/{forum.pk}/signatures"))
    assert (signs.count('<th scope="row">'), "คนรอ" in signs) == (1, False)


def test_roles_are_given_by_name_and_end(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    client, address = signed_in(cast.malee), f"/forums/{forum.pk}/roles"
    assert "ยังไม่พบสมาชิกชื่อนี้" in shown(client.post(address, {"name": "ไม่มีใคร", "kind": "recorder"}))
    assert "จากนี้" in shown(client.post(address, {"name": str(cast.nurse), "kind": "recorder"}, follow=True))
    twins = [make_person("แฝด", "ใจงาม"), make_person("แฝด", "ใจงาม")]
    asked = {"name": "แฝด ใจงาม", "kind": "facilitator"}
    page = shown(client.post(address, asked))
    assert all(twin.public_id in page for twin in twins)
    client.post(address, {**asked, "picked": twins[1].public_id})
    assert [role.person for role in Role.objects.filter(kind="facilitator")] == [twins[1]]
    role = Role.objects.get(kind="recorder")
    assert signed_in(cast.somchai).post(f"{address}/{role.pk}/end").status_code == 403
    signed_in(cast.nurse).post(f"{address}/{role.pk}/end")
    role.refresh_from_db()
    assert role.ended_at is not None
    last = Role.objects.filter(kind="coordinator").get()
    client.post(f"{address}/{Role.objects.get(kind='facilitator').pk}/end")
    assert client.post(f"{address}/{last.pk}/end").status_code == 403


def test_the_briefing_tells_needs_only_to_those_who_prepare(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    make_participant(forum, name="ป้าสมศรี", needs="เก้าอี้รถเข็น", unit=cast.town)
    give_role(forum, cast.nurse, "recorder", by=cast.malee)
    address = f"/forums/{forum.pk}/briefing"
    seen = {person: shown(signed_in(person).get(address)) for person in (cast.malee, cast.nurse)}
    assert ["เก้าอี้รถเข็น" in page for page in seen.values()] == [True, False]
    assert all("ให้ผู้ป่วยรอรับยา" in page and "สำหรับคุณลิขิต" in page for page in seen.values())


PREPARES = {"malee", "steward", "sponsor", "facilitator", "coordinator"}
HELPS = PREPARES | {"recorder", "teller", "observer"}
EVERYBODY = HELPS | {"visitor", "somchai", "waiting"}
PAGES = {
    "people/new": PREPARES, "people/many": PREPARES, "door": PREPARES, "cards": PREPARES, "signatures": PREPARES,
    "roles": HELPS, "briefing": HELPS, "people": EVERYBODY, "register": EVERYBODY,
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_to_its_readers_alone(cast: SimpleNamespace, signed_in: SignIn, page: str) -> None:
    """Every role, a stranger, a visitor, and one who waits to be let in; the others are refused with a reason."""
    forum = make_forum(cast.malee, cast.hospital)
    closed = make_forum(cast.malee, cast.hospital, audience="unit")
    readers: dict[str, Person | None] = {"visitor": None}
    readers |= {name: getattr(cast, name) for name in ("malee", "steward", "somchai", "waiting")}
    for kind in RoleKind.values:
        readers[kind] = make_person(kind)
        for one in (forum, closed):
            give_role(one, readers[kind], kind, by=cast.malee)
    answers = {n: signed_in(p).get(f"/forums/{forum.pk}/{page}").status_code for n, p in readers.items()}
    assert {n for n, code in answers.items() if code == 200} == PAGES[page]
    assert set(answers.values()) <= {200, 403}
    assert signed_in(cast.somchai).get(f"/forums/{closed.pk}/{page}").status_code == 404
    # A visitor is asked to sign in, whether there is such a forum or not.
    unknown = {signed_in(None).get(f"/forums/{number}/{page}").status_code for number in (closed.pk, 987654)}
    assert unknown == ({404} if PAGES[page] is EVERYBODY else {403})
    assert signed_in(readers["coordinator"]).get(f"/forums/{closed.pk}/{page}").status_code == 200


def test_what_is_sent_without_the_right_is_refused(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    seat = make_participant(forum, name="ลุงคำ", is_listed=True)
    give_role(forum, cast.nurse, "recorder", by=cast.malee)
    base = f"/forums/{forum.pk}"
    paths = {
        f"{base}/people/new": {"name": "x"}, f"{base}/people/many": {"lines": "x"}, f"{base}/door/new": {"name": "x"},
        f"{base}/people/{seat.public_id}": {"name": "x"}, f"{base}/people/{seat.public_id}/leave": {},
        f"{base}/people/{seat.public_id}/back": {}, f"{base}/door/{seat.public_id}": {},
        f"{base}/door/{seat.public_id}/undo": {}, f"{base}/roles": {"name": str(cast.somchai), "kind": "sponsor"},
    }  # fmt: skip
    for reader in (None, cast.nurse, cast.somchai, cast.waiting):
        client = signed_in(reader)
        assert {client.post(path, sent).status_code for path, sent in paths.items()} == {403}
    assert [(one.name, one.left_at, one.arrived_at) for one in Participant.objects.all()] == [
        ("ลุงคำ", None, None)
    ]


@pytest.mark.parametrize(
    "page", ["people", "people?q=คน", "door", "cards", "signatures", "briefing", "roles"]
)
def test_pages_cost_the_same_with_one_and_with_many(
    cast: SimpleNamespace, signed_in: SignIn, page: str
) -> None:
    forum = make_forum(cast.malee, cast.hospital, seats=100)
    client, address = signed_in(cast.malee), f"/forums/{forum.pk}/{page}"

    def add(count: int) -> None:
        for number in range(count):
            seat = make_participant(
                forum, make_person(f"คน {number}"), unit=cast.town if number % 2 else cast.ward
            )
            if number % 3 == 0:
                check_in(seat, by=cast.malee)
                make_participant(forum, name="คนรอ", seated=False)

    add(1)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    add(12)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)


def test_own_seat_and_public_list_cost_the_same_with_many(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    make_participant(forum, cast.somchai, unit=cast.town, is_listed=True)
    client = signed_in(cast.somchai)

    def cost() -> list[int]:
        found = []
        for page in ("seat", "people"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/forums/{forum.pk}/{page}").status_code == 200
            found.append(len(queries))
        return found

    few = cost()
    for number in range(9):
        make_participant(forum, name=f"คน {number}", unit=cast.town, is_listed=True)
    assert cost() == few


def test_the_words_of_people_are_never_markup(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    nasty = "<script>alert(1)</script>"
    make_participant(forum, name=nasty, nickname=nasty, needs=nasty, unit_words=nasty, is_listed=True)
    for page in ("people", "door", "cards", "signatures", "briefing"):
        raw = signed_in(cast.malee).get(f"/forums/{forum.pk}/{page}").content.decode()
        assert re.search(r"<script>alert", raw) is None
        assert "&lt;script&gt;" in raw
