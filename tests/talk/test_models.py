"""What the tables of talk promise: rules and lists agree, and the newest comments are read from an index."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from prakai.people.models import Audience, Person
from prakai.talk import rules
from prakai.talk.models import Appreciation, Comment, Conversation, Hiding, Notice, NoticeKind
from prakai.talk.queries import who_may_read
from tests.factories.people import make_appointment, make_person
from tests.factories.talk import make_conversation, put_comment

READERS = (
    "visitor",
    "somchai",
    "colleague",
    "nurse",
    "malee",
    "steward",
    "waiting",
    "waiting_colleague",
    "stated",
)


@pytest.fixture
def readers(cast: SimpleNamespace) -> dict[str, Person | None]:
    """Every kind of reader; those at the end have a claim that does not count."""
    people = {name: getattr(cast, name) for name in READERS[:7]}
    people["waiting_colleague"] = make_person("ยังไม่รับ", "คำใส", unit=cast.hospital, is_active=False)
    people["stated"] = make_person("กล่าวเอง", "คำใส")
    row = make_appointment(people["stated"], cast.hospital)
    row.confirmed_at = None
    row.save()
    return people


EXPECTED = {
    (Audience.PUBLIC, True): set(READERS),
    (Audience.MEMBERS, True): {"somchai", "colleague", "nurse", "malee", "steward", "stated"},
    (Audience.UNIT, True): {"colleague", "nurse", "malee"},
    (Audience.PUBLIC, False): {"malee"},
    (Audience.MEMBERS, False): {"malee"},
    (Audience.UNIT, False): {"malee"},
}


@pytest.mark.parametrize(("audience", "is_shown"), EXPECTED)
def test_rule_and_list_agree_on_conversations(
    cast: SimpleNamespace, readers: dict[str, Person | None], audience: str, is_shown: bool
) -> None:
    conversation = make_conversation(
        audience=audience, unit=cast.hospital, hosts=[cast.malee], is_shown=is_shown
    )
    by_rule = {name for name, one in readers.items() if rules.may_read(one, conversation)}
    by_list = {name for name, one in readers.items() if conversation in Conversation.objects.visible_to(one)}
    assert by_rule == EXPECTED[(audience, is_shown)]
    assert by_list == by_rule
    may = set(Person.objects.filter(who_may_read(conversation)))
    assert {name for name, one in readers.items() if one is not None and one in may} == by_rule - {"visitor"}


def test_a_sub_unit_is_closed_to_the_unit_above(cast: SimpleNamespace) -> None:
    conversation = make_conversation(audience=Audience.UNIT, unit=cast.ward)
    assert bool(rules.may_read(cast.nurse, conversation)) is True
    assert bool(rules.may_read(cast.colleague, conversation)) is False
    assert list(Person.objects.filter(who_may_read(conversation))) == [cast.nurse]


def test_a_conversation_of_no_unit_is_not_open_to_all_units(cast: SimpleNamespace) -> None:
    conversation = make_conversation(audience=Audience.UNIT, hosts=[cast.malee])
    assert list(Person.objects.filter(who_may_read(conversation))) == [cast.malee]
    assert [one for one in (cast.colleague, cast.malee) if rules.may_read(one, conversation)] == [cast.malee]


STATES: dict[str, dict[str, object]] = {
    "shown": {},
    "held": {"is_held": True},
    "hidden": {"hidden_at": timezone.now()},
    "withdrawn": {"withdrawn_at": timezone.now()},
    "hidden and withdrawn": {"hidden_at": timezone.now(), "withdrawn_at": timezone.now()},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.UNIT])
def test_rule_and_list_agree_on_comments(
    cast: SimpleNamespace, readers: dict[str, Person | None], audience: str, state: str
) -> None:
    conversation = make_conversation(audience=audience, unit=cast.hospital, hosts=[cast.malee])
    comment = put_comment(conversation, cast.colleague, **STATES[state])
    by_rule = {name for name, one in readers.items() if rules.may_read_comment(one, comment)}
    by_list = {name for name, one in readers.items() if comment in Comment.objects.visible_to(one)}
    assert by_list == by_rule
    open_to = EXPECTED[(audience, True)]
    expected = {
        "shown": open_to,
        "held": {"colleague", "malee", "steward"} & open_to,
        "hidden": {"colleague", "malee", "steward"} & open_to,
        "withdrawn": {"colleague"},
        "hidden and withdrawn": {"colleague"},
    }
    assert by_rule == expected[state]
    assert (comment in Comment.objects.shown()) is comment.is_shown


KEPT: dict[str, dict[str, object]] = {
    "open": {},
    "given privately": {"is_private": True},
    "kept by its receiver": {"kept_at": timezone.now()},
    "taken back": {"withdrawn_at": timezone.now()},
}


@pytest.mark.parametrize("state", KEPT)
@pytest.mark.parametrize("to", ["conversation", "unit conversation", "person", "unlisted person", "unit"])
def test_rule_and_list_agree_on_appreciations(
    cast: SimpleNamespace, readers: dict[str, Person | None], to: str, state: str
) -> None:
    head = make_person("หัวหน้า", "ใจกว้าง")
    make_appointment(head, cast.hospital, is_head=True)
    readers["head"] = head
    public = make_conversation(hosts=[cast.malee])
    inside = make_conversation(audience=Audience.UNIT, unit=cast.hospital, hosts=[cast.malee])
    shy = make_person("เงียบ", "ใจดี", is_listed=False)
    about: dict[str, dict[str, object]] = {
        "conversation": {"conversation": public},
        "unit conversation": {"conversation": inside},
        "person": {"person": cast.malee},
        "unlisted person": {"person": shy},
        "unit": {"unit": cast.hospital},
    }
    row = Appreciation.objects.create(by=cast.somchai, saw="เห็น", **about[to], **KEPT[state])
    by_rule = {name for name, one in readers.items() if rules.may_read_appreciation(one, row)}
    by_list = {name for name, one in readers.items() if row in Appreciation.objects.visible_to(one)}
    assert by_list == by_rule
    everybody = set(readers)
    members = everybody - {"visitor", "waiting", "waiting_colleague"}
    open_sets = {
        "conversation": everybody,
        "unit conversation": {"colleague", "nurse", "malee", "head", "somchai"},
        "person": everybody,
        "unlisted person": members,
        "unit": everybody,
    }
    receivers = {"conversation": "malee", "unit conversation": "malee", "person": "malee", "unit": "head"}
    between = {"somchai", receivers.get(to, "somchai")}
    if state == "open":
        assert by_rule == open_sets[to]
    elif state == "taken back":
        assert by_rule == set()
    else:
        assert by_rule == between


def test_an_appreciation_is_of_something(cast: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Appreciation.objects.create(by=cast.somchai, saw="เห็น")


def test_a_comment_is_hidden_once_at_a_time(cast: SimpleNamespace) -> None:
    comment = put_comment(make_conversation(), cast.malee)
    first = Hiding.objects.create(comment=comment, by=cast.steward)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.create(comment=comment, by=cast.steward)
    Hiding.objects.filter(pk=first.pk).update(undone_at=timezone.now())
    assert Hiding.objects.create(comment=comment, by=cast.steward).undone_at is None


def test_notices_stand_while_the_words_stand(cast: SimpleNamespace) -> None:
    conversation = make_conversation(audience=Audience.MEMBERS, hosts=[cast.malee])
    comment = put_comment(conversation, cast.somchai)
    rows = [
        Notice(person=person, kind=kind, entry_id=number, comment=comment, conversation=conversation)
        for number, (person, kind) in enumerate(
            [
                (cast.malee, NoticeKind.COMMENT),
                (cast.nurse, NoticeKind.MENTION),
                (cast.malee, NoticeKind.HELD),
            ]
        )
    ]
    Notice.objects.bulk_create(rows)

    def standing() -> list[str]:
        return sorted(
            str(kind)
            for one in (cast.malee, cast.nurse)
            for kind in Notice.objects.standing(one).values_list("kind", flat=True)
        )

    assert standing() == ["comment", "mention"]
    for state, expected in [
        ({"hidden_at": timezone.now()}, []),
        ({"hidden_at": None, "withdrawn_at": timezone.now()}, []),
        ({"withdrawn_at": None, "is_held": True}, ["held"]),
        ({"is_held": False}, ["comment", "mention"]),
    ]:
        Comment.objects.filter(pk=comment.pk).update(**state)
        assert standing() == expected
    Conversation.objects.filter(pk=conversation.pk).update(audience=Audience.UNIT, unit=cast.ward)
    assert standing() == ["comment", "mention"]
    Conversation.objects.filter(pk=conversation.pk).update(unit=None)
    assert standing() == ["comment"]


def _plan(rows: object) -> str:
    sql, params = rows.query.sql_with_params()  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return "\n".join(str(line[-1]) for line in cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan of SQLite")
@pytest.mark.parametrize("reader", ["visitor", "somchai", "nurse", "malee", "steward"])
def test_the_newest_comments_are_read_from_an_index(cast: SimpleNamespace, reader: str) -> None:
    person = getattr(cast, reader)
    newest = Comment.objects.shown().visible_to(person).order_by("-made_at", "-pk")[:10]
    plan = _plan(newest)
    assert "comment_newest" in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan
    assert "SCAN talk_conversation" not in plan
    one = Comment.objects.filter(conversation=7).visible_to(person).order_by("made_at", "pk")
    assert "comment_in_order (conversation_id=?)" in _plan(one)


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan of SQLite")
def test_the_newest_of_a_hundred_thousand_cost_no_more(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    start = timezone.now() - timedelta(days=400)

    def rows(first: int, last: int) -> list[Comment]:
        return [
            Comment(conversation=conversation, body="<p>คำ</p>", made_at=start + timedelta(minutes=number))
            for number in range(first, last)
        ]

    def steps() -> int:
        """How many steps the engine's program runs for the newest ten: its own count, not a clock."""
        counted = 0

        def one_more() -> int:
            nonlocal counted
            counted += 1
            return 0

        list(Conversation.objects.all()[:1])
        connection.connection.set_progress_handler(one_more, 100)
        found = list(Comment.objects.shown().visible_to(cast.somchai).order_by("-made_at", "-pk")[:10])
        connection.connection.set_progress_handler(None, 0)
        assert len(found) == 10
        return counted

    Comment.objects.bulk_create(rows(0, 1000))
    few = steps()
    Comment.objects.bulk_create(rows(1000, 100_000), batch_size=5000)
    assert steps() <= few + 1


def test_the_address_of_a_comment_is_its_place(cast: SimpleNamespace) -> None:
    comment = put_comment(make_conversation(), cast.malee)
    assert comment.get_absolute_url() == f"{comment.conversation.address}#c{comment.pk}"
