"""Throwing a spark from a phone: once, named or not, and a clear answer for everything that is not right."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from prakai.forums.actions import close_wall, echo_spark, freeze_wall, hide_spark, open_wall
from prakai.forums.models import Echo, Forum, Spark
from prakai.web.forums import phones
from tests.factories.forums import make_forum
from tests.factories.sparks import make_spark
from tests.web.forums.conftest import SignIn, shown

JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def _nobody_is_in_a_hurry() -> Iterator[None]:
    yield
    for pace in (phones.PHONES, phones.UNKNOWN, phones.HALLS, phones.WRONG_CODES):
        pace.forget()


@pytest.fixture
def forum(cast: SimpleNamespace) -> Forum:
    forum = make_forum(cast.malee, cast.hospital, audience="unit")
    open_wall(forum, by=cast.malee, question="วันนี้อะไรสะดุดใจ")
    return forum


def picture(kind: str = "JPEG") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 30), "orange").save(file, kind)
    return SimpleUploadedFile("ภาพ.jpg", file.getvalue(), "image/jpeg")


def throw(client: Client, forum: Forum, words: str = "ยิ้มก่อนถาม", **given: Any) -> Any:
    return client.post(f"/w/{forum.code}/sparks", {"words": words, **given})


def goes_on(forum: Forum) -> None:
    """Another phone throws meanwhile, and a third one reads it: the wall goes on."""
    words = f"ประกายของอีกเครื่อง {Spark.objects.count()}"
    other = Client()
    other.get(f"/w/{forum.code}")
    assert throw(other, forum, words).status_code == 302
    assert words in shown(Client().get(f"/w/{forum.code}"))


def test_a_phone_throws_without_an_account(client: Client, forum: Forum) -> None:
    assert "วันนี้อะไรสะดุดใจ" in shown(client.get(f"/w/{forum.code}"))
    sent = throw(client, forum)
    assert (sent.status_code, sent["Location"]) == (302, f"/w/{forum.code}")
    page = shown(client.get(f"/w/{forum.code}"))
    assert "ยิ้มก่อนถาม" in page
    assert "ประกายของคุณขึ้นกระดานแล้ว" in page
    assert "ถอนคืน" in page  # this phone knows that it threw it
    assert "ถอนคืน" not in shown(Client().get(f"/w/{forum.code}"))


def test_the_same_number_is_the_same_spark(client: Client, forum: Forum) -> None:
    given = {"words": "ยิ้มก่อนถาม", "client_id": "abcd-1234"}
    first = client.post(f"/w/{forum.code}/sparks", given, headers=JSON)
    again = client.post(f"/w/{forum.code}/sparks", {**given, "words": "อื่น"}, headers=JSON)
    told = {"id": Spark.objects.get().public_id, "client_id": "abcd-1234", "state": "shown"}
    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (201, told)


@pytest.mark.parametrize("typed", ["{}", " {} ", "- {} -", "{upper}"])
def test_the_code_is_understood_as_it_is_typed(client: Client, forum: Forum, typed: str) -> None:
    code = typed.format(forum.code, upper=forum.code.upper())
    assert client.get("/w", {"code": code})["Location"] == f"/w/{forum.code}"


def test_the_code_in_thai_digits(client: Client, forum: Forum) -> None:
    Forum.objects.filter(pk=forum.pk).update(code="34679")
    assert client.get("/w", {"code": "๓๔ ๖๗๙"})["Location"] == "/w/34679"
    assert client.get("/w/๓๔๖๗๙")["Location"] == "/w/34679"


def test_a_wrong_code_keeps_the_words(client: Client, forum: Forum) -> None:
    answer = client.post("/w/wrong/sparks", {"words": "คำที่พิมพ์แล้ว"})
    assert answer.status_code == 404
    assert "ไม่มีกระดานที่เปิดอยู่ด้วยรหัสนี้" in shown(answer)
    assert "คำที่พิมพ์แล้ว" in shown(answer)
    carried = client.post("/w", {"code": forum.code, "words": "คำที่พิมพ์แล้ว"})
    assert carried.status_code == 200
    assert "คำที่พิมพ์แล้ว</textarea>" in shown(carried)
    goes_on(forum)


def test_a_closed_wall_keeps_the_words(client: Client, cast: SimpleNamespace, forum: Forum) -> None:
    public = make_forum(cast.malee, cast.hospital, "สาธารณะ", audience="public")
    open_wall(public, by=cast.malee)
    close_wall(public, by=cast.malee)
    answer = throw(client, public, "มาช้าไป")
    assert answer.status_code == 403
    assert "กระดานปิดแล้ว" in shown(answer)
    assert "มาช้าไป</textarea>" in shown(answer)
    assert Spark.objects.count() == 0
    goes_on(forum)
    close_wall(
        forum, by=cast.malee
    )  # of a unit: for strangers there is no wall any more, not even that it was
    assert throw(client, forum, "มาช้าไป").status_code == 404


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": "ก" * 10_000}, "ขอไม่เกิน 240 ตัวอักษร ตอนนี้มี"),
        ({"words": "  "}, "เขียนสักสองสามคำ"),
        ({"words": "ดี", "client_id": "1"}, "ไม่มีหมายเลขประจำตัว"),
        ({"words": "ดี", "picture": SimpleUploadedFile("x.jpg", b"no picture")}, "ไม่ใช่ภาพที่อ่านได้"),
        ({"words": "ดี", "picture": SimpleUploadedFile("x.jpg", b"<svg onload='x'/>")}, "SVG"),
        ({"words": "ดี", "name": "ก" * 200}, "80"),
    ],
)
def test_what_is_not_right_is_said_and_kept(
    client: Client, forum: Forum, given: dict[str, Any], said: str
) -> None:
    if isinstance(file := given.get("picture"), SimpleUploadedFile):
        file.seek(0)
    answer = client.post(f"/w/{forum.code}/sparks", given)
    assert answer.status_code == 400
    assert said in shown(answer)
    assert given["words"].strip() in shown(answer)
    assert Spark.objects.count() == 0
    goes_on(forum)
    assert throw(client, forum).status_code == 302  # and so does this phone


def test_a_script_is_words(client: Client, forum: Forum) -> None:
    throw(client, forum, "<script>alert(1)</script>")
    page = client.get(f"/w/{forum.code}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    goes_on(forum)


@pytest.mark.parametrize("page", ["", "/list", "/words?word=alert", "/keep"])
def test_a_script_is_words_on_every_page_of_the_wall(
    client: Client, cast: SimpleNamespace, signed_in: SignIn, forum: Forum, page: str
) -> None:
    throw(client, forum, "<img src=x onerror=alert(1)>", name="<b>หนา</b>")
    text = signed_in(cast.malee).get(f"/forums/{forum.pk}/wall{page}").content.decode()
    assert ("<img src=x" in text, "<b>หนา" in text) == (False, False)
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


@pytest.mark.parametrize("forged", ["forged:token", "x" * 300, "<script>", ""])
def test_a_forged_token_owns_nothing(client: Client, forum: Forum, forged: str) -> None:
    client.get(f"/w/{forum.code}")
    throw(client, forum, "ของเครื่องจริง")
    spark = Spark.objects.get()
    address = f"/w/{forum.code}/sparks/{spark.public_id}"
    forger = Client()
    forger.cookies[phones.COOKIE] = forged
    assert "ถอนคืน" not in shown(forger.get(f"/w/{forum.code}"))
    assert forger.post(f"{address}/withdraw", {"token": forged}).status_code == 403
    assert Client().post(f"{address}/withdraw", {"token": forged}).status_code == 403
    spark.refresh_from_db()
    assert (spark.words, spark.withdrawn_at) == ("ของเครื่องจริง", None)
    goes_on(forum)


def test_five_hundred_posts_of_one_phone_hold_up_nobody_else(
    client: Client, forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        phones, "PHONES", phones.Pace(phones.PHONES.most, 3600)
    )  # a busy machine takes its time
    client.get(f"/w/{forum.code}")
    path = f"/w/{forum.code}/sparks"
    statuses = [client.post(path, {"words": f"ถี่ {n}"}, headers=JSON).status_code for n in range(500)]
    assert statuses == [201] * 30 + [429] * 470
    assert Spark.objects.count() == 30
    answer = client.post(f"/w/{forum.code}/sparks", {"words": "ยังอยู่ไหม"}, headers=JSON)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "ส่งถี่มาก" in answer.json()["detail"]
    assert "ถี่ 59</textarea>" in shown(throw(client, forum, "ถี่ 59"))
    other = Client()
    other.get(f"/w/{forum.code}")
    assert throw(other, forum, "คนอื่นยังส่งได้").status_code == 302
    goes_on(forum)


def test_posts_without_a_token_of_ours_share_a_pace(forum: Forum) -> None:
    """Who throws the cookie away, or makes up tokens, is one of those that are not known."""
    statuses = [throw(Client(), forum, f"ถี่ {n}", token=f"made-up-{n}").status_code for n in range(61)]
    assert statuses == [302] * 60 + [429]


def test_codes_are_not_tried_out(client: Client) -> None:
    statuses = [client.get(f"/w/cd{n:03}").status_code for n in range(301)]
    assert (statuses[0], statuses[299], statuses[300]) == (404, 404, 429)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 302),
        ({"origin": "http://testserver"}, 302),
        ({"origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 302),
    ],
)
def test_no_other_site_throws(forum: Forum, headers: dict[str, str], status: int) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/w/{forum.code}/sparks", {"words": "ข้ามเว็บ"}, headers=headers)
    assert answer.status_code == status


def test_a_picture_is_shown_and_is_nobodys_file(
    client: Client, cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    throw(client, forum, "", picture=picture())
    spark = Spark.objects.get()
    address = f"/w/{forum.code}/sparks/{spark.public_id}/picture"
    assert f'src="{address}"' in client.get(f"/w/{forum.code}").content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "sandbox" in answer["Content-Security-Policy"]
    hide_spark(spark, by=cast.malee, because="เห็นหน้าคนไข้")
    assert Client().get(address).status_code == 404
    assert signed_in(cast.malee).get(address).status_code == 200


def test_the_author_reads_on_her_phone_why_it_was_hidden(
    client: Client, cast: SimpleNamespace, forum: Forum
) -> None:
    throw(client, forum, "เรื่องของคุณยายสมศรี")
    hide_spark(Spark.objects.get(), by=cast.malee, because="มีชื่อคนไข้")
    assert "มีชื่อคนไข้" in shown(client.get(f"/w/{forum.code}"))
    assert "มีชื่อคนไข้" not in shown(Client().get(f"/w/{forum.code}"))


def test_what_waits_is_seen_by_its_author_alone(client: Client, cast: SimpleNamespace, forum: Forum) -> None:
    freeze_wall(forum, by=cast.malee)
    answer = client.post(f"/w/{forum.code}/sparks", {"words": "รอก่อนนะ"}, headers=JSON)
    assert answer.json()["state"] == "waits"
    throw(client, forum, "รอด้วยคน")
    assert "รอด้วยคน" in shown(client.get(f"/w/{forum.code}"))
    assert "รอด้วยคน" not in shown(Client().get(f"/w/{forum.code}"))


def test_a_queued_post_carries_its_token_itself(client: Client, forum: Forum) -> None:
    client.get(f"/w/{forum.code}")
    token = client.cookies[phones.COOKIE].value
    throw(Client(), forum, "ส่งทีหลัง", token=token)
    assert "ถอนคืน" in shown(client.get(f"/w/{forum.code}"))


def test_same_here_is_said_once(client: Client, forum: Forum) -> None:
    spark = make_spark(forum)
    client.get(f"/w/{forum.code}")
    address = f"/w/{forum.code}/sparks/{spark.public_id}/echo"
    assert client.post(address)["Location"] == f"/w/{forum.code}#s-{spark.public_id}"
    assert client.post(address, headers=JSON).json() == {"id": spark.public_id, "echoes": 1, "new": False}
    assert Echo.objects.count() == 1
    assert Client().post(address, headers=JSON).status_code == 400  # a phone that keeps nothing


def test_a_spark_builds_on_another(client: Client, forum: Forum) -> None:
    first = make_spark(forum, "ยิ้มก่อนถาม")
    page = shown(client.get(f"/w/{forum.code}?builds_on={first.public_id}"))
    assert "คุณกำลังต่อยอดจาก" in page
    throw(client, forum, "แล้วนั่งลงข้าง ๆ", builds_on=first.public_id)
    assert Spark.objects.get(words="แล้วนั่งลงข้าง ๆ").builds_on == first


def test_the_phone_takes_its_spark_back(client: Client, forum: Forum) -> None:
    client.get(f"/w/{forum.code}")
    throw(client, forum, "พูดมากไป")
    address = f"/w/{forum.code}/sparks/{Spark.objects.get().public_id}/withdraw"
    assert Client().post(address).status_code == 403
    assert "พูดมากไป" in shown(client.get(address))
    assert client.post(address).status_code == 302
    assert Spark.objects.get().words == ""
    assert client.get(address).status_code == 404


def test_an_author_claims_her_spark_by_her_phone(
    client: Client, cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    client.get(f"/w/{forum.code}")
    throw(client, forum, "ของฉันเอง")
    spark = Spark.objects.get()
    address = f"/w/{forum.code}/sparks/{spark.public_id}/claim"
    assert client.get(address).status_code == 403  # sign in first
    stranger = signed_in(cast.somchai)
    stranger.cookies[phones.COOKIE] = "forged:token"
    assert stranger.post(address, {"is_named": "1"}).status_code == 403
    client.force_login(cast.nurse)
    assert cast.nurse.display_name in shown(client.get(address))
    client.post(address, {"is_named": "1"})
    assert Spark.objects.get().name == cast.nurse.display_name


def test_an_open_wall_costs_the_same_with_one_spark_and_with_many(client: Client, forum: Forum) -> None:
    make_spark(forum, token="t")
    client.get(f"/w/{forum.code}")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/w/{forum.code}")
    for number in range(12):
        spark = make_spark(forum, f"ประกาย {number}", builds_on=Spark.objects.first())
        echo_spark(spark, by=None, token="t")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/w/{forum.code}")
    assert len(many) == len(one)


def test_a_long_wall_is_read_page_by_page(client: Client, forum: Forum) -> None:
    for number in range(45):
        make_spark(forum, f"ประกายที่ {number:02}")
    first = shown(client.get(f"/w/{forum.code}"))
    assert ("ประกายที่ 44" in first, "ประกายที่ 04" in first) == (True, False)
    before = Spark.objects.get(words="ประกายที่ 05").pk
    assert f"/w/{forum.code}?before={before}" in first
    assert "ประกายที่ 04" in shown(client.get(f"/w/{forum.code}?before={before}"))
    assert client.get(f"/w/{forum.code}?before=x").status_code == 200
