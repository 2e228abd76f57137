"""Reports and decisions: once a person and thing, decided once, by somebody else, with a reason that is read."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.talk import actions
from prakai.talk.models import Comment, Conversation, Decision, DecisionKind, Report, ReportReason
from prakai.talk.queries import case_of, decided_reports, moderation_log, open_cases, open_reports
from tests.factories.people import make_person
from tests.factories.talk import make_comment, make_conversation


@pytest.fixture
def talk(cast: SimpleNamespace) -> Conversation:
    return make_conversation(hosts=[cast.malee])


@pytest.fixture
def comment(cast: SimpleNamespace, talk: Conversation) -> Comment:
    return make_comment(talk, cast.somchai, "คำแรง")


def test_the_same_person_about_the_same_thing_is_one_report(
    cast: SimpleNamespace, talk: Conversation, comment: Comment
) -> None:
    first = actions.report(talk, reason="hurts", by=cast.nurse, comment=comment, words="แรงไป")
    assert actions.report(talk, reason="spam", by=cast.nurse, comment=comment) == first
    assert actions.report(talk, reason="rights", by=cast.nurse) != first
    assert actions.report(talk, reason="hurts", by=cast.malee, comment=comment) != first
    assert Report.objects.count() == 3
    actions.decide_on_report(first, kind="kept", by=cast.steward, because="อ่านแล้วไม่แรง")
    assert actions.report(talk, reason="hurts", by=cast.nurse, comment=comment) != first


def test_of_visitors_three_reports_of_a_thing_are_kept(talk: Conversation, comment: Comment) -> None:
    rows = {actions.report(talk, reason="spam", by=None, comment=comment).pk for _ in range(5)}
    assert len(rows) == 3
    assert Report.objects.filter(comment=comment).count() == 3
    assert actions.report(talk, reason="spam", by=None).comment is None


def test_a_report_needs_a_known_reason_and_the_right_place(
    cast: SimpleNamespace, talk: Conversation, comment: Comment
) -> None:
    with pytest.raises(ValidationError) as wrong:
        actions.report(talk, reason="boring", by=cast.nurse, comment=comment)
    assert list(wrong.value.message_dict) == ["reason"]
    with pytest.raises(ValidationError):
        actions.report(make_conversation(), reason="spam", by=cast.nurse, comment=comment)
    with pytest.raises(ValidationError):
        actions.report(talk, reason="spam", by=cast.nurse, words="ก" * 2001)
    talk.is_shown = False
    talk.save()
    with pytest.raises(Refused):
        actions.report(talk, reason="spam", by=cast.nurse)


def test_hiding_decides_on_all_that_wait_about_the_same(
    cast: SimpleNamespace, talk: Conversation, comment: Comment
) -> None:
    first = actions.report(talk, reason="hurts", by=cast.nurse, comment=comment)
    actions.report(talk, reason="private", by=cast.malee, comment=comment)
    about_page = actions.report(talk, reason="rights", by=cast.nurse)
    decision = actions.decide_on_report(first, kind="hidden", by=cast.steward, because="เอ่ยชื่อคนไข้")
    comment.refresh_from_db()
    assert (comment.is_shown, decision.because) == (False, "เอ่ยชื่อคนไข้")
    assert comment.hidings.get().by_stewards is True
    assert Decision.objects.count() == 2
    assert list(Report.objects.filter(decision__isnull=True)) == [about_page]


def test_a_report_is_decided_once_with_a_reason_by_a_steward(
    cast: SimpleNamespace, talk: Conversation, comment: Comment
) -> None:
    row = actions.report(talk, reason="hurts", by=cast.nurse, comment=comment)
    with pytest.raises(Refused):
        actions.decide_on_report(row, kind="kept", by=cast.malee, because="ฉันว่าดี")
    for kind, because, field in [("gone", "x", "kind"), ("kept", " ", "because")]:
        with pytest.raises(ValidationError) as wrong:
            actions.decide_on_report(row, kind=kind, by=cast.steward, because=because)
        assert list(wrong.value.message_dict) == [field]
    actions.decide_on_report(row, kind="kept", by=cast.steward, because="ไม่แรง")
    with pytest.raises(ValidationError) as again:
        actions.decide_on_report(row, kind="hidden", by=cast.steward, because="เปลี่ยนใจ")
    assert again.value.code == "decided"
    comment.refresh_from_db()
    assert comment.is_shown is True


def test_a_steward_does_not_decide_about_her_own_words(cast: SimpleNamespace, talk: Conversation) -> None:
    own = make_comment(talk, cast.steward)
    row = actions.report(talk, reason="hurts", by=cast.nurse, comment=own)
    with pytest.raises(Refused):
        actions.decide_on_report(row, kind="kept", by=cast.steward, because="ฉันเอง")
    other = make_person("อีกคน", "ดูแล", steward=True)
    assert actions.decide_on_report(row, kind="kept", by=other, because="อ่านแล้ว").kind == "kept"


def test_only_a_comment_can_be_hidden(cast: SimpleNamespace, talk: Conversation) -> None:
    row = actions.report(talk, reason="rights", by=cast.nurse)
    with pytest.raises(ValidationError):
        actions.decide_on_report(row, kind="hidden", by=cast.steward, because="ลอกมา")
    assert (
        actions.decide_on_report(row, kind="settled", by=cast.steward, because="ผู้เขียนแก้แล้ว").kind == "settled"
    )


def test_the_author_of_a_hidden_comment_appeals_and_is_shown_again(
    cast: SimpleNamespace, talk: Conversation, comment: Comment
) -> None:
    actions.hide_comment(comment, by=cast.steward, because="เข้าใจผิด")
    with pytest.raises(Refused):
        actions.report(talk, reason="appeal", by=cast.nurse, comment=comment)
    row = actions.report(talk, reason="appeal", by=cast.somchai, comment=comment, words="ไม่ได้หมายถึงใคร")
    case = case_of(row, cast.steward)
    assert (case.is_appeal, case.kinds) == (True, [DecisionKind.KEPT, DecisionKind.SHOWN])
    actions.decide_on_report(row, kind="shown", by=cast.steward, because="อ่านใหม่แล้ว")
    comment.refresh_from_db()
    assert comment.is_shown is True


def test_the_queue_gathers_reports_by_what_they_are_about(
    cast: SimpleNamespace, talk: Conversation, comment: Comment
) -> None:
    actions.report(talk, reason=ReportReason.HURTS, by=cast.nurse, comment=comment, words="แรง")
    actions.report(talk, reason=ReportReason.RIGHTS, by=cast.nurse)
    actions.report(talk, reason=ReportReason.SPAM, by=cast.malee, comment=comment)
    cases = open_cases(open_reports().rows, cast.steward)
    assert [(case.words, len(case.reports), bool(case.may_decide)) for case in cases] == [
        ("คำแรง", 2, True),
        ("", 1, True),
    ]
    assert cases[1].kinds == [DecisionKind.KEPT, DecisionKind.SETTLED]
    assert [bool(case.may_decide) for case in open_cases(open_reports().rows, cast.malee)] == [False, False]


def test_the_log_tells_who_did_what_and_decided_reports_why(
    cast: SimpleNamespace, talk: Conversation, comment: Comment
) -> None:
    row = actions.report(talk, reason="hurts", by=cast.nurse, comment=comment)
    actions.decide_on_report(row, kind="hidden", by=cast.steward, because="แรง")
    actions.close_conversation(talk, by=cast.malee)
    lines, older = moderation_log()
    assert [(line.entry.verb, line.entry.by_name, line.title) for line in lines] == [
        ("conversation.closed", "มาลี ใจงาม", talk.title),
        ("comment.hidden", "ประสาน มั่นคง", talk.title),
        ("report.decided", "ประสาน มั่นคง", talk.title),
    ]
    assert older is None
    first, rest = moderation_log(size=1)
    assert (first[0].entry.verb, moderation_log(before=rest)[0][0].entry.verb) == (
        "conversation.closed",
        "comment.hidden",
    )
    assert [report.decision.because for report in decided_reports().rows] == ["แรง"]
    assert Entry.objects.filter(verb="report.decided").get().facts["kind"] == "hidden"
