"""Appreciation is a gift of words: to somebody else, taken back or kept private by either side."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.talk import actions
from prakai.talk.models import Appreciation
from prakai.talk.queries import appreciations_of_person, appreciations_of_unit
from tests.factories.people import make_appointment, make_person
from tests.factories.talk import make_appreciation, make_conversation


def test_two_of_three_are_asked(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    for saw, effect, learns, field in [
        ("", "ดี", True, "saw"),
        ("\u200b ", "ดี", True, "saw"),
        ("เห็น", "", False, "effect"),
        ("เห็น", "ก" * 1001, False, "effect"),
        ("ก" * 1001, "ดี", False, "saw"),
    ]:
        with pytest.raises(ValidationError) as wrong:
            actions.appreciate(
                by=cast.somchai, saw=saw, effect=effect, wants_to_learn=learns, conversation=conversation
            )
        assert list(wrong.value.message_dict) == [field]
    row = actions.appreciate(by=cast.somchai, saw=" เห็น ", wants_to_learn=True, conversation=conversation)
    assert (row.saw, row.effect, row.wants_to_learn) == ("เห็น", "", True)
    with pytest.raises(ValidationError):
        actions.appreciate(by=cast.somchai, saw="เห็น", effect="ดี")


def test_it_is_refused_for_oneself_and_without_signing_in(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    assert make_appreciation(cast.somchai, conversation=conversation).conversation == conversation
    with pytest.raises(Refused):
        make_appreciation(cast.malee, conversation=conversation)
    with pytest.raises(Refused):
        make_appreciation(cast.malee, person=cast.malee)
    with pytest.raises(Refused):
        actions.appreciate(by=None, saw="เห็น", effect="ดี", conversation=conversation)


def test_a_double_tap_is_one_gift_and_other_words_are_another(cast: SimpleNamespace) -> None:
    first = make_appreciation(cast.somchai, person=cast.malee, client_key="k")
    assert make_appreciation(cast.somchai, person=cast.malee, client_key="k") == first
    assert make_appreciation(cast.somchai, person=cast.malee, saw="อีกเรื่อง", client_key="k") != first
    assert make_appreciation(cast.nurse, person=cast.malee, client_key="k") != first
    assert Appreciation.objects.count() == 3


def test_each_side_keeps_it_private_and_undoes_only_its_own_wish(cast: SimpleNamespace) -> None:
    row = make_appreciation(cast.somchai, person=cast.malee)
    with pytest.raises(Refused):
        actions.keep_appreciation_private(row, by=cast.steward)
    actions.keep_appreciation_private(row, by=cast.malee)
    assert list(Appreciation.objects.visible_to(cast.nurse)) == []
    actions.share_appreciation(row, by=cast.somchai)
    assert list(Appreciation.objects.visible_to(cast.nurse)) == []
    actions.keep_appreciation_private(row, by=cast.somchai)
    actions.share_appreciation(row, by=cast.malee)
    assert list(Appreciation.objects.visible_to(cast.nurse)) == []
    actions.share_appreciation(row, by=cast.somchai)
    assert list(Appreciation.objects.visible_to(cast.nurse)) == [row]


def test_who_gave_takes_back_and_who_received_lets_it_go(cast: SimpleNamespace) -> None:
    head = make_person("หัวหน้า", "ใจกว้าง")
    make_appointment(head, cast.hospital, is_head=True)
    conversation = make_conversation(hosts=[cast.malee])
    given = [
        (make_appreciation(cast.somchai, person=cast.malee), cast.somchai),
        (make_appreciation(cast.somchai, person=cast.malee), cast.malee),
        (make_appreciation(cast.somchai, conversation=conversation), cast.malee),
        (make_appreciation(cast.somchai, unit=cast.hospital), head),
    ]
    for row, _ in given:
        with pytest.raises(Refused):
            actions.withdraw_appreciation(row, by=cast.colleague)
    for row, by in given:
        actions.withdraw_appreciation(row, by=by)
        actions.withdraw_appreciation(row, by=by)
    assert list(Appreciation.objects.visible_to(cast.malee)) == []
    assert Entry.objects.filter(verb="appreciation.withdrawn").count() == 4


def test_pages_show_some_with_who_gave_them_and_no_count(cast: SimpleNamespace) -> None:
    for number in range(8):
        make_appreciation(cast.colleague, unit=cast.ward, saw=f"ที่ {number}")
    shown = appreciations_of_unit(cast.ward.pk, cast.colleague)
    assert [one.saw for one in shown] == ["ที่ 7", "ที่ 6", "ที่ 5", "ที่ 4", "ที่ 3", "ที่ 2"]
    assert (shown[0].people, shown[0].unit, shown[0].is_own, shown[0].is_received) == (
        [cast.colleague],
        cast.hospital,
        True,
        False,
    )
    make_appreciation(cast.somchai, person=cast.malee)
    assert [one.is_received for one in appreciations_of_person(cast.malee, cast.malee)] == [True]
    assert [one.is_received for one in appreciations_of_person(cast.malee, None)] == [False]
