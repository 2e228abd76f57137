"""From a note back to the story or spark that it grew out of, and from there to the note: two clicks, both ways."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.exchange.harvest.telling import report_of
from prakai.forums.actions import (
    accept_growth,
    close_wall,
    grow_into_note,
    hide_spark,
    open_wall,
    withdraw_story,
)
from prakai.forums.models import Forum, Growth, Spark
from prakai.forums.queries.harvest import harvest_of
from prakai.notes.actions import publish_note
from prakai.notes.models import Note
from prakai.people.models import Person
from prakai.web.forums import phones
from tests.factories.forums import make_forum
from tests.factories.sparks import make_spark
from tests.factories.stories import make_story
from tests.web.forums.conftest import SignIn, shown


def grown(cast: SimpleNamespace, teller: Person, **words: object) -> tuple[Note, str]:
    forum = make_forum(cast.malee, cast.hospital, "เวทีห้องยา")
    story = make_story(forum, cast.malee, teller, situation="คนรอนาน", **words)
    accept_growth(grow_into_note(story, by=cast.malee), by=teller)
    note = Note.objects.get()
    publish_note(note, by=teller)
    return note, story.get_absolute_url()


def test_a_note_leads_to_its_story_and_its_forum_and_back(cast: SimpleNamespace, signed_in: SignIn) -> None:
    note, story = grown(cast, cast.somchai)
    text = shown(Client().get(note.get_absolute_url()))
    assert f'href="{story}"' in text
    assert "เวทีห้องยา" in text
    assert note.get_absolute_url() in shown(signed_in(cast.somchai).get(story))


def test_what_stays_among_those_who_were_there_is_not_named_on_the_notes_page(cast: SimpleNamespace) -> None:
    note, story = grown(cast, cast.somchai, allows_quotes=False)
    assert story not in shown(Client().get(note.get_absolute_url()))


def test_a_story_that_was_withdrawn_is_named_no_more(cast: SimpleNamespace) -> None:
    note, story = grown(cast, cast.somchai)
    assert story in shown(Client().get(note.get_absolute_url()))
    withdraw_story(note.grown_from.story, by=cast.somchai)
    assert story not in shown(Client().get(note.get_absolute_url()))


WORDS = "ยิ้มก่อนถาม คนไข้เล่าเอง"


@pytest.fixture
def wall(cast: SimpleNamespace) -> Forum:
    forum = make_forum(cast.malee, cast.hospital, "เวทีห้องยา")
    open_wall(forum, by=cast.malee)
    return forum


def page_of(spark: Spark) -> str:
    return f"/forums/{spark.forum_id}/wall/sparks/{spark.public_id}"


def answer_of(spark: Spark) -> str:
    return f"/w/{spark.forum.code}/sparks/{spark.public_id}/grow"


def thrown_from_a_phone(forum: Forum) -> tuple[Client, Spark]:
    """A phone without an account, and the spark that it threw without a name."""
    phone = Client()
    form = phone.get(f"/w/{forum.code}").context["form"].initial
    sent = {"client_id": form["client_id"], "token": form["token"], "words": WORDS}
    phone.post(f"/w/{forum.code}/sparks", sent)
    return phone, Spark.objects.select_related("forum").get(client_id=form["client_id"])


def test_a_spark_grows_when_its_author_agrees_and_both_ends_lead_to_each_other(
    cast: SimpleNamespace, signed_in: SignIn, wall: Forum
) -> None:
    spark = make_spark(wall, WORDS, cast.somchai, name="x")
    keeper, author = signed_in(cast.malee), signed_in(cast.somchai)
    assert page_of(spark) in shown(keeper.get(f"/forums/{wall.pk}/wall/keep"))
    assert page_of(spark) in shown(keeper.get(f"/forums/{wall.pk}/wall/list"))
    assert page_of(spark) not in shown(Client().get(f"/forums/{wall.pk}/wall/list"))
    answer = keeper.post(f"{page_of(spark)}/grow", follow=True)
    assert "ถามเจ้าของประกายไว้แล้วว่าขอต่อเป็นบันทึกได้ไหม" in shown(answer)
    assert Note.objects.count() == 0
    assert answer_of(spark) in shown(author.get(f"/forums/{wall.pk}/wall/list"))
    assert answer_of(spark) not in shown(keeper.get(f"/forums/{wall.pk}/wall/list"))
    assert WORDS in shown(author.get(answer_of(spark)))
    assert keeper.get(answer_of(spark)).status_code == 404
    answer = author.post(answer_of(spark), {"answer": "yes"})
    note = Note.objects.get()
    assert (answer.status_code, answer["Location"], note.author) == (
        302,
        f"/notes/{note.number}/edit",
        cast.somchai,
    )
    assert note.get_absolute_url() not in shown(keeper.get(page_of(spark)))
    publish_note(note, by=cast.somchai)
    for reader in (Client(), keeper):
        assert note.get_absolute_url() in shown(reader.get(page_of(spark)))
        assert note.get_absolute_url() in shown(reader.get(f"/forums/{wall.pk}/wall/list"))
        text = shown(reader.get(note.get_absolute_url()))
        assert (spark.get_absolute_url() in text, "เวทีห้องยา" in text) == (True, True)


def test_who_may_not_see_the_forum_does_not_see_the_trace(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital, "เวทีห้องยา", audience="unit")
    open_wall(forum, by=cast.malee)
    spark = make_spark(forum, WORDS, cast.nurse, name="x")
    grow_into_note(spark, by=cast.nurse)
    note = Note.objects.get()
    publish_note(note, by=cast.nurse)
    close_wall(forum, by=cast.malee)
    for reader, sees in ((None, False), (cast.somchai, False), (cast.malee, True), (cast.nurse, True)):
        client = signed_in(reader)
        # The note's page is shared by all who may read the note, so it names only what everybody may see.
        assert "เวทีห้องยา" not in shown(client.get(note.get_absolute_url()))
        answer = client.get(page_of(spark))
        assert answer.status_code == (200 if sees else 404), reader
        assert not sees or note.get_absolute_url() in shown(answer)


def test_the_harvest_names_what_grew_and_the_day_as_planned(cast: SimpleNamespace, signed_in: SignIn) -> None:
    begins = timezone.now() - timedelta(hours=1)
    forum = make_forum(cast.malee, cast.hospital, agenda="whole-day", first_on=timezone.localdate())
    forum.starts_at = begins
    forum.save(update_fields=["starts_at", "slug"])
    open_wall(forum, by=cast.malee)
    spark = make_spark(forum, WORDS, cast.somchai, name="x")
    grown = grow_into_note(spark, by=cast.somchai)
    assert grown.note is not None
    plain = shown(Client().get(f"/forums/{forum.pk}/harvest"))
    assert grown.note.get_absolute_url() not in plain
    assert page_of(spark) in shown(signed_in(cast.malee).get(f"/forums/{forum.pk}/harvest"))
    publish_note(grown.note, by=cast.somchai)
    told = shown(Client().get(f"/forums/{forum.pk}/harvest"))
    assert told.count(f'href="{grown.note.get_absolute_url()}"') == 2
    assert "นาทีทบทวนตามแผน" in told
    harvest = harvest_of(forum, None)
    for language, heading in (("th", "บันทึกที่งอกจากวันนี้"), ("en", "Notes that grew out of this day")):
        report = report_of(harvest, language=language)
        assert heading in [section.heading for section in report.sections]
        assert "150" in [value for _, value in report.facts]


def test_a_hidden_spark_is_traced_no_more(cast: SimpleNamespace, wall: Forum) -> None:
    spark = make_spark(wall, WORDS, cast.somchai, name="x")
    grow_into_note(spark, by=cast.somchai)
    note = Note.objects.get()
    publish_note(note, by=cast.somchai)
    assert spark.get_absolute_url() in shown(Client().get(note.get_absolute_url()))
    hide_spark(spark, by=cast.malee, because="ขอพักไว้")
    assert spark.get_absolute_url() not in shown(Client().get(note.get_absolute_url()))
    assert Client().get(page_of(spark)).status_code == 404


def test_who_gave_no_name_is_asked_on_her_phone_and_stays_unnamed(
    cast: SimpleNamespace, signed_in: SignIn, wall: Forum
) -> None:
    phone, spark = thrown_from_a_phone(wall)
    signed_in(cast.malee).post(f"{page_of(spark)}/grow")
    assert answer_of(spark) in shown(phone.get(f"/w/{wall.code}"))
    assert f'href="{answer_of(spark)}"' not in shown(Client().get(f"/w/{wall.code}"))
    assert Client().get(answer_of(spark)).status_code == 404
    asked = shown(phone.get(answer_of(spark)))
    assert ("/accounts/login/" in asked, 'value="yes"' in asked, 'value="no"' in asked) == (True, False, True)
    assert phone.post(answer_of(spark), {"answer": "yes"}).status_code == 403
    phone.force_login(cast.somchai)
    assert phone.post(answer_of(spark), {"answer": "yes"}).status_code == 302
    spark.refresh_from_db()
    assert (spark.person, spark.name, Note.objects.get().author) == (cast.somchai, "", cast.somchai)
    told = shown(signed_in(cast.malee).get(page_of(spark)))
    assert cast.somchai.display_name not in told


def test_a_phone_without_an_account_may_say_no(cast: SimpleNamespace, signed_in: SignIn, wall: Forum) -> None:
    phone, spark = thrown_from_a_phone(wall)
    signed_in(cast.malee).post(f"{page_of(spark)}/grow")
    assert phone.post(answer_of(spark), {"answer": "no"}).status_code == 302
    assert Growth.objects.waiting().count() == 0
    assert answer_of(spark) + '">อ่าน' not in shown(phone.get(f"/w/{wall.code}"))
    assert Note.objects.count() == 0


def test_a_forged_token_answers_nothing(cast: SimpleNamespace, signed_in: SignIn, wall: Forum) -> None:
    _, spark = thrown_from_a_phone(wall)
    signed_in(cast.malee).post(f"{page_of(spark)}/grow")
    other = signed_in(cast.somchai)
    other.cookies[phones.COOKIE] = "made-up"
    assert other.post(answer_of(spark), {"answer": "yes", "token": "made-up"}).status_code == 404
    assert (Note.objects.count(), Growth.objects.waiting().count()) == (0, 1)


def test_where_nobody_can_be_asked_it_says_so_and_nothing_grows(
    cast: SimpleNamespace, signed_in: SignIn, wall: Forum
) -> None:
    spark = make_spark(wall, WORDS, name="ป้าคำ")
    assert (spark.person, spark.token_hash) == (None, "")
    keeper = signed_in(cast.malee)
    text = shown(keeper.get(page_of(spark)))
    assert ("ถามใครไม่ได้" in text, f"{page_of(spark)}/grow" in text) == (True, False)
    assert keeper.post(f"{page_of(spark)}/grow").status_code == 403
    assert (Growth.objects.count(), Note.objects.count()) == (0, 0)


def test_only_who_writes_down_here_may_ask(cast: SimpleNamespace, signed_in: SignIn, wall: Forum) -> None:
    _, spark = thrown_from_a_phone(wall)
    for stranger in (None, cast.somchai, cast.nurse):
        client = signed_in(stranger)
        assert f"{page_of(spark)}/grow" not in shown(client.get(page_of(spark)))
        assert client.post(f"{page_of(spark)}/grow").status_code == 403
    assert signed_in(cast.malee).post(f"{page_of(spark)}/grow").status_code == 302


def test_the_list_with_many_traces_costs_the_same(cast: SimpleNamespace, wall: Forum) -> None:
    def grow(count: int) -> None:
        for number in range(count):
            spark = make_spark(wall, f"ประกายที่ {number} {Spark.objects.count()}", cast.somchai, name="x")
            grown = grow_into_note(spark, by=cast.somchai)
            assert grown.note is not None
            publish_note(grown.note, by=cast.somchai)

    grow(1)
    client = Client()
    client.get(f"/forums/{wall.pk}/wall/list")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/forums/{wall.pk}/wall/list")
    grow(5)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/forums/{wall.pk}/wall/list")
    assert len(many) == len(one)
