"""Sparks: thrown once, nobody's unless signed, claimed by the phone, taken back for good."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from PIL import Image

from prakai.forums.actions import (
    claim_spark,
    close_wall,
    echo_spark,
    freeze_wall,
    open_wall,
    thaw_wall,
    throw_spark,
    withdraw_spark,
)
from prakai.forums.models import Echo, Forum, Spark, Wall
from prakai.journal.models import Entry
from prakai.kernel.pictures import clean_picture
from prakai.kernel.verdicts import Refused
from tests.factories.forums import make_forum
from tests.factories.sparks import make_spark


@pytest.fixture
def forum(cast: SimpleNamespace) -> Forum:
    forum = make_forum(cast.malee, cast.hospital)
    open_wall(forum, by=cast.malee)
    return forum


def told(prefix: str = "spark.") -> list[str]:
    return list(Entry.objects.filter(verb__startswith=prefix).order_by("pk").values_list("verb", flat=True))


def test_a_spark_is_thrown_once_for_each_number(forum: Forum) -> None:
    number = str(uuid4())
    first = throw_spark(forum, by=None, client_id=number, words="  ยิ้ม\u200bก่อนถาม ", token="phone")
    assert throw_spark(forum, by=None, client_id=number, words="อีกครั้ง", token="phone") == first
    assert [spark.words for spark in Spark.objects.all()] == ["ยิ้มก่อนถาม"]
    [line] = Entry.objects.filter(verb="spark.thrown")
    assert (line.thing_id, line.by_id, line.facts) == (first.pk, None, {"forum": forum.pk})


def test_who_throws_again_after_the_wall_closed_hears_the_first_answer(
    cast: SimpleNamespace, forum: Forum
) -> None:
    number = str(uuid4())
    first = throw_spark(forum, by=None, client_id=number, words="ทันพอดี")
    close_wall(forum, by=cast.malee)
    assert throw_spark(forum, by=None, client_id=number, words="ทันพอดี") == first
    with pytest.raises(Refused, match="กระดานปิดแล้ว"):
        make_spark(forum)
    open_wall(forum, by=cast.malee)
    assert make_spark(forum).words != ""


def test_no_spark_before_the_wall_is_open(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    with pytest.raises(Refused, match="ยังไม่เปิด"):
        make_spark(forum)
    with pytest.raises(Refused):
        open_wall(forum, by=cast.somchai)
    open_wall(forum, by=cast.malee)
    assert make_spark(forum).pk is not None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": "ก" * 10_000}, "words"),
        ({"words": "ก" * 241}, "words"),
        ({"words": " \u200b\n "}, "words"),
        ({"client_id": "1"}, "client_id"),
        ({"client_id": "../../etc/passwd"}, "client_id"),
        ({"client_id": "ก" * 20}, "client_id"),
        ({"name": "ก" * 81}, "name"),
    ],
)
def test_what_is_no_spark(forum: Forum, given: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as trouble:
        make_spark(forum, **{"words": "ดี", **given})
    assert list(trouble.value.message_dict) == [field]
    assert Spark.objects.count() == 0


def test_letters_are_counted_as_a_reader_does(forum: Forum) -> None:
    assert make_spark(forum, "ที่" * 240).words == "ที่" * 240


def test_words_with_a_script_are_words(forum: Forum) -> None:
    assert make_spark(forum, "<script>alert(1)</script>").words == "<script>alert(1)</script>"


def test_an_unsigned_spark_of_a_member_is_nobodys(cast: SimpleNamespace, forum: Forum) -> None:
    spark = make_spark(forum, by=cast.nurse)
    assert (spark.person, spark.name, spark.participant) == (None, "", None)
    assert Entry.objects.get(verb="spark.thrown").by_id is None
    signed = make_spark(forum, by=cast.nurse, name="ผู้อำนวยการ")
    assert (signed.person, signed.name) == (cast.nurse, cast.nurse.display_name)
    visitor = make_spark(forum, name=" ป้าแดง ")
    assert (visitor.person, visitor.name) == (None, "ป้าแดง")


def test_two_sparks_of_one_phone_have_nothing_in_common(forum: Forum) -> None:
    one, two = make_spark(forum, token="phone"), make_spark(forum, token="phone")
    assert one.token_hash != two.token_hash
    assert (
        echo_spark(one, by=None, token="phone")[0].phone != echo_spark(two, by=None, token="phone")[0].phone
    )


def test_same_here_once_from_each_phone(forum: Forum) -> None:
    spark = make_spark(forum)
    assert [echo_spark(spark, by=None, token=token)[1] for token in ("a", "a", "b")] == [True, False, True]
    assert Echo.objects.count() == 2
    assert told() == ["spark.thrown", "spark.echoed", "spark.echoed"]
    with pytest.raises(ValidationError):
        echo_spark(spark, by=None, token="")


def test_only_the_phone_that_threw_it_claims_a_spark(cast: SimpleNamespace, forum: Forum) -> None:
    spark = make_spark(forum, token="phone")
    for forged in ("", "other", spark.token_hash):
        with pytest.raises(Refused):
            claim_spark(spark, by=cast.somchai, token=forged)
    claim_spark(spark, by=cast.nurse, token="phone", is_named=False)
    assert (spark.person, spark.name) == (cast.nurse, "")
    assert Entry.objects.get(verb="spark.claimed").by_id is None
    claim_spark(spark, by=cast.nurse, token="")
    assert Spark.objects.get().name == cast.nurse.display_name
    with pytest.raises(Refused):
        claim_spark(spark, by=cast.somchai, token="phone")


def test_a_spark_that_is_taken_back_is_gone_for_good(cast: SimpleNamespace, forum: Forum) -> None:
    spark = make_spark(forum, token="phone", client_id="number-of-mine")
    for other in (cast.malee, cast.steward, None):
        with pytest.raises(Refused):
            withdraw_spark(spark, by=other, token="other")
    withdraw_spark(spark, by=None, token="phone")
    withdraw_spark(spark, by=None, token="phone")
    assert Spark.objects.get().words == ""
    assert told() == ["spark.thrown", "spark.withdrawn"]
    assert make_spark(forum, client_id="number-of-mine").withdrawn_at is not None
    assert Spark.objects.shown().count() == 0


def test_a_picture_comes_alone_and_goes_with_its_spark(
    forum: Forum, django_capture_on_commit_callbacks: object
) -> None:
    file = BytesIO()
    Image.new("RGB", (40, 30), "orange").save(file, "JPEG")
    picture = clean_picture(BytesIO(file.getvalue()))
    number = str(uuid4())
    spark = make_spark(forum, "", picture=picture, token="phone", client_id=number)
    name, store = spark.picture.name, spark.picture.storage
    assert make_spark(forum, "", picture=picture, client_id=number) == spark
    assert len(store.listdir("sparks")[1]) == len({row.picture.name for row in Spark.objects.all()})
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw_spark(spark, by=None, token="phone")
    assert store.exists(name) is False


def test_what_it_builds_on_has_to_be_on_this_wall(cast: SimpleNamespace, forum: Forum) -> None:
    first = make_spark(forum, token="phone")
    assert make_spark(forum, builds_on=first).builds_on == first
    other = make_forum(cast.malee, cast.hospital, "อื่น")
    open_wall(other, by=cast.malee)
    assert make_spark(other, builds_on=first).builds_on is None
    withdraw_spark(first, by=None, token="phone")
    assert make_spark(forum, builds_on=first).builds_on is None


def test_a_frozen_wall_stands_still_and_lets_all_in_when_it_thaws(
    cast: SimpleNamespace, forum: Forum
) -> None:
    before = make_spark(forum)
    freeze_wall(forum, by=cast.malee)
    freeze_wall(forum, by=cast.malee)
    late = make_spark(forum)
    assert list(Spark.objects.shown()) == [before]
    thaw_wall(forum, by=cast.malee)
    thaw_wall(forum, by=cast.malee)
    assert set(Spark.objects.shown()) == {before, late}
    assert told("wall.") == ["wall.opened", "wall.frozen", "wall.thawed"]
    assert told() == ["spark.thrown", "spark.thrown", "spark.released"]


def test_a_guarded_wall_stays_guarded_when_it_thaws(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    open_wall(forum, by=cast.malee, is_held=True)
    freeze_wall(forum, by=cast.malee)
    make_spark(forum)
    thaw_wall(forum, by=cast.malee)
    assert (Wall.objects.get().is_held, Spark.objects.shown().count()) == (True, 0)


def test_the_line_and_the_spark_are_written_together(forum: Forum) -> None:
    with transaction.atomic():
        make_spark(forum)
        transaction.set_rollback(True)
    assert (Spark.objects.count(), told()) == (0, [])
