"""The wall by the forum's number: who sees which page, what its keepers do, what can be taken along."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from prakai.forums.actions import freeze_wall, give_role, hide_spark, open_wall, pin_spark
from prakai.forums.models import Forum, Spark, SparkGroup, SparkHiding, Wall
from prakai.thai.graphemes import cut
from prakai.web.forums.views.taking import may_break
from tests.factories.forums import make_forum
from tests.factories.sparks import make_spark
from tests.web.forums.conftest import SignIn, shown

UNBROKEN = cut("เราค่อยๆนั่งลงข้างเตียงแล้วถามคุณยายว่าเมื่อคืนนอนหลับไหม" * 6, 240, end="")
READING = ("", "/list", "/words", "/qr.svg")
KEEPING = ("/keep", "/sparks.csv", "/wall.png", "/cards.pdf")
MOVES = ("/open", "/close", "/freeze", "/thaw", "/settings", "/group")


@pytest.fixture
def forum(cast: SimpleNamespace) -> Forum:
    forum = make_forum(cast.malee, cast.hospital, audience="members")
    open_wall(forum, by=cast.malee, question="อะไรสะดุดใจ")
    return forum


@pytest.mark.parametrize("page", [*READING, *KEEPING])
def test_who_sees_which_page(cast: SimpleNamespace, signed_in: SignIn, forum: Forum, page: str) -> None:
    give_role(forum, cast.nurse, "facilitator", by=cast.malee)
    make_spark(forum)
    readers = [None, cast.somchai, cast.nurse, cast.malee, cast.steward]
    told = [signed_in(one).get(f"/forums/{forum.pk}/wall{page}").status_code for one in readers]
    if page in READING:
        assert told == [404, 200, 200, 200, 200]
    else:
        assert told == [403, 403, 200, 200, 200]


@pytest.mark.parametrize("move", MOVES)
def test_only_keepers_move_the_wall(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum, move: str
) -> None:
    address = f"/forums/{forum.pk}/wall{move}"
    for stranger in (None, cast.somchai, cast.waiting):
        assert signed_in(stranger).post(address).status_code == 403
    assert signed_in(cast.malee).post(address).status_code in (302, 400)
    assert signed_in(cast.malee).get(address).status_code == 405


@pytest.mark.parametrize("move", ["release", "show", "pin", "unpin", "hide"])
def test_only_keepers_move_a_spark(cast: SimpleNamespace, signed_in: SignIn, forum: Forum, move: str) -> None:
    address = f"/forums/{forum.pk}/wall/sparks/{make_spark(forum).public_id}/{move}"
    for stranger in (None, cast.somchai):
        assert signed_in(stranger).post(address, {"because": "ไม่ชอบ"}).status_code == 403
    assert signed_in(cast.malee).post(address, {"because": "มีชื่อคนไข้"}).status_code == 302


def test_a_wall_is_opened_frozen_and_closed(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    keeper, path = signed_in(cast.malee), f"/forums/{forum.pk}/wall"
    assert keeper.get(path)["Location"] == f"{path}/keep"
    assert "เปิดกระดาน" in shown(keeper.get(f"{path}/keep"))
    keeper.post(f"{path}/open")
    assert forum.code in shown(keeper.get(path))
    assert keeper.post(f"{path}/freeze", {"from": "screen"})["Location"] == path
    assert "กระดานหยุดไว้สักครู่" in shown(keeper.get(path))
    spark = make_spark(forum, "มาตอนหยุด")
    assert "มาตอนหยุด" not in shown(keeper.get(path))
    assert "มาตอนหยุด" in shown(keeper.get(f"{path}/keep"))
    keeper.post(f"{path}/sparks/{spark.public_id}/release")
    assert "มาตอนหยุด" in shown(keeper.get(path))
    keeper.post(f"{path}/close")
    assert Wall.objects.get().is_open is False


def test_question_and_guard_are_kept(cast: SimpleNamespace, signed_in: SignIn, forum: Forum) -> None:
    keeper, path = signed_in(cast.malee), f"/forums/{forum.pk}/wall"
    keeper.post(f"{path}/settings", {"question": " อะไรที่อยากลอง ", "is_held": "on"})
    assert (Wall.objects.get().question, Wall.objects.get().is_held) == ("อะไรที่อยากลอง", True)
    answer = keeper.post(f"{path}/settings", {"question": "ก" * 400})
    assert answer.status_code == 400
    assert "ก" * 400 in shown(answer)


def test_sparks_are_put_together_and_taken_apart(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    keeper, path = signed_in(cast.malee), f"/forums/{forum.pk}/wall/group"
    chosen = [make_spark(forum).public_id for _ in range(3)]
    answer = keeper.post(path, {"sparks": chosen[:2], "title": ""})
    assert answer.status_code == 400
    assert (
        shown(answer).count("checked") == 3
    )  # the two, and the switch for keys: what was chosen stays chosen
    assert keeper.post(path, {"title": "ถามให้เป็น"}).status_code == 400
    keeper.post(path, {"sparks": chosen[:2], "title": "ถามให้เป็น"})
    keeper.post(path, {"sparks": chosen[2:], "title": "ถามให้เป็น"})
    assert [group.sparks.count() for group in SparkGroup.objects.all()] == [3]
    assert "ถามให้เป็น</span> (3)" in shown(keeper.get(f"/forums/{forum.pk}/wall/list"))
    keeper.post(path, {"sparks": chosen, "title": "", "apart": "1"})
    assert SparkGroup.objects.count() == 0


def test_hiding_needs_a_reason_and_is_undone(cast: SimpleNamespace, signed_in: SignIn, forum: Forum) -> None:
    keeper, spark = signed_in(cast.malee), make_spark(forum, "ชื่อคนไข้")
    path = f"/forums/{forum.pk}/wall/sparks/{spark.public_id}"
    assert keeper.post(f"{path}/hide", {"because": " "}).status_code == 400
    keeper.post(f"{path}/hide", {"because": "มีชื่อคนไข้"})
    assert (SparkHiding.objects.get().because, Spark.objects.shown().count()) == ("มีชื่อคนไข้", 0)
    keeper.post(f"{path}/show")
    assert Spark.objects.shown().count() == 1
    assert SparkHiding.objects.get().undone_at is not None


def test_nobody_learns_whose_an_unnamed_spark_is(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    author = signed_in(cast.nurse)
    author.get(f"/w/{forum.code}")
    author.post(f"/w/{forum.code}/sparks", {"words": "ไม่บอกว่าใคร"})
    for reader in (cast.malee, cast.steward):
        for page in ("", "/keep", "/list", "/words", "/sparks.csv"):
            answer = signed_in(reader).get(f"/forums/{forum.pk}/wall{page}")
            assert cast.nurse.display_name not in answer.content.decode()


def test_pages_cost_the_same_with_one_spark_and_with_many(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    keeper, path = signed_in(cast.malee), f"/forums/{forum.pk}/wall"
    pages = ("", "/keep", "/list", "/words?word=ยิ้ม", "/sparks.csv")

    def fill() -> None:
        pin_spark(make_spark(forum, "ยิ้ม"), by=cast.malee)
        hide_spark(make_spark(forum), by=cast.malee, because="ซ้ำ")
        make_spark(forum, builds_on=make_spark(forum))

    def costs() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert keeper.get(f"{path}{page}").status_code == 200
            found.append(len(asked))
        return found

    fill()
    costs()
    few = costs()
    for _ in range(6):
        fill()
    assert costs() == few


def test_the_screen_looks_again_by_itself_only_when_asked(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    reader = signed_in(cast.somchai)
    assert "Refresh" not in reader.get(f"/forums/{forum.pk}/wall").headers
    assert reader.get(f"/forums/{forum.pk}/wall?every=20")["Refresh"] == "20"


def test_words_that_sparks_have_in_common(cast: SimpleNamespace, signed_in: SignIn, forum: Forum) -> None:
    for words in ("ยิ้มก่อนถามคนไข้", "คนไข้รอยาไม่นาน", "คนไข้ยิ้มเอง", "ถามก่อนว่ารอนานไหม"):
        make_spark(forum, words)
    reader = signed_in(cast.somchai)
    page = shown(reader.get(f"/forums/{forum.pk}/wall/words"))
    assert '<th scope="row">คนไข้</th><td class="number">3</td>' in page
    assert '<th scope="row">ยิ้ม</th><td class="number">2</td>' in page
    assert '<th scope="row">ก่อน</th>' not in page
    said = shown(reader.get(f"/forums/{forum.pk}/wall/words", {"word": "ยิ้ม"}))
    assert ("คนไข้ยิ้มเอง" in said, "คนไข้รอยาไม่นาน" in said) == (True, False)


def test_the_table_calculates_nothing(cast: SimpleNamespace, signed_in: SignIn, forum: Forum) -> None:
    for words in ('=HYPERLINK("http://evil.example")', "@SUM(1)", "ยิ้ม, แล้ว\nถาม", "-1"):
        make_spark(forum, words, name="+66 81")
    content = signed_in(cast.malee).get(f"/forums/{forum.pk}/wall/sparks.csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][2:4] == ["ประกาย", "ลงชื่อ"]
    assert [row[2][0] for row in rows[1:]] == ["'", "'", "ย", "'"]
    assert {row[3] for row in rows[1:]} == {"'+66 81"}
    assert rows[3][2] == "ยิ้ม, แล้ว\nถาม"


def test_picture_and_cards_are_set_with_the_words(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    for number in range(20):
        make_spark(forum, f"{number} " + "น้ำเสียงเปลี่ยนทั้งห้อง " * 7, name="#eval(1)" if number % 2 else "")
    keeper = signed_in(cast.malee)
    drawn = Image.open(io.BytesIO(keeper.get(f"/forums/{forum.pk}/wall/wall.png").content))
    assert drawn.size == (1920, 1080)
    cards = pypdfium2.PdfDocument(keeper.get(f"/forums/{forum.pk}/wall/cards.pdf").content)
    assert len(cards) == 3
    assert "#eval(1)" in cards[0].get_textpage().get_text_range()
    cards.close()


@pytest.mark.parametrize("words", [UNBROKEN, "x" * 240, "ฬ" * 240])
def test_long_words_without_spaces_stay_on_the_card_and_in_the_picture(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum, words: str
) -> None:
    for _ in range(3):
        make_spark(forum, words, name=words[:40])
    keeper = signed_in(cast.malee)
    cards = pypdfium2.PdfDocument(keeper.get(f"/forums/{forum.pk}/wall/cards.pdf").content)
    page = cards[0].get_textpage()
    boxes = [page.get_charbox(at) for at in range(page.count_chars()) if page.get_text_range(at, 1).strip()]
    assert len(boxes) > 3 * 240
    wide, high = cards[0].get_size()
    for left, bottom, right, top in boxes:
        column, row = int(left > wide / 2), int(top < high * 3 / 4)
        assert column * wide / 2 <= left <= right <= (column + 1) * wide / 2
        assert high * (3 - row) / 4 <= bottom <= top <= high * (4 - row) / 4
    cards.close()
    drawn = Image.open(io.BytesIO(keeper.get(f"/forums/{forum.pk}/wall/wall.png").content)).convert("RGB")
    between = drawn.crop((650, 260, 668, 1080))  # from the first column to the second
    assert len(between.getcolors() or []) == 1


def test_lines_end_between_words_and_never_before_a_sign() -> None:
    seen = may_break("ค่อยๆ นั่ง (ลง) ข้างเตียง ฯลฯ").split("\u200b")
    assert "".join(seen).replace("\u2060", "") == "ค่อยๆ นั่ง (ลง) ข้างเตียง ฯลฯ"
    assert "ค่อย\u2060ๆ" in "".join(seen)
    assert [one for one in seen if one[0] in "ๆฯ)("] == []
    assert [len(one) for one in may_break("x" * 50).split("\u200b")] == [20, 20, 10]


def test_the_forum_of_others_is_not_kept_from_here(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    other = make_forum(cast.somchai, cast.town, "อื่น")
    open_wall(other, by=cast.somchai)
    spark = make_spark(other)
    address = f"/forums/{forum.pk}/wall/sparks/{spark.public_id}/hide"
    assert signed_in(cast.malee).get(address).status_code == 404
    freeze_wall(other, by=cast.somchai)
    assert Client().get(f"/forums/{other.pk}/wall").status_code == 200
