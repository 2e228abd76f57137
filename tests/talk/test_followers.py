"""Who hears of what: once, never of her own, never of what she may not read; and forgetting a person."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils import timezone

from prakai.journal.following import catch_up, followers
from prakai.journal.models import Cursor, Entry, Setback
from prakai.journal.recording import record
from prakai.people.models import Audience, Person
from prakai.talk import actions
from prakai.talk.models import Appreciation, Comment, Conversation, Guard, Mention, Notice, Report
from prakai.talk.queries import conversation_page, notices_of, things_of, unread_notices
from prakai.talk.queries.notices import Told
from tests.factories.people import make_appointment, make_person
from tests.factories.talk import make_appreciation, make_comment, make_conversation


def _follow() -> None:
    for follower in followers():
        if follower.name.startswith("talk."):
            catch_up(follower)
    assert Setback.objects.count() == 0
    assert list(Cursor.objects.exclude(trouble="").values_list("trouble", flat=True)) == []


def _heard(conversation: Conversation | None = None) -> list[tuple[str, str]]:
    _follow()
    rows = Notice.objects.order_by("entry_id", "pk").select_related("person")
    return [(row.person.given_th, str(row.kind)) for row in rows]


def test_hosts_hear_of_a_comment_and_the_first_speaker_of_a_reply(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee, cast.nurse])
    first = make_comment(conversation, cast.somchai)
    assert _heard() == [("มาลี", "comment"), ("นภา", "comment")]
    Notice.objects.all().delete()
    make_comment(conversation, cast.malee, answers=first)
    assert _heard() == [("สมชาย", "reply"), ("นภา", "comment")]
    Notice.objects.all().delete()
    make_comment(conversation, cast.somchai, answers=first)
    assert _heard() == [("มาลี", "comment"), ("นภา", "comment")]


def test_following_again_writes_nothing_twice(cast: SimpleNamespace) -> None:
    make_comment(make_conversation(hosts=[cast.malee]), cast.somchai, "@นภา แก้วดี")
    once = _heard()
    Cursor.objects.all().delete()
    assert _heard() == once == [("นภา", "mention"), ("มาลี", "comment")]


def test_a_person_hears_once_of_one_comment(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    first = make_comment(conversation, cast.malee)
    make_comment(conversation, cast.somchai, "@มาลี ใจงาม ครับ", answers=first)
    assert _heard() == [("มาลี", "reply")]


def test_a_held_comment_is_told_to_hosts_then_to_those_it_calls(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee, cast.nurse], guard=Guard.HELD)
    comment = make_comment(conversation, cast.somchai, "@วันดี คำใส")
    assert _heard() == [("มาลี", "held"), ("นภา", "held")]
    actions.release_comment(comment, by=cast.malee)
    assert _heard() == [("มาลี", "held"), ("นภา", "held"), ("วันดี", "mention")]
    assert [Told(row).kind for row in notices_of(cast.nurse).rows] == []


def test_other_words_call_only_those_not_called_before(cast: SimpleNamespace) -> None:
    comment = make_comment(make_conversation(), cast.somchai, "@นภา แก้วดี")
    assert _heard() == [("นภา", "mention")]
    actions.reword_comment(comment, body="@นภา แก้วดี @วันดี คำใส", by=cast.somchai)
    assert _heard() == [("นภา", "mention"), ("วันดี", "mention")]


def test_who_leads_a_mentioned_unit_hears_if_she_may_read(cast: SimpleNamespace) -> None:
    head = make_person("หัวหน้า", "ใจกว้าง")
    make_appointment(head, cast.hospital, is_head=True)
    former = make_person("อดีต", "หัวหน้า")
    make_appointment(
        former,
        cast.hospital,
        is_head=True,
        until_on=timezone.localdate().replace(year=2020),
        from_on=timezone.localdate().replace(year=2019),
    )
    make_comment(make_conversation(), cast.somchai, "ขอบคุณ @รพ.ดอยคำ")
    assert _heard() == [("หัวหน้า", "mention")]
    Notice.objects.all().delete()
    make_comment(make_conversation(audience=Audience.UNIT, unit=cast.ward), cast.nurse, "ถึง @รพ.ดอยคำ")
    assert _heard() == []


def test_nobody_hears_of_what_was_closed_to_her_meanwhile(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    first = make_comment(conversation, cast.somchai)
    make_comment(conversation, cast.colleague, answers=first)
    Conversation.objects.filter(pk=conversation.pk).update(audience=Audience.UNIT, unit=cast.hospital)
    assert _heard() == [("มาลี", "comment"), ("มาลี", "comment")]


def test_an_appreciation_is_told_to_its_receivers(cast: SimpleNamespace) -> None:
    head = make_person("หัวหน้า", "ใจกว้าง")
    make_appointment(head, cast.hospital, is_head=True)
    make_appreciation(cast.somchai, conversation=make_conversation(hosts=[cast.malee]))
    make_appreciation(cast.somchai, person=cast.nurse)
    make_appreciation(cast.somchai, unit=cast.hospital)
    gone = make_appreciation(cast.somchai, person=cast.colleague)
    actions.withdraw_appreciation(gone, by=cast.somchai)
    assert _heard() == [("มาลี", "appreciation"), ("นภา", "appreciation"), ("หัวหน้า", "appreciation")]
    told = Told(notices_of(cast.malee).rows[0])
    assert (told.person, told.words, told.is_new) == (
        cast.somchai,
        "เห็นพยาบาลเดินไปหาคนไข้ คนแก่ไม่ต้องเดิน",
        True,
    )


def test_who_was_hidden_and_who_reported_hear_why(cast: SimpleNamespace) -> None:
    comment = make_comment(make_conversation(), cast.somchai)
    row = actions.report(comment.conversation, reason="hurts", by=cast.nurse, comment=comment)
    actions.decide_on_report(row, kind="hidden", by=cast.steward, because="เอ่ยชื่อคนไข้")
    assert sorted(_heard()) == [("นภา", "decided"), ("สมชาย", "hidden")]
    assert Told(notices_of(cast.nurse).rows[0]).words == "เอ่ยชื่อคนไข้"
    assert unread_notices(cast.somchai) == 1
    assert actions.read_notices(cast.somchai, by=cast.somchai) == 1
    assert (unread_notices(cast.somchai), unread_notices(cast.nurse)) == (0, 1)


def test_reading_leaves_what_came_after_the_page(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    make_comment(conversation, cast.somchai)
    make_comment(conversation, cast.nurse)
    _follow()
    older = Notice.objects.order_by("entry_id")[0]
    assert actions.read_notices(cast.malee, by=cast.malee, until=older.at) == 1
    assert unread_notices(cast.malee) == 1


def _erase(person: Person, *, keep_content: bool, name: str = "สมชาย ศรีสุข") -> None:
    person.erased_at, person.is_active, person.given_th, person.family_th = (
        timezone.now(),
        False,
        "อดีตสมาชิก",
        "",
    )
    person.save()
    facts: dict[str, object] = {"name_th": name} if keep_content else {"emptied": True}
    record("person.erased", person, by=person, keep_content=keep_content, **facts)
    _follow()


def _spoken(cast: SimpleNamespace) -> Conversation:
    conversation = make_conversation(hosts=[cast.malee])
    said = make_comment(conversation, cast.somchai, "คำของสมชาย")
    make_comment(conversation, cast.malee, "ตอบ @สมชาย ศรีสุข", answers=said)
    make_appreciation(cast.somchai, conversation=conversation)
    make_appreciation(cast.malee, person=cast.somchai)
    actions.report(conversation, reason="rights", by=cast.somchai)
    _follow()
    return conversation


def test_who_left_and_kept_her_words_is_a_name(cast: SimpleNamespace) -> None:
    conversation = _spoken(cast)
    _erase(cast.somchai, keep_content=True)
    [thread] = conversation_page(conversation, None).threads
    assert (thread.said.person, thread.said.signed, thread.said.body) == (
        None,
        "สมชาย ศรีสุข",
        "<p>คำของสมชาย</p>",
    )
    assert Notice.objects.filter(person=cast.somchai).count() == 0
    assert (Mention.objects.count(), Report.objects.get().by) == (0, None)


def test_who_left_without_her_name_leaves_her_words(cast: SimpleNamespace) -> None:
    conversation = _spoken(cast)
    record("person.erased", cast.somchai, by=cast.somchai, keep_content=False)
    _follow()
    comment = Comment.objects.get(conversation=conversation, answers=None)
    assert (comment.body, comment.by_name, comment.withdrawn_at) == ("<p>คำของสมชาย</p>", "", None)


def test_who_left_with_her_words_leaves_the_place_of_what_was_answered(cast: SimpleNamespace) -> None:
    conversation = _spoken(cast)
    _erase(cast.somchai, keep_content=False)
    page = conversation_page(conversation, cast.malee)
    [thread] = page.threads
    assert (thread.said.is_place, thread.said.state, thread.said.body, thread.said.signed) == (
        True,
        "withdrawn",
        "",
        "",
    )
    assert len(thread.replies) == 1
    assert page.appreciations == []
    assert Comment.objects.filter(by=cast.somchai).get().body == ""
    assert Appreciation.objects.filter(withdrawn_at__isnull=True).count() == 0


def test_what_is_kept_of_a_person_is_told_to_her(cast: SimpleNamespace) -> None:
    _spoken(cast)
    things = things_of(cast.somchai)
    assert {name: len(rows) for name, rows in things.items()} == {
        "comments": 1,
        "appreciations_given": 1,
        "appreciations_received": 1,
        "mentions": 1,
        "reports": 1,
        "notices": 2,
    }
    assert things["appreciations_received"][0]["by"] == "มาลี ใจงาม"


def test_only_our_own_entries_move_us(cast: SimpleNamespace) -> None:
    entry = Entry.objects.create(verb="comment.made", thing_kind="talk.comment", thing_id=404)
    gone = Entry.objects.create(verb="appreciation.given", thing_kind="talk.appreciation", thing_id=404)
    assert (entry.pk < gone.pk, _heard()) == (True, [])
