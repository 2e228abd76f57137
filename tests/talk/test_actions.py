"""Making, rewording, withdrawing and guarding comments: what happens, what is refused, what happens only once."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.talk import actions
from prakai.talk.models import Closing, Comment, Guard, Mention
from prakai.talk.wording import typed_of
from tests.factories.people import make_person
from tests.factories.talk import make_comment, make_conversation, put_comment


def _verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_member_comments_and_it_is_shown_at_once(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    comment = make_comment(conversation, cast.somchai, "ลองแล้ว\n\nได้ผล <ดี> & เร็ว", builds_on=True)
    assert comment.body == "<p>ลองแล้ว</p>\n<p>ได้ผล &lt;ดี&gt; &amp; เร็ว</p>"
    assert (comment.is_held, comment.builds_on, comment.by) == (False, True, cast.somchai)
    assert _verbs() == ["comment.made"]
    assert Entry.objects.get().facts == {"conversation": conversation.pk}


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\u200b\ufeff", "<p></p>", "\x00", "<p>&nbsp;</p>"])
def test_nothing_said_is_no_comment(cast: SimpleNamespace, text: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        make_comment(make_conversation(), cast.somchai, text)
    assert wrong.value.code == "empty"
    assert Comment.objects.count() == 0


def test_length_is_counted_as_a_reader_counts(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    assert make_comment(conversation, cast.somchai, "ที่" * 8000).is_shown is True
    with pytest.raises(ValidationError) as wrong:
        make_comment(conversation, cast.somchai, "ที่" * 8001)
    assert (wrong.value.code, wrong.value.params) == ("too-long", {"most": 8000, "have": 8001})
    with pytest.raises(ValidationError):
        make_comment(conversation, cast.somchai, "ก" * 5_000_000)


def test_hostile_markup_is_words_or_nothing(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    typed = make_comment(conversation, cast.somchai, "<script>alert(1)</script> 👩‍🌾")
    assert typed.body == "<p>&lt;script&gt;alert(1)&lt;/script&gt; 👩‍🌾</p>"
    edited = make_comment(
        conversation,
        cast.somchai,
        '<p onclick="x()">ดี<img src=x onerror=y><a href="javascript:z">ลิงก์</a></p>',
    )
    assert edited.body == '<p>ดี<a rel="nofollow noopener noreferrer">ลิงก์</a></p>'


def test_web_addresses_become_links_and_come_back_as_typed(cast: SimpleNamespace) -> None:
    text = "ดูที่ https://example.go.th/a?b=1&c=2. นะ\nบรรทัดสอง\n\nย่อหน้าใหม่ 1 < 2"
    comment = make_comment(make_conversation(), cast.somchai, text)
    link = '<a href="https://example.go.th/a?b=1&amp;c=2" rel="nofollow noopener noreferrer">'
    assert comment.body == (
        f"<p>ดูที่ {link}https://example.go.th/a?b=1&amp;c=2</a>. นะ<br>บรรทัดสอง</p>\n<p>ย่อหน้าใหม่ 1 &lt; 2</p>"
    )
    assert typed_of(comment.body) == text


def test_a_visitors_comment_is_held_and_no_address_is_kept(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee], allows_anonymous=True)
    comment = make_comment(conversation, None, "ขอบคุณ", name=" ผ่านมา\u200b ")
    assert (comment.is_held, comment.by_name, comment.by) == (True, "ผ่านมา", None)
    assert _verbs() == ["comment.held"]
    with pytest.raises(Refused):
        make_comment(make_conversation(), None)


def test_under_a_guard_all_but_the_host_wait(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee], guard=Guard.HELD)
    assert make_comment(conversation, cast.somchai).is_held is True
    assert make_comment(conversation, cast.steward).is_held is True
    assert make_comment(conversation, cast.malee).is_held is False


def test_a_double_tap_is_one_comment(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    first = make_comment(conversation, cast.somchai, "เห็นด้วย", client_key="k1")
    assert make_comment(conversation, cast.somchai, "เห็นด้วย", client_key="k1") == first
    assert Comment.objects.count() == 1
    assert _verbs() == ["comment.made"]


def test_the_same_key_with_other_words_or_of_somebody_else_loses_nothing(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    make_comment(conversation, cast.somchai, "เห็นด้วย", client_key="k1")
    make_comment(conversation, cast.somchai, "กลับมาเขียนใหม่", client_key="k1")
    make_comment(conversation, cast.malee, "เห็นด้วย", client_key="k1")
    assert sorted(Comment.objects.values_list("body", "client_key")) == [
        ("<p>กลับมาเขียนใหม่</p>", ""),
        ("<p>เห็นด้วย</p>", ""),
        ("<p>เห็นด้วย</p>", "k1"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_taps_that_race_are_one_comment_and_one_appreciation(tmp_path: Path) -> None:
    host, somchai = make_person("มาลี", "ใจงาม"), make_person("สมชาย", "ศรีสุข")
    conversation = make_conversation(hosts=[host])
    file = tmp_path / "race.sqlite3"
    if connection.vendor == "sqlite":
        # Connections share a database in memory without waiting for one another; as a file they behave as in use.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        # Turning the write-ahead log on needs the file for oneself; in use, setting up has done it.
        with closing(sqlite3.connect(file)) as copied:
            copied.execute("PRAGMA journal_mode=WAL")
    start = threading.Barrier(4)
    made: list[int] = []
    given: list[int] = []
    left: list[tuple[int, int]] = []

    def tap() -> None:
        if connection.vendor == "sqlite":
            connection.settings_dict = {**connection.settings_dict, "NAME": str(file)}
        try:
            start.wait(20)
            made.append(make_comment(conversation, somchai, "พร้อมกัน", client_key="k2").pk)
            row = actions.appreciate(
                by=somchai, saw="เห็น", effect="ดี", conversation=conversation, client_key="k3"
            )
            given.append(row.pk)
            left.append((Comment.objects.count(), Entry.objects.count()))
        finally:
            connection.close()

    taps = [threading.Thread(target=tap) for _ in range(4)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert (len(made), len(set(made)), len(given), len(set(given))) == (4, 1, 4, 1)
    assert left[-1] == (1, 2)


def test_a_reply_answers_a_comment_of_the_same_conversation(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    first = make_comment(conversation, cast.malee)
    assert make_comment(conversation, cast.somchai, answers=first).answers == first
    with pytest.raises(ValidationError):
        make_comment(make_conversation(), cast.somchai, answers=first)
    with pytest.raises(Refused):
        make_comment(
            conversation, cast.malee, answers=make_comment(conversation, cast.somchai, answers=first)
        )


def test_only_the_author_rewords_and_readers_see_that_she_did(cast: SimpleNamespace) -> None:
    comment = make_comment(make_conversation(hosts=[cast.malee]), cast.somchai, "เดิม @มาลี ใจงาม")
    moment = timezone.now() + timedelta(hours=1)
    reworded = actions.reword_comment(comment, body="ใหม่ @นภา แก้วดี", by=cast.somchai, at=moment)
    assert (reworded.body, reworded.edited_at) == ("<p>ใหม่ @นภา แก้วดี</p>", moment)
    assert list(Mention.objects.values_list("person", "words")) == [(cast.nurse.pk, "นภา แก้วดี")]
    for other in (cast.malee, cast.steward):
        with pytest.raises(Refused):
            actions.reword_comment(comment, body="ปลอม", by=other)
    assert actions.reword_comment(comment, body="ใหม่ @นภา แก้วดี", by=cast.somchai).edited_at == moment
    assert _verbs() == ["comment.made", "comment.reworded"]


def test_other_words_wait_again_under_a_guard(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee], guard=Guard.HELD)
    comment = actions.release_comment(make_comment(conversation, cast.somchai), by=cast.malee)
    assert comment.is_held is False
    assert actions.reword_comment(comment, body="โฆษณา", by=cast.somchai).is_held is True
    own = make_comment(conversation, cast.malee)
    assert actions.reword_comment(own, body="แก้คำ", by=cast.malee).is_held is False


def test_a_withdrawn_comment_comes_back_for_its_author_alone(cast: SimpleNamespace) -> None:
    comment = make_comment(make_conversation(hosts=[cast.malee]), cast.somchai)
    assert actions.withdraw_comment(comment, by=cast.somchai).is_shown is False
    actions.withdraw_comment(comment, by=cast.somchai)
    with pytest.raises(Refused):
        actions.return_comment(comment, by=cast.malee)
    assert actions.return_comment(comment, by=cast.somchai).is_shown is True
    actions.return_comment(comment, by=cast.somchai)
    assert _verbs() == ["comment.made", "comment.withdrawn", "comment.returned"]


def test_closing_twice_is_one_closing_and_reopening_ends_it(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    closing = actions.close_conversation(conversation, by=cast.malee, because=" พักก่อน ")
    assert closing.because == "พักก่อน"
    assert actions.close_conversation(conversation, by=cast.steward) == closing
    with pytest.raises(Refused):
        make_comment(conversation, cast.somchai)
    with pytest.raises(Refused):
        actions.reopen_conversation(conversation, by=cast.somchai)
    actions.reopen_conversation(conversation, by=cast.malee)
    actions.reopen_conversation(conversation, by=cast.malee)
    assert make_comment(conversation, cast.somchai).is_shown is True
    assert _verbs() == ["conversation.closed", "conversation.reopened", "comment.made"]
    assert Closing.objects.filter(reopened_at__isnull=True).count() == 0


def test_guarding_takes_only_what_is_known(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee])
    actions.guard_conversation(conversation, guard=Guard.HELD, by=cast.malee)
    actions.guard_conversation(conversation, guard=Guard.HELD, by=cast.malee)
    conversation.refresh_from_db()
    assert conversation.guard == Guard.HELD
    assert _verbs() == ["conversation.guarded"]
    with pytest.raises(ValidationError):
        actions.guard_conversation(conversation, guard="shut", by=cast.malee)
    with pytest.raises(Refused):
        actions.guard_conversation(conversation, guard=Guard.OPEN, by=cast.somchai)


def test_a_host_hides_and_shows_and_the_stewards_have_the_last_word(cast: SimpleNamespace) -> None:
    comment = make_comment(make_conversation(hosts=[cast.malee]), cast.somchai)
    with pytest.raises(Refused):
        actions.hide_comment(comment, by=cast.nurse)
    actions.hide_comment(comment, by=cast.malee, because="พูดถึงคนไข้")
    assert comment.hidings.get(undone_at__isnull=True).because == "พูดถึงคนไข้"
    assert actions.show_comment(comment, by=cast.malee).is_shown is True
    actions.hide_comment(comment, by=cast.malee)
    actions.hide_comment(comment, by=cast.steward, because="ชื่อคนไข้")
    with pytest.raises(Refused):
        actions.show_comment(comment, by=cast.malee)
    assert actions.show_comment(comment, by=cast.steward).is_shown is True
    assert comment.hidings.filter(undone_at__isnull=True).count() == 0
    assert _verbs() == [
        "comment.made", "comment.hidden", "comment.shown", "comment.hidden", "comment.hidden_by_stewards",
        "comment.shown",
    ]  # fmt: skip


def test_hiding_a_held_comment_ends_its_waiting(cast: SimpleNamespace) -> None:
    conversation = make_conversation(hosts=[cast.malee], allows_anonymous=True)
    comment = make_comment(conversation, None)
    actions.hide_comment(comment, by=cast.malee)
    assert (comment.is_held, comment.is_shown) == (False, False)


def test_bringing_in_is_once_for_each_source_and_flattens_deep_answers(cast: SimpleNamespace) -> None:
    conversation = make_conversation()
    moment = timezone.now() - timedelta(days=6000)

    def bring(key: str, answers: Comment | None = None, body: str = "<p>ดี<script>x</script></p>") -> Comment:
        return actions.bring_comment(
            conversation,
            origin_key=key,
            body=body,
            author_name="ครูอ้อ",
            made_at=moment,
            by=cast.malee,
            answers=answers,
        )

    first = bring("a")
    assert (first.body, first.by_name, first.by, first.made_at) == ("<p>ดี</p>", "ครูอ้อ", None, moment)
    assert bring("a") == first
    second = bring("b", first, "หนึ่ง\nสอง")
    assert second.body == "<p>หนึ่ง<br>สอง</p>"
    assert bring("c", second).answers == first
    assert bring("d", body="<script>x</script>").body == "<p>…</p>"
    with pytest.raises(Refused):
        actions.bring_comment(
            conversation, origin_key="e", body="ดี", author_name="", made_at=None, by=cast.waiting
        )
    assert _verbs() == ["comment.brought"] * 4


def test_reading_notices_is_ones_own(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused):
        actions.read_notices(cast.malee, by=cast.steward)
    assert actions.read_notices(cast.malee, by=cast.malee) == 0


def test_an_actions_row_and_its_journal_line_are_one(cast: SimpleNamespace) -> None:
    comment = put_comment(make_conversation(hosts=[cast.malee]), cast.somchai, is_held=True)
    actions.release_comment(comment, by=cast.malee)
    actions.release_comment(comment, by=cast.malee)
    assert _verbs() == ["comment.released"]
