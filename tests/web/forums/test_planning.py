"""Founding, changing, announcing, cancelling, closing and cloning a forum by its pages."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import unquote

from django.test import Client
from django.utils import timezone

from prakai.forums.actions import change_forum
from prakai.forums.models import Block, Forum
from tests.factories.forums import PURPOSE, make_forum
from tests.web.forums.conftest import SignIn, shown

FOUND = {
    "title": "เวทีลดเวลารอยา",
    "purpose": PURPOSE,
    "first_on": "20 ม.ค. 2570",
    "agenda": "whole-day",
    "mode": "place",
    "place": "ห้องประชุมดอยคำ",
}


def words_of(forum: Forum, **other: str) -> dict[str, str]:
    """What the form of changing sends when only ``other`` was changed."""
    return {
        "title": forum.title, "purpose": forum.purpose, "mode": forum.mode, "audience": forum.audience,
        "walk_ins": forum.walk_ins, "language": forum.language, **other,
    }  # fmt: skip


def test_a_forum_is_founded_with_a_template(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.malee)
    page = shown(client.get("/forums/new"))
    assert ("หนึ่งวันเต็ม" in page, cast.hospital.name in page) == (True, True)
    answer = client.post("/forums/new", {**FOUND, "unit": f"#{cast.hospital.pk}"})
    forum = Forum.objects.get()
    assert (answer.status_code, unquote(answer["Location"])) == (302, forum.get_absolute_url())
    text = shown(client.get(forum.get_absolute_url()))
    assert [word in text for word in ("20 มกราคม 2570", "08.30 น.", "15.45 น.", "89%", "2 ชั่วโมง 30 นาที")] == [
        True, True, True, False, True
    ]  # fmt: skip
    assert "วันนี้มีเวลาให้เล่า" in text
    assert Client().get(forum.get_absolute_url()).status_code == 404


def test_what_was_typed_survives_what_is_not_right(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.malee)
    sent = {**FOUND, "unit": cast.hospital.name, "first_on": "วันไหนดี", "title": "ก" * 301}
    text = shown(client.post("/forums/new", sent))
    assert (Forum.objects.count(), PURPOSE in text, "วันไหนดี" in text, "ก" * 301 in text) == (
        0,
        True,
        True,
        True,
    )
    text = shown(client.post("/forums/new", {**sent, "first_on": "20/1/2570"}))
    assert ("ขอไม่เกิน 300 ตัวอักษร" in text, "20/1/2570" in text) == (True, True)


def test_words_typed_before_signing_in_wait_in_the_form(cast: SimpleNamespace) -> None:
    client = Client()
    refused = client.post("/forums/new", {**FOUND, "unit": cast.hospital.name})
    assert refused.status_code == 403
    client.force_login(cast.malee)
    assert "เวทีลดเวลารอยา" in shown(client.get("/forums/new"))


def test_a_stranger_is_told_why(cast: SimpleNamespace, signed_in: SignIn) -> None:
    answer = signed_in(cast.somchai).post("/forums/new", {**FOUND, "unit": cast.hospital.name})
    assert (answer.status_code, "ต้องเป็นคนในหน่วยงาน" in answer.content.decode()) == (403, True)
    assert Forum.objects.count() == 0


def test_a_forum_is_changed(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    client = signed_in(cast.malee)
    address = f"/forums/{forum.pk}/change"
    assert PURPOSE in shown(client.get(address))
    assert signed_in(cast.nurse).get(address).status_code == 403
    sent = words_of(
        forum, title="เวทีใหม่", seats="๖๐", series="ลดรอคอย", registration_until="15 ม.ค. 2570",
        host=f"#{cast.town.pk}", online_url="meet.example.go.th/x", team_least="2",
    )  # fmt: skip
    assert client.post(address, sent).status_code == 302
    fresh = Forum.objects.get()
    assert (fresh.title, fresh.seats, fresh.host, fresh.online_url, str(fresh.series)) == (
        "เวทีใหม่", 60, cast.town, "https://meet.example.go.th/x", "ลดรอคอย"
    )  # fmt: skip
    assert timezone.localtime(fresh.registration_until).strftime("%d %H:%M") == "15 23:59"
    wrong = shown(client.post(address, words_of(fresh, seats="มาก", team_least="5", team_most="2")))
    assert "ขอเป็นจำนวนเต็ม 1 ถึง 100000" in wrong


def test_two_who_change_at_once_lose_nothing(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    client = signed_in(cast.malee)
    address = f"/forums/{forum.pk}/change"
    seen = client.get(address).context["form"]["seen"].value()
    change_forum(forum, by=cast.malee, place="ศาลาวัด")
    answer = client.post(address, words_of(forum, title="ของฉัน", place="ห้องประชุม", seen=seen))
    text = shown(answer)
    assert (Forum.objects.get().place, "ศาลาวัด" in text, "ของฉัน" in text, "ห้องประชุม" in text) == (
        "ศาลาวัด", True, True, True
    )  # fmt: skip
    again = answer.context["form"]["seen"].value()
    assert client.post(address, words_of(forum, title="ของฉัน", seen=again)).status_code == 302
    assert Forum.objects.get().title == "ของฉัน"


def test_a_forum_is_announced_cancelled_and_brought_back(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.malee)
    forum = make_forum(cast.malee, cast.hospital, announced=False)
    assert "ประกาศเวที" in shown(client.get(forum.get_absolute_url()))
    client.post(f"/forums/{forum.pk}/announce")
    assert Client().get(forum.get_absolute_url()).status_code == 200
    empty = shown(client.post(f"/forums/{forum.pk}/cancel", {"because": ""}))
    assert "กรุณากรอก" in empty or "Please" in empty or "field-wrong" in empty
    client.post(f"/forums/{forum.pk}/cancel", {"because": "น้ำท่วมทางเข้า"})
    assert "น้ำท่วมทางเข้า" in shown(Client().get(forum.get_absolute_url()))
    client.post(f"/forums/{forum.pk}/revive")
    assert "น้ำท่วมทางเข้า" not in shown(Client().get(forum.get_absolute_url()))


def test_what_is_still_missing_is_said_where_the_button_would_be(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    client = signed_in(cast.malee)
    client.post("/forums/new", {"title": "เวที", "unit": cast.hospital.name, "mode": "place"})
    text = shown(client.get(Forum.objects.get().get_absolute_url()))
    assert ("เวทีต้องมีหัวปลาก่อน" in text, "ประกาศเวที" in text) == (True, False)


def test_a_forum_is_closed_and_opened_again(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.malee)
    forum = make_forum(cast.malee, cast.hospital, starts_at=timezone.now() - timedelta(hours=9))
    assert signed_in(cast.nurse).post(f"/forums/{forum.pk}/close").status_code == 403
    client.post(f"/forums/{forum.pk}/close")
    text = shown(client.get(forum.get_absolute_url()))
    assert ("เก็บเกี่ยวแล้ว" in text, f"/forums/{forum.pk}/change" in text) == (True, False)
    assert client.get(f"/forums/{forum.pk}/agenda").status_code == 403
    client.post(f"/forums/{forum.pk}/reopen")
    assert Forum.objects.get().closed_at is None


def test_the_next_one_is_made_from_this(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.somchai)
    forum = make_forum(cast.malee, cast.hospital)
    assert cast.town.name in shown(client.get(f"/forums/{forum.pk}/clone"))
    sent = {"title": "เวทีของเมือง", "unit": f"#{cast.town.pk}", "first_on": "1 มี.ค. 2570"}
    assert client.post(f"/forums/{forum.pk}/clone", sent).status_code == 302
    copy = Forum.objects.get(unit=cast.town)
    assert (copy.title, copy.cloned_from, Block.objects.filter(day__forum=copy).count()) == (
        "เวทีของเมือง",
        forum,
        0,
    )
