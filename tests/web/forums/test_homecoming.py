"""The page on which a day comes home: what differs is read and decided there, by those who prepare the forum."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.exchange.forum_days import bring_day, pack_day
from prakai.exchange.forum_days.kinds import KINDS, QUIET, columns_of
from prakai.forums import actions
from prakai.forums.models import Difference, Forum
from prakai.journal.following import catch_up, followers
from prakai.journal.models import Entry
from prakai.people.actions import erase_person
from prakai.people.models import Person
from prakai.web.forums.difference_words import COLUMN_WORDS, KIND_WORDS
from tests.exchange.forum_days.places import laptop_with
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.reviews import make_answer, make_review, make_voice
from tests.factories.units import make_unit
from tests.web.forums.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(tmp_path: Path) -> SimpleNamespace:
    """A forum with seats whose phone numbers were changed at both places, and the laptop's file, not brought in yet."""
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", unit=hospital)
    forum = make_forum(malee, hospital, first_on=timezone.localdate(), agenda="whole-day")
    seats = [make_participant(forum, name=f"ผู้ร่วมเวที {n}", phone="081") for n in range(4)]
    seats.append(make_participant(forum, make_person("นภา"), phone="081"))
    answer = make_answer(make_voice(make_review(forum, malee), "ลุงดำ"), "ได้คุยกัน")
    pack_day(forum, tmp_path / "plan.zip", by=malee)
    with laptop_with(tmp_path / "plan.zip", out=tmp_path / "day.zip") as there:
        by = there.roles.get().person
        for seat in there.participants.all():
            actions.change_participant(seat, by=by, phone="089 ที่เวที")
        actions.change_block(there.days.get().blocks.all()[0], by=by, minutes=25)
        actions.remove_block(there.days.get().blocks.all()[1], by=by)
    return SimpleNamespace(
        forum=forum, malee=malee, seats=seats, answer=answer, path=tmp_path / "day.zip",
        url=f"/forums/{forum.pk}/homecoming",
    )  # fmt: skip


def come_home(day: SimpleNamespace, *, seats: int) -> list[Difference]:
    for seat in day.seats[:seats]:
        actions.change_participant(seat, by=day.malee, phone="02 ที่บ้าน")
    bring_day(day.path, by=None)
    return list(Difference.objects.filter(kind="participants"))


def test_who_prepares_reads_and_decides_each(day: SimpleNamespace, signed_in: SignIn) -> None:
    first, second = come_home(day, seats=2)
    client = signed_in(day.malee)
    told = client.get(day.url).content.decode()
    assert (told.count("02 ที่บ้าน"), told.count("089 ที่เวที"), "ผู้ร่วมเวที 0" in told) == (2, 2, True)
    assert f'href="{day.url}"' in client.get(f"/forums/{day.forum.pk}/people").content.decode()
    assert client.post(f"{day.url}/{first.pk}", {"choice": "theirs"}).status_code == 302
    assert client.post(f"{day.url}/{second.pk}", {"choice": "ours"}).status_code == 302
    # Pressed twice, and by somebody whose page is old: decided is decided.
    assert client.post(f"{day.url}/{second.pk}", {"choice": "theirs"}).status_code == 302
    assert client.post(f"{day.url}/{first.pk}", {"choice": "both"}).status_code == 404
    phones = [seat.phone for seat in day.forum.participants.order_by("pk")[:2]]
    assert phones == ["089 ที่เวที", "02 ที่บ้าน"]
    assert Entry.objects.filter(verb="forum.decided").count() == 2
    # The same file has nothing more to ask.
    found = bring_day(day.path, by=None)
    assert (found.conflicts, found.is_unchanged) == ([], True)
    assert "089 ที่เวที" not in client.get(day.url).content.decode()


def test_nobody_else_reads_or_decides(day: SimpleNamespace, signed_in: SignIn) -> None:
    [one] = come_home(day, seats=1)
    elsewhere = make_unit("ที่อื่น")
    other = make_forum(make_person("สมชาย", unit=elsewhere), elsewhere, "เวทีอื่น", announced=False)
    stranger = signed_in(other.by)
    assert stranger.get(day.url).status_code == 403
    assert stranger.post(f"{day.url}/{one.pk}", {"choice": "theirs"}).status_code == 403
    # Nor through a forum of one's own.
    stranger.post(f"/forums/{other.pk}/homecoming/{one.pk}", {"choice": "theirs"})
    assert Difference.objects.filter(pk=one.pk).exists() is True
    day.seats[0].refresh_from_db()
    assert day.seats[0].phone == "02 ที่บ้าน"


