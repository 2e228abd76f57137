"""A review: phases that the facilitator moves, answers that are private until revealed, each written exactly once."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prakai.forums import actions
from prakai.forums import review_rules as rules
from prakai.forums.asking import shares
from prakai.forums.models import Answer, Promise, QuestionKind, Review, Voice
from prakai.forums.queries.reviews import questions_of, review_page, writing_page
from prakai.forums.said import Sheet
from prakai.journal.following import catch_up, followers
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.people.actions.erasing import erase_person
from tests.factories.forums import make_forum, make_participant
from tests.factories.reviews import make_answer, make_review, make_voice, promise_of, question_of

pytestmark = pytest.mark.django_db
SECRET = "หัวหน้าพูดก่อนทุกครั้ง เลยไม่มีใครกล้าเล่า"


@pytest.fixture
def review(cast: SimpleNamespace) -> Review:
    return make_review(make_forum(cast.malee, cast.hospital), cast.malee)


def test_a_review_has_six_phases_of_150_minutes_and_five_questions(review: Review) -> None:
    assert [(p.kind, p.minutes, p.is_anonymous) for p in review.phases.all()] == [
        ("writing", 20, True), ("circle", 60, False), ("patterns", 30, False), ("promises", 20, False),
        ("improving", 15, False), ("close", 5, False),
    ]  # fmt: skip
    assert [q.kind for q in review.questions.all()] == [
        "expected",
        "exceeded",
        "fell_short",
        "change",
        "promise",
    ]
    assert actions.open_review(review.forum, by=review.forum.by) == review


@pytest.mark.parametrize("minutes", [30, 120, 150, 165, 180, 360])
def test_shares_fill_the_time_that_is_given(minutes: int) -> None:
    assert sum(shares(minutes)) == minutes
    assert min(shares(minutes)) >= 5


def test_one_phase_runs_and_only_who_leads_moves_it(review: Review, cast: SimpleNamespace) -> None:
    writing, circle = review.phases.all()[:2]
    begun = timezone.now()
    actions.begin_phase(writing, by=cast.malee, at=begun)
    with pytest.raises(Refused):
        actions.begin_phase(circle, by=cast.somchai)
    writing.refresh_from_db()
    assert (writing.is_running, writing.ends_at) == (True, begun + timedelta(minutes=20))
    actions.begin_phase(circle, by=cast.malee)
    writing.refresh_from_db()
    page = review_page(review, cast.malee)
    assert (writing.is_running, page.running, page.following.kind) == (False, circle, "patterns")
    actions.end_phase(circle, by=cast.malee)
    assert review_page(review, cast.malee).running is None


def test_what_is_not_revealed_is_seen_by_its_writer_alone(review: Review, cast: SimpleNamespace) -> None:
    make_participant(review.forum, cast.somchai)
    voice, other = make_voice(review, "นภา", cast.nurse), make_voice(review, "", cast.somchai)
    answer = make_answer(voice, SECRET, QuestionKind.FELL_SHORT, named=True)
    seen = {
        p: answer in Answer.objects.visible_to(getattr(cast, p))
        for p in ("nurse", "malee", "somchai", "steward")
    }
    assert seen == {"nurse": True, "malee": False, "somchai": False, "steward": False}
    question = answer.question
    page = writing_page(other, question.pk)
    assert page is not None
    assert (page.mine, page.current.answers, page.current.points) == ([], [], 1)
    assert [one.answers for one in review_page(review, cast.malee).questions] == [[]] * 5
    with pytest.raises(Refused):
        actions.reveal_question(question, by=cast.somchai)
    actions.reveal_question(question, by=cast.malee)
    seen = {
        p: answer in Answer.objects.visible_to(getattr(cast, p))
        for p in ("nurse", "malee", "somchai", "steward")
    }
    assert seen == {"nurse": True, "malee": True, "somchai": True, "steward": True}
    assert Answer.objects.visible_to(None).count() == 0
    assert Answer.objects.visible_to(cast.waiting).count() == 0


def test_rule_and_list_agree_on_who_follows_a_review(review: Review, cast: SimpleNamespace) -> None:
    make_participant(review.forum, cast.nurse)
    for name in ("malee", "nurse", "somchai", "steward", "waiting"):
        reader = getattr(cast, name)
        listed = Review.objects.visible_to(reader).filter(pk=review.pk).exists()
        assert (name, bool(rules.may_follow(reader, review))) == (name, listed)
    assert (bool(rules.may_follow(cast.nurse, review)), bool(rules.may_follow(cast.somchai, review))) == (
        True,
        False,
    )
    assert bool(rules.may_follow(None, review)) is False


def test_an_unnamed_phase_keeps_no_name_beside_the_answer(review: Review, cast: SimpleNamespace) -> None:
    voice = make_voice(review, "นภา", cast.nurse)
    assert make_answer(voice, "ได้ฟังกันจริง ๆ", named=True).name == "นภา"
    actions.begin_phase(review.phases.all()[0], by=cast.malee)
    assert make_answer(voice, SECRET, named=True).name == ""


def test_the_journal_never_tells_who_wrote_nor_what(review: Review, cast: SimpleNamespace) -> None:
    voice = make_voice(review, "นภา", cast.nurse)
    answer = make_answer(voice, SECRET, named=True)
    actions.change_answer(answer, voice, SECRET + " สักคน", by=cast.nurse)
    actions.be_ready(review.phases.all()[0], voice, by=cast.nurse)
    promise_of(voice, "จะฟังให้จบก่อนพูด", helper="พี่แดง")
    told = Entry.objects.filter(
        verb__in=["review.joined", "answer.written", "answer.changed", "review.readied", "promise.made"]
    )
    assert told.count() == 5
    assert {(entry.by_id, entry.by_name) for entry in told} == {(None, "")}
    assert [w for entry in told for w in ("หัวหน้า", "นภา", "พี่แดง", "ฟัง") if w in str(entry.facts)] == []


def test_an_answer_arrives_once_however_often_it_is_sent(review: Review) -> None:
    voice, question = make_voice(review), question_of(review)
    first = actions.write_answer(question, voice, "ได้เพื่อน", by=None, client_id="one")
    assert actions.write_answer(question, voice, "ได้เพื่อน", by=None, client_id="one") == first
    assert voice.answers.count() == 1
    again = actions.join_review(review, by=None, token="x", code=review.forum.code)
    assert actions.join_review(review, by=None, token="x") == again
    assert Voice.objects.filter(review=review).count() == 2


def test_revealed_words_cannot_be_changed_but_taken_back(review: Review, cast: SimpleNamespace) -> None:
    voice, other = make_voice(review), make_voice(review)
    answer = make_answer(voice, "ได้เพื่อน")
    with pytest.raises(Refused):
        actions.withdraw_answer(answer, other, by=None)
    actions.change_answer(answer, voice, "ได้เพื่อนใหม่", by=None)
    actions.reveal_question(answer.question, by=cast.malee)
    answer = Answer.objects.get(pk=answer.pk)
    with pytest.raises(Refused):
        actions.change_answer(answer, voice, "อย่างอื่น", by=None)
    actions.withdraw_answer(answer, voice, by=None)
    assert (answer.words, Answer.objects.revealed().count()) == ("", 0)


def test_who_may_come_in(review: Review, cast: SimpleNamespace) -> None:
    with pytest.raises(Refused):
        actions.join_review(review, by=cast.somchai)
    with pytest.raises(ValidationError):
        actions.join_review(review, by=None, code="aaaaa", token="t")
    code = review.forum.code.upper()
    assert actions.join_review(review, by=None, code=f"{code[:2]} {code[2:]}", token="t").person is None
    make_participant(review.forum, cast.somchai)
    assert actions.join_review(review, by=cast.somchai).person == cast.somchai


def test_answers_are_taken_in_until_the_closing_time(review: Review, cast: SimpleNamespace) -> None:
    voice = make_voice(review)
    actions.collect_until(review, timezone.now() + timedelta(days=2), by=cast.malee)
    voice.refresh_from_db()
    assert make_answer(Voice.objects.get(pk=voice.pk), "เขียนบนรถ").words == "เขียนบนรถ"
    actions.collect_until(review, timezone.now() - timedelta(minutes=1), by=cast.malee)
    with pytest.raises(Refused):
        make_answer(Voice.objects.get(pk=voice.pk), "สายไปแล้ว")


def test_questions_are_the_forums_own_until_somebody_answers(review: Review, cast: SimpleNamespace) -> None:
    actions.add_question(review, by=cast.malee, words="วันนี้อะไรทำให้คุณยิ้ม")
    assert [q.kind for q in review.questions.all()][-2:] == ["own", "promise"]
    question = question_of(review)
    actions.change_question(question, by=cast.malee, words="อะไรดีเกินคาด")
    make_answer(make_voice(review), "ได้เพื่อน")
    with pytest.raises(Refused):
        actions.change_question(question, by=cast.malee, words="")
    assert questions_of(review)[1].words == "อะไรดีเกินคาด"


def test_a_paper_form_is_keyed_in_once(review: Review, cast: SimpleNamespace) -> None:
    slips = actions.print_slips(review, 30, by=cast.malee)
    assert len({slip.code for slip in slips}) == 30
    with pytest.raises(Refused):
        actions.key_slip(slips[0], by=cast.somchai, words={})
    exceeded, promise = question_of(review), question_of(review, QuestionKind.PROMISE)
    words = {exceeded.pk: "ได้เพื่อน\nได้ฟังคนหน้างาน", promise.pk: "จะกลับไปลองคุยสิบนาที"}
    actions.key_slip(slips[0], by=cast.malee, name="ป้าแจ่ม", words=words)
    voice = actions.key_slip(slips[0], by=cast.malee, name="ป้าแจ่ม", words=words)
    assert sorted(Answer.objects.values_list("words", "name")) == [
        ("ได้ฟังคนหน้างาน", "ป้าแจ่ม"),
        ("ได้เพื่อน", "ป้าแจ่ม"),
    ]
    assert (Voice.objects.count(), voice.person, voice.entered_by) == (1, None, cast.malee)
    assert Promise.objects.visible_to(cast.malee).count() == 0


def test_a_table_comes_in_wholly_or_not_at_all_and_once(review: Review, cast: SimpleNamespace) -> None:
    exceeded = question_of(review).pk
    sheets = [Sheet("a", "ป้าแจ่ม", {exceeded: "ได้เพื่อน"}), Sheet("b", "", {exceeded: "ก" * 3000})]
    with pytest.raises(ValidationError):
        actions.enter_answers(review, sheets, by=cast.malee)
    assert (Voice.objects.count(), Answer.objects.count()) == (0, 0)
    sheets[1] = Sheet("b", "", {exceeded: "ได้กำลังใจ"})
    assert actions.enter_answers(review, sheets, by=cast.malee) == 2
    assert actions.enter_answers(review, sheets, by=cast.malee) == 0
    assert Answer.objects.count() == 2


def test_patterns_are_made_of_revealed_answers_alone(review: Review, cast: SimpleNamespace) -> None:
    voice = make_voice(review)
    private, shown = make_answer(voice, SECRET, QuestionKind.FELL_SHORT), make_answer(voice, "ได้เพื่อน")
    actions.reveal_question(shown.question, by=cast.malee)
    pattern = actions.make_pattern(review, "มีเพื่อน", [private, shown], by=cast.malee, kind="exceeded")
    assert list(pattern.answers.all()) == [shown]
    with pytest.raises(Refused):
        actions.put_answers([shown], None, by=cast.somchai, review=review)
    actions.put_answers([shown], None, by=cast.malee, review=review)
    assert pattern.answers.count() == 0


def test_who_asks_to_be_forgotten_leaves_words_without_a_name_and_no_promise(
    review: Review, cast: SimpleNamespace
) -> None:
    voice = make_voice(review, "นภา", cast.nurse)
    answer, promise = make_answer(voice, "ได้เพื่อน", named=True), promise_of(voice)
    erase_person(cast.nurse, by=cast.nurse, keep_content=False)
    catch_up(next(one for one in followers() if one.name == "forums.erasure"))
    catch_up(next(one for one in followers() if one.name == "forums.erasure"))
    answer.refresh_from_db()
    promise.refresh_from_db()
    voice.refresh_from_db()
    assert (answer.words, answer.name, promise.words, voice.person) == ("ได้เพื่อน", "", "", None)
