"""What may go wrong when a day comes home, and what must be so whatever happened meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from PIL import Image

from prakai.exchange.forum_days import bring_day, pack_day, signing
from prakai.forums import actions
from prakai.forums.models import Answer, Echo, Forum, Participant, Passage, Promise, Spark, Story, Voice
from prakai.forums.spark_rules import is_from_phone
from prakai.journal.following import catch_up, followers
from prakai.kernel.pictures import clean_picture
from prakai.people.actions import erase_person
from prakai.people.models import Person
from tests.exchange.forum_days.files import manifest_of, plain, raw
from tests.exchange.forum_days.places import counts_of, forget_all, laptop_with, place_of_its_own
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.reviews import make_answer, make_review, make_voice, promise_of
from tests.factories.sparks import make_spark
from tests.factories.stories import make_story
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path) -> SimpleNamespace:
    """A forum of today at home with a wall, a review, three seats and a story, and its plan."""
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", "ใจงาม", email="malee@doikham.example", unit=hospital, steward=True)
    napa = make_person("นภา", "พยาบาล", email="napa@doikham.example", unit=hospital)
    for person in (malee, napa):
        EmailAddress(user=person, email=person.email, verified=True, primary=True).save()
    forum = make_forum(malee, hospital, first_on=timezone.localdate(), agenda="whole-day")
    actions.open_wall(forum, by=malee)
    seats = [make_participant(forum, name=f"ผู้ร่วมเวที {n}", phone="081") for n in range(2)]
    seats.append(make_participant(forum, napa, phone="053"))
    make_review(forum, malee)
    story = make_story(forum, malee, title="เรื่องก่อนวัน")
    own = make_story(forum, malee, napa, title="เรื่องของนภา")
    plan = tmp_path / "plan.zip"
    pack_day(forum, plan, by=malee)
    return SimpleNamespace(
        forum=forum, malee=malee, napa=napa, seats=seats, story=story, own=own, plan=plan, folder=tmp_path
    )


def malee_of() -> Person:
    return Person.objects.get(email="malee@doikham.example")


def held(home: SimpleNamespace, name: str, play: Callable[[Forum, Person], Any]) -> Path:
    """Play something on a laptop, and return the file that it sends home."""
    out: Path = home.folder / f"{name}.zip"
    with laptop_with(home.plan, out=out) as forum:
        play(forum, malee_of())
    return out


def seat_of(forum: Forum, name: str) -> Participant:
    return forum.participants.get(name=name)


def end_state(forum: Forum) -> dict[str, Any]:
    return {
        "counts": counts_of(forum),
        "sparks": sorted(forum.sparks.values_list("words", flat=True)),
        "phones": sorted(forum.participants.values_list("name", "phone")),
        "there": sorted(forum.participants.filter(arrived_at__isnull=False).values_list("name", "phone")),
        "answers": sorted(Answer.objects.values_list("words", flat=True)),
        "voices": sorted(Voice.objects.values_list("number", flat=True)),
        "echoes": Echo.objects.count(),
    }


def test_two_laptops_come_home_one_after_the_other_in_either_order(home: SimpleNamespace) -> None:
    def morning(forum: Forum, malee: Person) -> None:
        spark = make_spark(forum, "ประกายเช้า", token="phone-1")
        actions.echo_spark(spark, by=None, token="phone-2")
        actions.change_participant(seat_of(forum, "ผู้ร่วมเวที 0"), by=malee, phone="เช้า")
        actions.check_in(seat_of(forum, "ผู้ร่วมเวที 0"), by=malee, at=home.forum.starts_at)
        make_answer(make_voice(forum.review, "เช้า"), "ได้คุยกัน")

    def afternoon(forum: Forum, malee: Person) -> None:
        make_spark(forum, "ประกายบ่าย")
        actions.change_participant(seat_of(forum, "ผู้ร่วมเวที 1"), by=malee, phone="บ่าย")
        actions.check_in(seat_of(forum, "ผู้ร่วมเวที 0"), by=malee, at=home.forum.starts_at + timedelta(hours=1))
        make_answer(make_voice(forum.review, "บ่าย"), "ได้ฟัง")

    files = [held(home, "morning", morning), held(home, "afternoon", afternoon)]
    states = []
    for order in (files, files[::-1]):
        with place_of_its_own():
            for file in order:
                found = bring_day(file, by=None)
                assert (found.conflicts, found.left_out) == ([], [])
            once = end_state(home.forum)
            assert [bring_day(file, by=None).is_unchanged for file in order] == [True, True]
            assert end_state(home.forum) == once
            states.append(once)
    assert states[0] == states[1]
    # Both saw the same person at the door: she arrived once. Two voices of one number have two numbers.
    assert (states[0]["counts"]["arrivals"], states[0]["voices"]) == (1, [1, 2])
    assert states[0]["sparks"] == ["ประกายบ่าย", "ประกายเช้า"]


def test_what_one_side_removed_and_the_other_changed_is_shown_and_lost_at_neither(
    home: SimpleNamespace,
) -> None:
    titles = list(home.forum.days.get().blocks.values_list("title", flat=True))

    def change_first(forum: Forum, malee: Person) -> None:
        blocks = list(forum.days.get().blocks.all())
        actions.change_block(blocks[0], by=malee, title="เปิดวงกลางลาน")
        actions.remove_block(blocks[1], by=malee)

    file = held(home, "changed", change_first)
    mine = list(home.forum.days.get().blocks.all())
    actions.remove_block(mine[0], by=home.malee)
    actions.change_block(mine[1], by=home.malee, title="ช่วงที่สองของที่นี่")
    for _ in range(2):
        found = bring_day(file, by=None)
        assert {(one.kind, one.column, one.here, one.there) for one in found.conflicts if not one.column} == {
            ("blocks", "", "", "✓"),
            ("blocks", "", "✓", ""),
        }
        now = list(home.forum.days.get().blocks.values_list("title", flat=True))
        assert now == ["ช่วงที่สองของที่นี่", *titles[2:]]
    with place_of_its_own():
        bring_day(file, by=None, theirs=["blocks"])
        now = list(home.forum.days.get().blocks.values_list("title", flat=True))
        assert ("เปิดวงกลางลาน" in now, "ช่วงที่สองของที่นี่" in now) == (True, False)


def test_one_account_that_came_to_both_places_is_one_person_and_namesakes_stay_two(
    home: SimpleNamespace,
) -> None:
    """Malee registers at home while she is let in on the laptop; two who are only called the same are two people."""

    def walk_in(forum: Forum, malee: Person) -> None:
        seat = make_participant(forum, malee, phone="ที่เวที")
        actions.check_in(seat, by=malee)
        actions.walk_in(forum, by=malee, name="สมใจ ดีงาม")

    file = held(home, "walked", walk_in)
    make_participant(home.forum, home.malee)
    make_participant(home.forum, name="สมใจ ดีงาม")
    found = bring_day(file, by=None)
    assert found.left_out == []
    assert home.forum.participants.filter(person=home.malee).count() == 1
    assert home.forum.participants.get(person=home.malee).arrived_at is not None
    assert home.forum.participants.filter(name="สมใจ ดีงาม").count() == 2
    again = bring_day(file, by=None)
    assert (again.is_unchanged, home.forum.participants.count()) == (True, 6)


def test_an_address_that_nobody_confirmed_here_is_no_proof_of_a_person(home: SimpleNamespace) -> None:
    file = home.folder / "plan.zip"
    with place_of_its_own():
        forget_all()
        squatter = make_person("ใครก็ไม่รู้", email="malee@doikham.example")
        bring_day(file, by=None)
        forum = Forum.objects.get()
        assert forum.roles.filter(person=squatter).count() == 0
        assert forum.roles.get().person.given_th == "มาลี"
        assert forum.roles.get().person.email is None
    with place_of_its_own():
        forget_all()
        known = make_person("มาลีที่เครื่องนี้", email="malee@doikham.example")
        EmailAddress(user=known, email=known.email, verified=True, primary=True).save()
        bring_day(file, by=None)
        assert Forum.objects.get().roles.get().person == known


def test_pictures_travel_and_a_picture_taken_back_goes(home: SimpleNamespace) -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG")

    def picture(forum: Forum, malee: Person) -> None:
        drawn.seek(0)
        make_spark(forum, "ป้ายหน้าห้อง", picture=clean_picture(drawn), builds_on=make_spark(forum, "ก่อนหน้า"))

    file = held(home, "picture", picture)
    bring_day(file, by=None)
    spark = home.forum.sparks.get(words="ป้ายหน้าห้อง")
    assert spark.picture.storage.exists(spark.picture.name)
    assert spark.builds_on.words == "ก่อนหน้า"
    with Image.open(spark.picture) as kept:
        assert kept.size == (40, 30)


def test_a_story_withdrawn_at_home_stays_withdrawn_though_the_laptop_went_on_with_it(
    home: SimpleNamespace,
) -> None:
    def go_on(forum: Forum, malee: Person) -> None:
        story = Story.objects.get(title="เรื่องก่อนวัน")
        Story.objects.filter(pk=story.pk).update(advice="โทรก่อนหนึ่งวัน", version=story.version + 1)

    file = held(home, "story", go_on)
    actions.withdraw_story(home.story, by=home.malee, because="ผู้เล่าขอ")
    for theirs in ([], ["all"], []):
        bring_day(file, by=None, theirs=theirs)
        home.story.refresh_from_db()
        assert home.story.withdrawn_at is not None
        assert Story.objects.standing().filter(pk=home.story.pk).exists() is False


@pytest.mark.parametrize(("keeps", "emptied"), [(True, False), (False, False), (False, True)])
def test_who_was_forgotten_at_home_stays_forgotten(
    home: SimpleNamespace, *, keeps: bool, emptied: bool
) -> None:
    def day(forum: Forum, malee: Person) -> None:
        napa = forum.participants.exclude(person=None).get().person
        seat = forum.participants.get(person=napa)
        actions.change_participant(seat, by=malee, phone="089 ของนภา")
        actions.check_in(seat, by=malee)
        make_story(forum, malee, napa, title="นภาเล่าอีกเรื่อง")
        make_spark(forum, "ประกายของนภา", napa, name="นภา")
        voice = make_voice(forum.review, "นภา", napa)
        make_answer(voice, "นภาตอบไว้", named=True)
        promise_of(voice, "สัญญาของนภา")
        make_spark(forum, "ประกายของคนอื่น")

    file = held(home, "napa", day)
    erase_person(home.napa, by=home.napa, keep_content=keeps, emptied=emptied)
    catch_up(next(one for one in followers() if one.name == "forums.erasure"))
    for theirs in ([], ["all"], []):
        found = bring_day(file, by=None, theirs=theirs)
        assert (found.conflicts, found.left_out) == ([], [])
        assert Person.objects.filter(given_th="นภา").exists() is False
        assert Participant.objects.filter(name__contains="นภา").exists() is False
        assert Participant.objects.filter(phone__contains="นภา").exists() is False
        assert Participant.objects.filter(person=home.napa).exists() is False
        assert [
            Story.objects.filter(person=home.napa).count(),
            Spark.objects.filter(person=home.napa).count(),
        ] == [0, 0]
        assert [promise.words for promise in Promise.objects.all() if promise.words] == []
        assert Spark.objects.filter(words="ประกายของนภา").exists() is not emptied
        assert Answer.objects.filter(words="นภาตอบไว้").exists() is not emptied
        assert Story.objects.filter(teller_name__contains="นภา").exists() is keeps
        assert Answer.objects.filter(name__contains="นภา").exists() is keeps
    assert found.is_unchanged is True
    assert Spark.objects.filter(words="ประกายของคนอื่น").count() == 1


def test_a_file_tells_nothing_to_who_has_not_its_key(home: SimpleNamespace) -> None:
    """Neither what was said, nor who said it, nor what a phone is known by."""

    def day(forum: Forum, malee: Person) -> None:
        promise_of(make_voice(forum.review, "ลุงดำ"), "จะนั่งคุยสิบนาที")
        spark = make_spark(forum, "ไม่บอกชื่อ", token="phone-secret")
        actions.echo_spark(spark, by=None, token="phone-secret")
        assert is_from_phone(spark, "phone-secret") is True

    file = held(home, "quiet", day)
    content = file.read_bytes()
    for word in ("จะนั่งคุยสิบนาที", "ไม่บอกชื่อ", "ลุงดำ", "malee@doikham.example", "phone-secret"):
        assert word.encode() not in content
    assert "key" not in manifest_of(file)
    parts = plain(file, Passage.objects.get(forum=home.forum).key)
    assert "ไม่บอกชื่อ".encode() in parts[signing.ROWS]
    assert (b"token" in parts[signing.ROWS], b"phone-secret" in parts[signing.ROWS]) == (False, False)
    assert set(raw(file)) == {
        signing.HEAD, signing.MANIFEST, signing.SIGNATURE, signing.ROWS, signing.AROUND, signing.BASES
    }  # fmt: skip
    bring_day(file, by=None)
    # A promise is its owner's alone: nobody who prepares the day reads it, and no difference tells its words.
    assert Promise.objects.visible_to(home.malee).count() == 0
    assert Spark.objects.get(words="ไม่บอกชื่อ").token_hash == ""


def test_the_key_goes_along_until_a_file_has_come_home(home: SimpleNamespace) -> None:
    file = held(home, "first", lambda forum, malee: make_spark(forum))
    bring_day(file, by=None)
    assert pack_day(home.forum, home.folder / "merged.zip", by=None).has_key is False
    assert "key" not in manifest_of(home.folder / "merged.zip")
    assert pack_day(home.forum, home.folder / "again.zip", by=None, with_key=True).has_key is True