def test_as_many_queries_for_one_difference_as_for_many(day: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(day.malee)
    found = come_home(day, seats=5)
    assert len(found) == 5
    client.get(day.url)
    with CaptureQueriesContext(connection) as many:
        client.get(day.url)
    Difference.objects.exclude(pk=found[0].pk).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(day.url)
    assert len(many) == len(one)


def test_what_was_removed_there_and_changed_here(day: SimpleNamespace, signed_in: SignIn) -> None:
    block = day.forum.days.get().blocks.all()[1]
    actions.change_block(block, by=day.malee, title="เราเติมไว้")
    come_home(day, seats=0)
    one = Difference.objects.get(kind="blocks", column="")
    client = signed_in(day.malee)
    assert "เราเติมไว้" in client.get(day.url).content.decode()
    client.post(f"{day.url}/{one.pk}", {"choice": "ours"})
    assert [row for row in bring_day(day.path, by=None).conflicts if not row.column] == []
    assert day.forum.days.get().blocks.filter(pk=block.pk).exists() is True


def test_what_was_removed_here_and_changed_there_can_be_brought_back(
    day: SimpleNamespace, signed_in: SignIn
) -> None:
    block = day.forum.days.get().blocks.all()[0]
    words, before = str(block), day.forum.days.get().blocks.count()
    actions.remove_block(block, by=day.malee)
    ended = Forum.objects.get().ends_at
    come_home(day, seats=0)
    one = Difference.objects.get(kind="blocks", column="", is_gone_there=False)
    client = signed_in(day.malee)
    told = client.get(day.url).content.decode()
    assert (words in told, "นำกลับมาตามในไฟล์" in told, "--theirs" in told) == (True, True, False)
    assert client.post(f"{day.url}/{one.pk}", {"choice": "theirs"}).status_code == 302
    back = day.forum.days.get().blocks.get(minutes=25, kind=block.kind, position=block.position)
    assert (str(back), day.forum.days.get().blocks.count()) == (words, before)
    # The day ends as its blocks do, and only what was removed there is still to be decided.
    day.forum.refresh_from_db()
    assert day.forum.ends_at == ended + timedelta(minutes=25)
    found = bring_day(day.path, by=None)
    assert ([one.kind for one in found.conflicts], found.is_unchanged) == (["blocks"], True)


def test_what_was_removed_here_stays_removed_when_that_is_decided(
    day: SimpleNamespace, signed_in: SignIn
) -> None:
    block = day.forum.days.get().blocks.all()[0]
    actions.remove_block(block, by=day.malee)
    come_home(day, seats=0)
    one = Difference.objects.get(kind="blocks", column="", is_gone_there=False)
    signed_in(day.malee).post(f"{day.url}/{one.pk}", {"choice": "ours"})
    bring_day(day.path, by=None)
    left = Difference.objects.filter(kind="blocks", column="", is_gone_there=False)
    assert (list(left), day.forum.days.get().blocks.filter(title=block.title).count()) == ([], 0)


def test_what_cannot_stand_here_any_more_is_not_brought_back(day: SimpleNamespace, signed_in: SignIn) -> None:
    block = day.forum.days.get().blocks.all()[0]
    actions.remove_block(block, by=day.malee)
    come_home(day, seats=0)
    one = Difference.objects.get(kind="blocks", column="", is_gone_there=False)
    one.theirs["row"]["day"] = "somewhere-else-1"
    one.save()
    answer = signed_in(day.malee).post(f"{day.url}/{one.pk}", {"choice": "theirs"})
    assert (answer.status_code, Difference.objects.filter(pk=one.pk).exists()) == (403, True)


def test_every_kind_and_column_that_may_differ_has_words() -> None:
    for kind in KINDS:
        assert (kind.key, kind.key in KIND_WORDS) == (kind.key, True)
        for column in columns_of(kind):
            name = column.name
            if name not in QUIET | kind.once and name != kind.own:
                assert (kind.key, name, name in COLUMN_WORDS) == (kind.key, name, True)


def test_what_is_private_is_not_told_and_who_is_forgotten_takes_hers_along(
    day: SimpleNamespace, signed_in: SignIn
) -> None:
    napa = day.seats[4].person
    come_home(day, seats=5)
    assert Difference.objects.filter(person=napa).count() == 1
    erase_person(napa, by=napa, keep_content=False)
    catch_up(next(one for one in followers() if one.name == "forums.erasure"))
    assert Difference.objects.filter(what__contains="นภา").count() == 0
    assert Person.objects.filter(given_th="นภา").exists() is False
    parcel = day.forum.passage.parcels.get()
    Difference.objects.create(parcel=parcel, kind="answers", name="x-1", column="words", is_private=True)
    told = signed_in(day.malee).get(day.url).content.decode()
    assert ("--theirs answers" in told, "ได้คุยกัน" in told) == (True, False)
    assert Forum.objects.count() == 1
