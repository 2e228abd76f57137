"""A whole forum in Thai, from its template to its report: a host, a recorder, a projector, and a hall of phones."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.journeys.forum_day import (
    GUEST,
    LISTED,
    MEMBER,
    PATIENCE,
    SPARKS,
    TELLER,
    WALKED_IN,
    Forum,
    bare,
    begin_next_phase,
    bring_forward,
    come_to_the_review,
    come_to_the_wall,
    fill,
    let_in,
    reveal,
    said_by_queue,
    send,
    sparks_on,
    thai_day,
    words_of,
    words_of_paper,
    write,
)

Open = Callable[..., Any]

TITLE = "เวทีคนหน้าด่าน: บ่ายวันศุกร์ที่ไม่มีใครรอเก้อ"
PURPOSE = "ให้คนที่มาถึงบ่ายวันศุกร์ได้เรื่องกลับบ้านทุกคน"
CAME = 13
STORY = "กุญแจสำรองที่แขวนไว้หลังป้าย"
NUGGET = "ผมทำกุญแจเพิ่มสามดอก แล้วเขียนไว้ที่ป้ายว่าบ้านไหนถืออยู่"
CORE = "ให้เรื่องเดินต่อได้แม้คนเฝ้าไม่อยู่"
WALL = "อะไรที่คุณจะเล่าให้คนที่บ้านฟังเย็นนี้"
OFFLINE, TWICE = 3, 5
WENT_WELL, FELL_SHORT = "อะไรที่ได้ตามที่หวังหรือเกินหวัง", "อะไรที่ได้น้อยกว่าที่หวัง"
TO_CHANGE = "อยากให้ปรับอะไร"
HEARD = ["ได้ฟังคนด่านเล่ายาว ๆ เป็นครั้งแรก", "คนด่านเล่า คนประปาต่อเรื่องให้เลย"]
MISSED = "วงบ่ายสั้นไป ยังไม่ถึงตอนจบ"
PATTERN = "ได้ฟังคนที่ไม่เคยมีใครถาม"
NEXT_TIME = "ขอให้คนที่มารอจริง ๆ มานั่งด้วยสักคน"
PROMISE = "จะวางเก้าอี้ไว้หน้าด่านหนึ่งตัว"
PROMISED = 5


def test_a_whole_forum_from_its_template_to_its_report(window: Open) -> None:
    """One story; each part stands on the one before it."""
    host = window(wide=True, role="facilitator")
    forum = a_day_is_laid_out_from_the_template_and_announced(host, window)
    people_register_and_others_are_entered(host, forum, window)
    the_day_comes_and_everybody_is_let_in(host, forum)
    circles_are_laid_and_each_sees_her_own(host, forum, window)
    recorder = window(role="writer")
    a_story_is_written_down_on_a_phone(recorder, forum)
    its_nugget_comes_under_a_core(recorder, forum)
    projector = the_wall_is_opened_and_shown(host, forum, window)
    phones = [window() for _ in SPARKS]
    each_spark_is_on_the_projector_exactly_once(phones, projector, forum)
    the_phones_write_in_silence(host, phones, forum)
    what_they_wrote_is_revealed_and_put_together(host, phones, recorder, forum)
    they_promise_to_themselves_and_the_review_ends(host, phones, forum)
    the_forum_is_closed(host, forum)
    the_harvest_holds_what_was_said_on_screen_and_on_paper(host, forum)
    who_was_not_there_reads_less(window(), forum)


def a_day_is_laid_out_from_the_template_and_announced(host: Any, window: Open) -> Forum:
    host.goto("/forums")
    host.get_by_role("link", name="เตรียมเวทีใหม่").click()
    host.wait_for_url("**/forums/new")
    tomorrow = timezone.localdate() + timedelta(days=1)
    fill(host, title=TITLE, purpose=PURPOSE, first_on=thai_day(tomorrow), place="ศาลาหน้าด่าน")
    assert host.locator("[name=agenda][value=whole-day]").is_checked()
    send(host, "เริ่มเตรียมเวที")
    found = re.search(r"/forums/\d+", host.url)
    assert found is not None
    forum = Forum(found[0])
    assert host.get_by_role("heading", level=1).inner_text() == TITLE
    assert host.locator(".forum-blocks > li").count() == 11
    # The template has nothing that the meter would warn of.
    assert host.locator(".forum-meter .notice-warn").count() == 0
    assert host.locator(".forum-meter .notice-good").count() == 1
    assert window().goto(forum.at).status == 404
    host.goto(f"{forum.at}/roles")
    fill(host, name="writer@demo.prakai.example")
    host.locator("main [name=kind]").select_option("recorder")
    send(host, "มอบบทบาท")
    assert "มาลี ใจงาม" in host.locator("section[aria-labelledby=role-recorder]").inner_text()
    host.goto(forum.at)
    send(host, "ประกาศเวที")
    return forum


def people_register_and_others_are_entered(host: Any, forum: Forum, window: Open) -> None:
    guest = window()
    guest.goto("/forums")
    guest.get_by_role("link", name=TITLE).first.click()
    guest.locator("main").get_by_role("link", name="ลงทะเบียน").first.click()
    fill(guest, name=GUEST, unit_words="กลุ่มแม่บ้านหน้าด่าน")
    guest.locator("main [name=is_listed]").check()
    send(guest, "ขอร่วมเวที")
    assert guest.locator("#seat-name").inner_text() == GUEST
    assert guest.get_by_text("คุณได้ที่นั่งแล้ว").is_visible()

    member = window(role="reader")
    member.goto(f"{forum.at}/register")
    assert MEMBER in member.locator("main [name=name]").input_value()
    send(member, "ขอร่วมเวที")

    host.goto(f"{forum.at}/people/many")
    fill(host, lines=LISTED)
    send(host, "เพิ่มทั้งหมดเข้ารายชื่อ")
    assert host.locator(".people-sums dd").first.inner_text() == str(CAME - 1)


def the_day_comes_and_everybody_is_let_in(host: Any, forum: Forum) -> None:
    bring_forward(host, forum, timezone.localdate())
    let_in(host, forum)
    walk_in = host.locator(".people-walk-in")
    walk_in.locator("[name=name]").fill(WALKED_IN)
    with host.expect_navigation():
        walk_in.get_by_role("button").click()
    assert host.get_by_text(f"{WALKED_IN} มาถึงแล้ว").first.is_visible()
    assert host.locator(".people-sums dd").nth(2).inner_text() == str(CAME)


def circles_are_laid_and_each_sees_her_own(host: Any, forum: Forum, window: Open) -> None:
    member = window(role="reader")
    host.goto(f"{forum.at}/circles/new")
    host.locator("main [name=wished]").select_option("6")
    fill(host, question="เล่าบ่ายวันศุกร์ที่คนได้เรื่องกลับบ้าน เพราะอะไรที่เราทำ")
    host.locator("main [name=only_arrived]").check()
    send(host, "จัดวง")
    assert host.locator(".circle-box[data-circle]").count() == 2
    assert host.locator(".circle-box[data-circle] ol > li").count() == CAME
    member.goto(f"{forum.at}/circles")
    assert member.locator(".circle-ticket").count() == 0
    send(host, "เปิดให้ทุกคนเห็นวงของตน")
    member.goto(f"{forum.at}/circles")
    member.locator(".circle-ticket").click()
    member.locator(".circle-title").wait_for()
    assert MEMBER in " ".join(member.locator(".circle-name").all_inner_texts())


def a_story_is_written_down_on_a_phone(recorder: Any, forum: Forum) -> None:
    recorder.goto(f"{forum.at}/stories")
    recorder.get_by_role("link", name="จดเรื่องเล่า").click()
    recorder.wait_for_url("**/stories/new")
    fill(
        recorder,
        teller=TELLER,
        title=STORY,
        situation="บ่ายวันศุกร์คนถือกุญแจออกไปงานศพ ชาวบ้านนั่งรอหน้าที่ทำการจนค่ำ",
        what_we_did=f"{NUGGET}\n\nแล้วเดินไปบอกทีละบ้านว่าใครมาขอก็เปิดให้เลย",
        what_changed="บ่ายวันศุกร์ไม่มีใครนั่งรอเก้ออีก",
        advice="เริ่มจากกุญแจดอกเดียวก่อน",
    )
    recorder.locator("main [name=allows_quotes]").check()
    recorder.get_by_role("button", name="เก็บเรื่องนี้", exact=True).click()
    recorder.wait_for_url(re.compile(r"/stories/\d+$"))
    assert recorder.locator(".story-title").inner_text() == STORY


def its_nugget_comes_under_a_core(recorder: Any, forum: Forum) -> None:
    recorder.locator("summary", has_text="ทำเครื่องหมายประโยค").click()
    for box in recorder.locator("#mark label", has_text=re.compile("ผมทำกุญแจเพิ่ม|บ้านไหนถืออยู่")).all():
        box.locator("input").check()
    send(recorder, "รวมเป็นข้อเดียว")
    assert recorder.locator("mark.nugget").all_inner_texts() == [NUGGET]
    recorder.goto(f"{forum.at}/cores")
    recorder.locator(".nugget-card input").check()
    fill(recorder, title=CORE)
    send(recorder, "จัดเข้ากลุ่ม")
    core = recorder.locator("section.core", has_text=CORE)
    assert core.locator(".nugget-words").all_inner_texts() == [NUGGET]
    core.get_by_role("link", name=STORY).click()
    recorder.locator(".story-title").wait_for()


def the_wall_is_opened_and_shown(host: Any, forum: Forum, window: Open) -> Any:
    host.goto(f"{forum.at}/wall/keep")
    host.locator("summary", has_text="คำถาม").click()
    fill(host, question=WALL)
    send(host, "บันทึก")
    send(host, "เปิดกระดาน")
    forum.code = host.locator(".wall-code-said").inner_text()
    projector = window(wide=True)
    projector.goto(f"{forum.at}/wall")
    assert projector.get_by_role("heading", level=1).inner_text() == WALL
    assert projector.locator(".screen-code").inner_text() == forum.code
    assert projector.get_by_role("img", name="คิวอาร์โค้ดเข้ากระดาน").is_visible()
    return projector


def each_spark_is_on_the_projector_exactly_once(phones: list[Any], projector: Any, forum: Forum) -> None:
    """All throw at once; one has no network just then, one is tapped twice."""
    for place, phone in enumerate(phones):
        come_to_the_wall(phone, forum.code.upper() if place % 2 else f" {forum.code[:2]} {forum.code[2:]}")
        phone.locator("#throw textarea").fill(SPARKS[place])
    phones[OFFLINE].context.set_offline(True)
    for place, phone in enumerate(phones):
        thrown = phone.locator("#throw button[type=submit]")
        if place == TWICE:
            thrown.dblclick()
        else:
            thrown.click()
    phones[OFFLINE].locator("#queue [role=status]", has_text="รอส่ง 1").wait_for()
    there = sparks_on(projector, len(SPARKS) - 1)
    assert there == sorted(words for place, words in enumerate(SPARKS) if place != OFFLINE)
    phones[OFFLINE].context.set_offline(False)
    for phone in phones:
        said_by_queue(phone, "arrived")
    assert sparks_on(projector, len(SPARKS)) == sorted(SPARKS)
    for phone in (phones[0], phones[OFFLINE], phones[TWICE]):
        assert sparks_on(phone, len(SPARKS)) == sorted(SPARKS)
    # As the place keeps it, read anew.
    projector.reload()
    assert sparks_on(projector, len(SPARKS)) == sorted(SPARKS)


def the_phones_write_in_silence(host: Any, phones: list[Any], forum: Forum) -> None:
    host.goto(f"{forum.at}/review")
    send(host, "เตรียมการทบทวน")
    assert begin_next_phase(host, forum) == "เขียนเงียบ ๆ"
    for number, phone in enumerate(phones[:PROMISED], 1):
        come_to_the_review(phone, forum, f"คนที่ {number}")
    write(phones[0], forum, 2, HEARD[0])
    write(phones[1], forum, 2, HEARD[1])
    write(phones[2], forum, 3, MISSED)
    for other in (host, phones[3]):
        other.goto(f"{forum.at}/review")
        assert [words in words_of(other) for words in (*HEARD, MISSED)] == [False, False, False]
    host.goto(f"{forum.at}/review")
    assert host.locator(".review-turns > li").count() == PROMISED


def what_they_wrote_is_revealed_and_put_together(
    host: Any, phones: list[Any], recorder: Any, forum: Forum
) -> None:
    assert begin_next_phase(host, forum) == "พูดรอบวง"
    reveal(host, forum, WENT_WELL)
    reveal(host, forum, FELL_SHORT)
    phones[3].goto(f"{forum.at}/review")
    assert [words in words_of(phones[3]) for words in (*HEARD, MISSED)] == [True, True, True]
    assert begin_next_phase(host, forum) == "เรื่องที่พูดตรงกัน"
    recorder.goto(f"{forum.at}/review/patterns")
    group = recorder.locator("form", has=recorder.locator("#new-exceeded"))
    for words in HEARD:
        group.locator("label", has_text=words).locator("input").check()
    group.locator("#new-exceeded").fill(PATTERN)
    with recorder.expect_navigation():
        group.get_by_role("button").click()
    # What fell short stands beside what went well.
    beside = recorder.locator(".review-beside")
    assert beside.locator(".review-pattern summary strong").all_inner_texts() == [PATTERN]
    assert sorted(beside.locator(".review-pattern blockquote").all_inner_texts()) == sorted(HEARD)
    assert beside.get_by_text(MISSED).first.is_visible()


def they_promise_to_themselves_and_the_review_ends(host: Any, phones: list[Any], forum: Forum) -> None:
    assert begin_next_phase(host, forum) == "สัญญาใจ"
    for number, phone in enumerate(phones[:PROMISED]):
        write(
            phone, forum, 5, f"{PROMISE} ตัวที่ {number}", button="เก็บสัญญาใจ", first_step="ยกมาจากห้องเก็บของเย็นนี้"
        )
    host.goto(f"{forum.at}/review")
    # How many there are is not told while they come in: who watches would see each one come.
    assert (PROMISE in words_of(host), "อย่างน้อย" in words_of(host)) == (False, False)
    assert begin_next_phase(host, forum) == "ปรับปรุงเวที"
    write(phones[4], forum, 4, NEXT_TIME)
    reveal(host, forum, TO_CHANGE)
    assert begin_next_phase(host, forum) == "ปิดวงด้วยกัน"
    send(host, "จบช่วงนี้")
    assert host.locator(".review-phases [aria-current]").count() == 0


def the_forum_is_closed(host: Any, forum: Forum) -> None:
    host.goto(f"{forum.at}/wall/keep")
    send(host, "ปิดกระดาน")
    host.goto(f"{forum.at}/harvest")
    send(host, "เก็บเกี่ยวเสร็จแล้ว")
    assert host.locator(".forum-when .mark-leaf").inner_text() == "เก็บเกี่ยวแล้ว"


def the_harvest_holds_what_was_said_on_screen_and_on_paper(host: Any, forum: Forum) -> None:
    host.goto(f"{forum.at}/harvest")
    page = words_of(host)
    told = [PURPOSE, STORY, NUGGET, CORE, *SPARKS, PATTERN, *HEARD, MISSED, NEXT_TIME, GUEST]
    assert [words for words in told if words not in page] == []
    assert host.locator(".harvest-sums dd").first.inner_text() == str(CAME)
    report = host.context.request.get(f"{forum.at}/harvest.pdf?lang=th", timeout=PATIENCE)
    assert (report.status, report.headers["content-type"]) == (200, "application/pdf")
    paper = words_of_paper(report.body())
    assert [words for words in (TITLE, *told) if bare(words) not in paper] == []
    # A promise stays with the one who made it; all who wrote made one, so that even their number would tell of each.
    assert (PROMISE in page, bare(PROMISE) in paper) == (False, False)
    assert "สัญญาใจอย่างน้อย" not in page


def who_was_not_there_reads_less(stranger: Any, forum: Forum) -> None:
    stranger.goto(f"{forum.at}/harvest")
    page = words_of(stranger)
    assert [words in page for words in (STORY, CORE, SPARKS[0])] == [True, True, True]
    assert [words in page for words in (*HEARD, MISSED, NEXT_TIME, PROMISE)] == [False] * 5
