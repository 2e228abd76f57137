"""Refusals of talk: each is first possible for somebody else."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils import timezone

from prakai.talk import rules
from prakai.talk.models import Closing, Hiding, Report, ReportReason
from tests.factories.talk import make_conversation, put_comment


def test_a_visitor_comments_only_where_the_owner_allows_it(cast: SimpleNamespace) -> None:
    assert rules.may_comment(None, make_conversation(allows_anonymous=True)).allowed is True
    refusal = rules.may_comment(None, make_conversation())
    assert refusal.allowed is False
    assert str(refusal.next_step) == str(rules.SIGN_IN)
    assert rules.may_comment(cast.somchai, make_conversation()).allowed is True


def test_who_waits_for_a_steward_does_not_comment(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    assert rules.may_comment(cast.somchai, conversation).allowed is True
    assert rules.may_comment(cast.waiting, conversation).allowed is False


def test_nobody_comments_on_what_is_not_published(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    assert rules.may_comment(cast.malee, conversation).allowed is True
    conversation.is_shown = False
    assert rules.may_comment(cast.malee, conversation).allowed is False


def test_a_closed_conversation_takes_no_comment_but_from_nobody_the_right_to_read(
    cast: SimpleNamespace,
) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    assert rules.may_comment(cast.somchai, conversation).allowed is True
    closing = Closing.objects.create(conversation=conversation, by=cast.malee)
    assert rules.may_comment(cast.somchai, conversation).allowed is False
    assert rules.may_comment(cast.malee, conversation).allowed is False
    assert rules.may_read(cast.somchai, conversation).allowed is True
    closing.reopened_at = timezone.now()
    closing.save()
    assert rules.may_comment(cast.somchai, conversation).allowed is True


def test_replies_have_one_level_and_answer_what_is_shown(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    first = put_comment(conversation, cast.malee)
    assert rules.may_reply(cast.somchai, first).allowed is True
    assert (
        rules.may_reply(cast.somchai, put_comment(conversation, cast.malee, answers=first)).allowed is False
    )
    for state in ({"is_held": True}, {"hidden_at": timezone.now()}, {"withdrawn_at": timezone.now()}):
        assert rules.may_reply(cast.somchai, put_comment(conversation, cast.malee, **state)).allowed is False


def test_only_the_author_rewords_not_the_host_nor_a_steward(cast: SimpleNamespace) -> None:
    comment = put_comment(make_conversation(hosts=[cast.malee]), cast.somchai)
    assert rules.may_reword(cast.somchai, comment).allowed is True
    assert rules.may_reword(cast.malee, comment).allowed is False
    assert rules.may_reword(cast.steward, comment).allowed is False
    assert rules.may_hide(cast.malee, comment).allowed is True
    comment.withdrawn_at = timezone.now()
    assert rules.may_reword(cast.somchai, comment).allowed is False
    assert rules.may_change_comment(cast.somchai, comment).allowed is True


def test_a_hidden_comment_is_not_its_authors_to_change(cast: SimpleNamespace) -> None:
    comment = put_comment(make_conversation(), cast.somchai)
    assert rules.may_change_comment(cast.somchai, comment).allowed is True
    comment.hidden_at = timezone.now()
    assert rules.may_change_comment(cast.somchai, comment).allowed is False


def test_hosts_and_stewards_guard(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee, cast.waiting])
    assert rules.may_guard(cast.malee, conversation).allowed is True
    assert rules.may_guard(cast.steward, conversation).allowed is True
    assert rules.may_guard(cast.somchai, conversation).allowed is False
    assert rules.may_guard(cast.waiting, conversation).allowed is False


def test_a_steward_does_not_release_or_show_her_own_words_under_anothers_guard(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    held = put_comment(conversation, cast.steward, is_held=True)
    assert rules.may_release(cast.malee, held).allowed is True
    assert rules.may_release(cast.steward, held).allowed is False
    hidden = put_comment(conversation, cast.steward, hidden_at=timezone.now())
    assert rules.may_show(cast.malee, hidden, Hiding(comment=hidden)).allowed is True
    assert rules.may_show(cast.steward, hidden, Hiding(comment=hidden)).allowed is False


def test_a_host_does_not_undo_what_the_stewards_hid(cast: SimpleNamespace) -> None:
    comment = put_comment(make_conversation(hosts=[cast.malee]), cast.somchai, hidden_at=timezone.now())
    assert rules.may_show(cast.malee, comment, Hiding(comment=comment)).allowed is True
    assert rules.may_show(cast.malee, comment, Hiding(comment=comment, by_stewards=True)).allowed is False
    assert rules.may_show(cast.steward, comment, Hiding(comment=comment, by_stewards=True)).allowed is True


def test_who_sees_a_thing_may_report_it_and_its_hidden_author_appeals(cast: SimpleNamespace) -> None:
    conversation = make_conversation(audience="members")
    comment = put_comment(conversation, cast.malee)
    assert rules.may_report(cast.somchai, conversation, comment, ReportReason.HURTS).allowed is True
    assert rules.may_report(None, conversation, comment, ReportReason.HURTS).allowed is False
    assert rules.may_report(cast.malee, conversation, comment, ReportReason.APPEAL).allowed is False
    comment.hidden_at = timezone.now()
    comment.save()
    assert rules.may_report(cast.somchai, conversation, comment, ReportReason.HURTS).allowed is False
    assert rules.may_report(cast.malee, conversation, comment, ReportReason.APPEAL).allowed is True
    assert rules.may_report(cast.somchai, conversation, comment, ReportReason.APPEAL).allowed is False


def test_a_steward_decides_but_not_about_her_own_words_or_house(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.steward])
    about_other = Report(conversation=conversation, comment=put_comment(conversation, cast.malee))
    about_own = Report(conversation=conversation, comment=put_comment(conversation, cast.steward))
    about_house = Report(conversation=conversation)
    assert rules.may_decide(cast.steward, about_other).allowed is True
    assert rules.may_decide(cast.somchai, about_other).allowed is False
    assert rules.may_decide(cast.steward, about_own).allowed is False
    assert rules.may_decide(cast.steward, about_house).allowed is False
    assert rules.may_decide(cast.steward, Report(conversation=make_conversation())).allowed is True


def test_an_appreciation_is_a_gift_for_somebody_else(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    assert rules.may_appreciate(cast.somchai, conversation, to=None).allowed is True
    assert rules.may_appreciate(cast.malee, conversation, to=None).allowed is False
    assert rules.may_appreciate(None, conversation, to=None).allowed is False
    assert rules.may_appreciate(cast.waiting, conversation, to=None).allowed is False
    assert rules.may_appreciate(cast.somchai, None, to=cast.malee).allowed is True
    assert rules.may_appreciate(cast.malee, None, to=cast.malee).allowed is False
    assert rules.may_appreciate(cast.somchai, None, to=cast.waiting).allowed is False
    assert rules.may_appreciate(cast.somchai, make_conversation(is_shown=False), to=None).allowed is False


def test_notices_are_for_the_person_herself(cast: SimpleNamespace) -> None:
    assert rules.may_read_notices(cast.malee, cast.malee).allowed is True
    assert rules.may_read_notices(cast.steward, cast.malee).allowed is False


def test_who_waits_for_a_steward_brings_nothing_in(cast: SimpleNamespace) -> None:
    assert rules.may_bring(cast.somchai).allowed is True
    assert rules.may_bring(cast.waiting).allowed is False
