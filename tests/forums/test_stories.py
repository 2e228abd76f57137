"""Stories: who may read them, told once, corrected by whose they are, withdrawn with their nuggets."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from prakai.forums import story_rules as rules
from prakai.forums.actions import (
    correct_story,
    give_role,
    record_story,
    return_story,
    withdraw_story,
    word_nugget,
)
from prakai.forums.models import Circle, Core, Nugget, Round, Story
from prakai.journal.following import catch_up, followers
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.people.actions import erase_person
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.stories import DID, make_nugget, make_story


@pytest.fixture
def day(cast: SimpleNamespace) -> SimpleNamespace:
    """malee prepares, the scribe writes down, somchai tells, the guest has a seat, nurse and stranger have none."""
    forum = make_forum(cast.malee, cast.hospital)
    cast.scribe, cast.guest = make_person("ลิขิต"), make_person("แขก")
    cast.stranger = make_person("คนอื่น")
    give_role(forum, cast.scribe, "recorder", by=cast.malee)
    make_participant(forum, cast.guest)
    cast.seat = make_participant(forum, cast.somchai, "สมชาย ทม.", unit=cast.town)
    cast.forum = forum
    return cast


def test_rule_and_filter_agree(day: SimpleNamespace) -> None:
    for audience, announced, quotes, state in product(
        ("public", "unit"), (True, False), (True, False), ("stands", "by teller", "by recorder", "by malee")
    ):
        forum = make_forum(day.malee, day.hospital, audience=audience, announced=announced)
        give_role(forum, day.scribe, "recorder", by=day.malee)
        make_participant(forum, day.guest)
        story = make_story(forum, day.scribe, day.somchai, f"{audience} {announced}", allows_quotes=quotes)
        by = {"by teller": day.somchai, "by recorder": day.scribe, "by malee": day.malee}.get(state)
        if by is not None:
            withdraw_story(story, by=by)
    readers = {
        "visitor": None, "malee": day.malee, "scribe": day.scribe, "teller": day.somchai, "guest": day.guest,
        "stranger": day.stranger, "nurse": day.nurse, "steward": day.steward, "waiting": day.waiting,
    }  # fmt: skip
    stories = list(Story.objects.select_related("forum"))
    for name, reader in readers.items():
        seen = set(Story.objects.visible_to(reader))
        assert seen == {one for one in stories if rules.may_read_story(reader, one)}, name
    standing = [one for one in stories if one.withdrawn_at is None]
    assert {one.title for one in Story.objects.visible_to(None)} == {"public True"}
    assert all(one.allows_quotes for one in Story.objects.visible_to(day.stranger))
    assert {one.title for one in Story.objects.visible_to(day.nurse)} == {"public True", "unit True"}
    assert Story.objects.visible_to(day.guest).count() == 4
    assert set(Story.objects.visible_to(day.steward)) == set(standing)
    assert set(Story.objects.visible_to(day.somchai)) == set(stories)


def test_told_once_however_often_it_is_sent(day: SimpleNamespace) -> None:
    words = {"title": "ถุงยา", "what_we_did": DID, "participant": day.seat}
    first = record_story(day.forum, by=day.scribe, client_id="k1", **words)
    assert record_story(day.forum, by=day.scribe, client_id="k1", **words) == first
    assert (first.person, first.teller_name, first.unit) == (day.somchai, "สมชาย ทม.", day.town)
    again = record_story(day.forum, by=day.scribe, client_id="k1", **{**words, "title": "ถุงยาตามบ้าน"})
    assert (again.pk, again.title, again.version) == (first.pk, "ถุงยาตามบ้าน", 2)
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="story.")] == [
        "story.told",
        "story.corrected",
    ]
    with pytest.raises(ValidationError):
        record_story(day.forum, by=day.malee, client_id="k1", **words)


def test_who_writes_down(day: SimpleNamespace) -> None:
    for person in (day.malee, day.scribe, day.steward):
        assert rules.may_record_story(person, day.forum).allowed is True
    for person in (None, day.somchai, day.guest, day.waiting):
        with pytest.raises(Refused):
            record_story(day.forum, by=person, client_id="k", title="ก", what_we_did="ข", teller_name="ค")
    circle_round = Round.objects.create(forum=day.forum, number=1)
    circle = Circle.objects.create(round=circle_round, number=1, recorder=day.guest)
    story = make_story(day.forum, day.guest, circle=circle)
    assert story.circle == circle
    with pytest.raises(ValidationError):
        make_story(make_forum(day.malee, day.hospital), day.malee, circle=circle)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": " "}, "title"),
        ({"what_we_did": "\u200b"}, "what_we_did"),
        ({"teller_name": ""}, "teller_name"),
        ({"advice": "ก" * 6001}, "advice"),
    ],
)
def test_what_is_missing_is_told_by_its_field(
    day: SimpleNamespace, words: dict[str, str], field: str
) -> None:
    with pytest.raises(ValidationError) as trouble:
        make_story(day.forum, day.scribe, **words)
    assert list(trouble.value.error_dict) == [field]


def test_the_teller_corrects_and_then_the_words_are_hers(day: SimpleNamespace) -> None:
    story = make_story(day.forum, day.scribe, day.somchai)
    story = correct_story(story, by=day.scribe, base_version=1, title="ชื่อใหม่")
    with pytest.raises(ValidationError):
        correct_story(story, by=day.somchai, base_version=1, title="ช้าไป")
    story = correct_story(story, by=day.somchai, base_version=2, allows_quotes=False)
    assert story.title == "ชื่อใหม่"
    for person in (day.scribe, day.malee, day.stranger):
        with pytest.raises(Refused):
            correct_story(story, by=person, base_version=3, allows_quotes=True)


def test_a_nugget_keeps_its_place_when_the_story_is_corrected(day: SimpleNamespace) -> None:
    text = "ตอนแรกเราไม่รู้จะเริ่มตรงไหน\nเราโทรหาคนไข้ก่อนวันนัดหนึ่งวัน\nแล้วจัดยาไว้เป็นถุง"
    story = make_story(day.forum, day.scribe, day.somchai, what_we_did=text)
    kept = make_nugget(story, day.scribe, "แล้วจัดยาไว้เป็นถุง")
    better = make_nugget(story, day.scribe, "เราโทรหาคนไข้ก่อนวันนัดหนึ่งวัน")
    gone = word_nugget(make_nugget(story, day.scribe, "ตอนแรกเราไม่รู้จะเริ่มตรงไหน"), "เริ่มไม่ถูก", by=day.scribe)
    new = "เราโทรหาคนไข้ทุกคนก่อนวันนัดหนึ่งวัน\nแล้วจัดยาไว้เป็นถุง"
    correct_story(story, by=day.somchai, base_version=1, what_we_did=new)
    for nugget in (kept, better, gone):
        nugget.refresh_from_db()
    assert new[kept.start : kept.end] == kept.verbatim == "แล้วจัดยาไว้เป็นถุง"
    assert new[better.start : better.end] == better.verbatim == "เราโทรหาคนไข้ทุกคนก่อนวันนัดหนึ่งวัน"
    assert (gone.verbatim, gone.paraphrase, gone.gone_at is None) == ("", "", False)
    assert set(Nugget.objects.visible_to(day.scribe)) == {kept, better}


def test_a_withdrawn_story_withdraws_its_nuggets(day: SimpleNamespace) -> None:
    story = make_story(day.forum, day.scribe, day.somchai)
    make_nugget(story, day.scribe)
    with pytest.raises(Refused):
        withdraw_story(story, by=day.guest)
    first = withdraw_story(story, by=day.somchai, because="ยังไม่พร้อม")
    assert withdraw_story(story, by=day.malee) == first
    assert list(Nugget.objects.visible_to(day.steward)) == []
    assert list(Story.objects.visible_to(day.scribe)) == []
    with pytest.raises(Refused):
        return_story(story, by=day.scribe)
    return_story(story, by=day.somchai)
    assert Nugget.objects.visible_to(None).count() == 1
    withdraw_story(story, by=day.malee)
    with pytest.raises(Refused):
        return_story(story, by=day.somchai)
    return_story(story, by=day.malee)
    assert Core.objects.count() == 0


@pytest.mark.parametrize(
    ("how", "name", "words"),
    [
        ({"keep_content": True}, "ป้าสมใจ", DID),
        ({"keep_content": False}, "อดีตสมาชิก", DID),
        ({"keep_content": False, "emptied": True}, "อดีตสมาชิก", ""),
    ],
)
def test_whoever_is_erased_leaves_her_story_as_she_chose(
    day: SimpleNamespace, how: dict[str, bool], name: str, words: str
) -> None:
    story = make_story(day.forum, day.scribe, day.guest, teller_name="ป้าสมใจ")
    nugget = make_nugget(story, day.scribe)
    erase_person(day.guest, by=day.guest, **how)
    for _ in range(2):
        catch_up(next(one for one in followers() if one.name == "forums.erasure"))
    story.refresh_from_db()
    nugget.refresh_from_db()
    assert (story.teller_name, story.what_we_did, nugget.verbatim) == (name, words, words)
    assert Story.objects.visible_to(None).exists() is bool(words)
