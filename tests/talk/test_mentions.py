"""Who is called by name: only who may read, only when one is meant, never by an address."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prakai.people.models import Audience
from prakai.talk.mentions import linked, mentioned
from prakai.talk.models import Mention
from prakai.talk.wording import body_of
from tests.factories.people import make_person
from tests.factories.talk import make_conversation, put_comment
from tests.factories.units import make_unit


def _names(text: str, **conversation: object) -> list[str]:
    called = mentioned(body_of(text), make_conversation(**conversation))
    return [
        (one.person.display_name if one.person else "") or (one.unit.name_th if one.unit else "")
        for one in called
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ขอบคุณ @มาลี ใจงาม มากนะ", ["มาลี ใจงาม"]),
        ("ขอบคุณ@มาลี ใจงาม", ["มาลี ใจงาม"]),
        ("@ลี่ เล่าต่อหน่อย", ["มาลี ใจงาม"]),
        ("ถึง @สมชาย ศรีสุข, @มาลี ใจงาม", ["สมชาย ศรีสุข", "มาลี ใจงาม"]),
        ("(@มาลี ใจงาม)", ["มาลี ใจงาม"]),
        ("@มาลี  ใจงาม", ["มาลี ใจงาม"]),
        ("@มาลี ใจงาม และ @มาลี ใจงาม", ["มาลี ใจงาม"]),
        ("@นิกกี้", []),
        ("@ มาลี ใจงาม", []),
        ("malee@มาลี ใจงาม", []),
        ("เขียนถึง malee@example.go.th", []),
        ("https://example.com/@ลี่", []),
        ("www.example.com/@ลี่", []),
        ("@ลี่.", ["มาลี ใจงาม"]),
        ("@รพ.ดอยคำ ทำได้ดี", ["โรงพยาบาลดอยคำ"]),
        ("@รพ. ดอยคำ", ["โรงพยาบาลดอยคำ"]),
        ("@รพดอยคำ", ["โรงพยาบาลดอยคำ"]),
        ("@โรงพยาบาลดอยคำ", ["โรงพยาบาลดอยคำ"]),
    ],
)
def test_names_call_whom_they_mean(cast: SimpleNamespace, text: str, expected: list[str]) -> None:
    assert _names(text) == expected


@pytest.mark.parametrize("text", ["@ก.พ.ค.", "@กพค", "@กพค.", "@ก.พ.ค"])
def test_abbreviations_dotted_or_not_are_one(cast: SimpleNamespace, text: str) -> None:
    make_unit("กรมพัฒนาความสุข", abbreviations=["ก.พ.ค."])
    assert _names(text) == ["กรมพัฒนาความสุข"]


def test_an_ambiguous_name_calls_nobody(cast: SimpleNamespace) -> None:
    assert _names("@มาลี ใจงาม") == ["มาลี ใจงาม"]
    make_person("มาลี", "ใจงาม")
    assert _names("@มาลี ใจงาม") == []
    make_person("อื่น", "อีกคน", nickname_th="รพ.ดอยคำ")
    assert _names("@รพ.ดอยคำ") == []


def test_the_public_id_calls_also_who_shares_a_name(cast: SimpleNamespace) -> None:
    twin = make_person("มาลี", "ใจงาม")
    called = mentioned(body_of(f"@{twin.public_id} ครับ"), make_conversation())
    assert [one.person for one in called] == [twin]


def test_only_who_may_read_is_called(cast: SimpleNamespace) -> None:
    text = "@วันดี คำใส @สมชาย ศรีสุข"
    assert _names(text) == ["วันดี คำใส", "สมชาย ศรีสุข"]
    assert _names(text, audience=Audience.UNIT, unit=cast.hospital) == ["วันดี คำใส"]
    assert _names("@รอรับ สมาชิก") == []


def test_ten_at_most_are_called_and_a_flood_costs_two_queries(cast: SimpleNamespace) -> None:
    for number in range(14):
        make_person(f"คนที่{number}", "ดีมาก", nickname_th=f"ชื่อ{number}")
    conversation = make_conversation()
    text = body_of(" ".join(f"@ชื่อ{number}," for number in range(14)) + " @ไม่มี," * 1000)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        called = mentioned(text, conversation)
    assert len(called) == 10
    assert len(queries) == 2


def test_a_mention_is_shown_as_a_link_by_todays_name(cast: SimpleNamespace) -> None:
    body = body_of("ขอบคุณ @ลี่ และ https://example.com/@ลี่ <b>")
    comment = put_comment(make_conversation(), cast.somchai, body=body)
    row = Mention(comment=comment, person=cast.malee, words="ลี่")
    address = '<a href="https://example.com/@ลี่" rel="nofollow noopener noreferrer">https://example.com/@ลี่</a>'
    assert linked(body, [row]) == (
        f'<p>ขอบคุณ <a href="{cast.malee.get_absolute_url()}">@มาลี ใจงาม</a> และ {address} &lt;b&gt;</p>'
    )


def test_a_name_with_markup_in_it_stays_words(cast: SimpleNamespace) -> None:
    cast.malee.given_th = "<script>"
    row = Mention(person=cast.malee, words="ลี่")
    assert "<script>" not in linked("<p>@ลี่</p>", [row])
