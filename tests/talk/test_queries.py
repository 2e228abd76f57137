"""What the page of a conversation shows to whom, at the same price however long it is."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.people.models import Audience, Person
from prakai.talk import actions
from prakai.talk.models import Conversation, Guard
from prakai.talk.queries import conversation_page, held_comments, latest_comments, said_as
from tests.factories.people import make_appointment, make_person
from tests.factories.talk import make_appreciation, make_comment, make_conversation, put_comment


def test_threads_stand_in_order_with_their_replies(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    start = timezone.now()
    first = put_comment(conversation, cast.malee, made_at=start)
    second = put_comment(conversation, cast.nurse, made_at=start + timedelta(minutes=1))
    late = put_comment(conversation, cast.nurse, made_at=start + timedelta(minutes=3), answers=first)
    early = put_comment(conversation, cast.colleague, made_at=start + timedelta(minutes=2), answers=first)
    page = conversation_page(conversation, None)
    assert [(thread.comment, [one.comment for one in thread.replies]) for thread in page.threads] == [
        (first, [early, late]),
        (second, []),
    ]
    assert page.shown_comments == 4
    assert [(one.person, one.unit) for one in page.threads[0].replies] == [
        (cast.colleague, cast.hospital),
        (cast.nurse, cast.ward),
    ]


def _states(page_of: Conversation, reader: Person | None) -> list[tuple[str, bool]]:
    return [
        (thread.said.state, thread.said.is_place) for thread in conversation_page(page_of, reader).threads
    ]


@pytest.mark.parametrize("state", ["withdrawn_at", "hidden_at", "is_held"])
def test_only_the_place_is_left_and_only_for_replies(cast: SimpleNamespace, state: str) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    value = True if state == "is_held" else timezone.now()
    word = {"withdrawn_at": "withdrawn", "hidden_at": "hidden", "is_held": "held"}[state]
    alone = put_comment(conversation, cast.somchai, **{state: value})
    assert _states(conversation, None) == []
    assert _states(conversation, cast.somchai) == [(word, False)]
    put_comment(conversation, cast.nurse, answers=alone)
    assert _states(conversation, None) == [(word, True)]
    assert _states(conversation, cast.somchai) == [(word, False)]
    assert _states(conversation, cast.malee) == [(word, state == "withdrawn_at")]
    place = conversation_page(conversation, None).threads[0].said
    assert (place.body, place.person, place.signed, place.may_reply, place.may_report) == (
        "",
        None,
        "",
        False,
        False,
    )
    assert conversation_page(conversation, None).shown_comments == 1


def test_each_reader_is_offered_only_what_she_may(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee], allows_anonymous=True)
    make_comment(conversation, cast.somchai)

    def offers(reader: Person | None) -> set[str]:
        said = conversation_page(conversation, reader).threads[0].said
        names = ("may_reply", "may_change", "may_reword", "may_release", "may_hide", "may_show", "may_report")
        return {name for name in (*names, "may_appeal") if getattr(said, name)}

    assert offers(None) == {"may_reply", "may_report"}
    assert offers(cast.nurse) == {"may_reply", "may_report"}
    assert offers(cast.somchai) == {"may_reply", "may_change", "may_reword"}
    assert offers(cast.malee) == {"may_reply", "may_report", "may_hide"}
    assert offers(cast.waiting) == {"may_report"}
    comment = conversation.comments.get()
    actions.hide_comment(comment, by=cast.malee, because="ชื่อคนไข้")
    assert offers(cast.somchai) == {"may_appeal"}
    assert offers(cast.malee) == {"may_show"}
    assert conversation_page(conversation, cast.somchai).threads[0].said.because == "ชื่อคนไข้"
    actions.hide_comment(comment, by=cast.steward, because="ชื่อคนไข้")
    assert offers(cast.malee) == set()
    assert offers(cast.steward) == {"may_show"}


def test_held_comments_offer_release_to_those_who_guard(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee], guard=Guard.HELD)
    comment = make_comment(conversation, cast.somchai)
    said = said_as(comment, cast.malee)
    assert (said.held, said.may_release, said.may_hide, said.may_reply) == (True, True, True, False)
    assert said_as(comment, cast.somchai).may_release is False


def test_the_page_knows_what_the_reader_may_do(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    make_appreciation(cast.somchai, conversation=conversation)
    as_host = conversation_page(conversation, cast.malee)
    assert (as_host.may_guard, as_host.reader_hosts, bool(as_host.may_appreciate)) == (True, True, False)
    assert [(one.is_own, one.is_received) for one in as_host.appreciations] == [(False, True)]
    as_giver = conversation_page(conversation, cast.somchai)
    assert (as_giver.may_guard, bool(as_giver.may_comment), bool(as_giver.may_appreciate)) == (
        False,
        True,
        True,
    )
    assert [(one.is_own, one.is_received) for one in as_giver.appreciations] == [(True, False)]
    actions.close_conversation(conversation, by=cast.malee, because="พัก")
    closed = conversation_page(conversation, cast.somchai)
    assert (closed.is_closed, closed.closing.because if closed.closing else "", bool(closed.may_comment)) == (
        True,
        "พัก",
        False,
    )
    as_visitor = conversation_page(conversation, None)
    assert (as_visitor.may_guard, bool(as_visitor.may_comment), bool(as_visitor.may_appreciate)) == (
        False,
        False,
        False,
    )


@pytest.mark.parametrize("reader", ["visitor", "somchai", "malee", "steward"])
def test_one_comment_and_thirty_cost_the_same_queries(cast: SimpleNamespace, reader: str) -> None:
    def price(times: int) -> int:
        conversation = make_conversation(hosts=[cast.malee], audience=Audience.PUBLIC)
        for number in range(times):
            speaker = make_person(f"คนที่{number}", "ช่างคุย", unit=cast.ward)
            first = make_comment(conversation, speaker, "คุยกับ @มาลี ใจงาม และ @รพ.ดอยคำ")
            make_comment(conversation, cast.nurse, answers=first)
            gone = put_comment(conversation, speaker, withdrawn_at=timezone.now())
            put_comment(conversation, cast.nurse, answers=gone)
            actions.hide_comment(make_comment(conversation, speaker), by=cast.steward)
            make_appreciation(speaker, conversation=conversation)
        fresh = Conversation.objects.get(pk=conversation.pk)
        person = Person.objects.get(pk=getattr(cast, reader).pk) if getattr(cast, reader) else None
        with CaptureQueriesContext(connection) as queries:
            page = conversation_page(fresh, person)
            for thread in page.threads:
                for one in (thread.said, *thread.replies):
                    assert one.body is not None
                    assert one.unit is None or one.unit.name != ""
        return len(queries)

    assert price(1) == price(10)


def test_an_empty_conversation_is_cheap(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    with CaptureQueriesContext(connection) as queries:
        conversation_page(conversation, None)
    assert len(queries) == 4


def test_the_same_object_is_asked_anew_after_a_page(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    assert conversation_page(conversation, cast.malee).is_closed is False
    actions.close_conversation(conversation, by=cast.malee)
    assert conversation_page(conversation, cast.malee).is_closed is True


def test_the_latest_comments_are_those_the_reader_may_see(cast: SimpleNamespace) -> None:
    inside = make_conversation(audience=Audience.UNIT, unit=cast.hospital)
    open_one = make_conversation()
    shown = make_comment(open_one, cast.somchai)
    make_comment(inside, cast.colleague)
    put_comment(open_one, cast.somchai, is_held=True)
    put_comment(open_one, cast.somchai, hidden_at=timezone.now())
    assert latest_comments(None) == [shown]
    assert [one.by for one in latest_comments(cast.nurse)] == [cast.colleague, cast.somchai]


def test_what_is_held_waits_for_its_host_and_for_stewards_who_may_read(cast: SimpleNamespace) -> None:
    mine = put_comment(make_conversation(hosts=[cast.malee]), cast.somchai, is_held=True)
    inside = put_comment(
        make_conversation(audience=Audience.UNIT, unit=cast.ward, hosts=[cast.nurse]),
        cast.nurse,
        is_held=True,
    )
    own = put_comment(make_conversation(hosts=[cast.malee]), cast.steward, is_held=True)
    put_comment(mine.conversation, cast.somchai, is_held=True, withdrawn_at=timezone.now())
    assert held_comments(cast.malee) == [mine, own]
    assert held_comments(cast.nurse) == [inside]
    assert held_comments(cast.steward) == [mine]
    assert held_comments(cast.somchai) == []


def test_the_unit_beside_a_name_is_todays_confirmed_one(cast: SimpleNamespace) -> None:
    speaker = make_person("ย้าย", "มาใหม่")
    make_appointment(speaker, cast.hospital, until_on=timezone.localdate() - timedelta(days=1))
    conversation = make_conversation()
    make_comment(conversation, speaker)
    assert conversation_page(conversation, None).threads[0].said.unit is None
    make_appointment(speaker, cast.ward)
    assert conversation_page(conversation, None).threads[0].said.unit == cast.ward
