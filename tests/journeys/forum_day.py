"""A forum as its people play it in a browser: who comes, what they throw, and the small moves of each of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

import pypdfium2

# A hall of phones on a busy machine: what is waited for comes, but nobody counts the seconds.
PATIENCE = 60_000
WORDS = "#sparks > li blockquote p"

GUEST, MEMBER, WALKED_IN = "ป้าบัวไหล ทองคำ", "สมชาย เดินดี", "ลุงอินถา ผ่านมาพอดี"
TELLER = "จำรัส ปันแก้ว"
LISTED = f"""{TELLER}, ที่ทำการกำนันดอยคำ, สารวัตรกำนัน
วิภา เรือนคำ, สหกรณ์ออมทรัพย์ดอยคำ, พนักงานบัญชี
สุพจน์ ยอดเมือง, ด่านชั่งน้ำหนักดอยคำ
อรวรรณ ต๊ะปัญญา, ห้องสมุดดอยคำ
มานพ ก๋าแก้ว, การประปาดอยคำ
พิมพา ใจหลัก, ไปรษณีย์ดอยคำ
ถนอม คำฟู, ด่านชั่งน้ำหนักดอยคำ
ดารุณี สุขใจ, ห้องสมุดดอยคำ
ณรงค์ อินต๊ะ, การประปาดอยคำ
เพ็ญศรี มาลัย, ไปรษณีย์ดอยคำ"""
SPARKS = [
    "กุญแจดอกเดียวทำให้คนทั้งตำบลต้องรอ",
    "ถามก่อนว่าเขาจะกลับรถเที่ยวไหน",
    "ห้องสมุดเปิดถึงหกโมงเพราะเด็กคนเดียวขอ",
    "น้ำไม่ไหล แต่มีคนโทรมาบอกก่อน",
    "จดหมายถึงมือเพราะหมาจำคนส่งได้",
    "ยังไม่ได้แก้ แต่วันนี้มีคนฟัง",
    "รถบรรทุกจอดรอ คนขับเลยช่วยกวาดด่าน",
    "เงินฝากร้อยบาทแรกของยายได้นับสองครั้ง",
    "พูดว่าไม่รู้ แล้วเดินไปถามด้วยกัน",
    "ป้ายเขียนมือชัดกว่าป้ายพิมพ์",
    "เก้าอี้ว่างตัวหนึ่งไว้ให้คนที่เพิ่งมา",
    "วันนี้คนเงียบที่สุดเล่าจบ",
]


@dataclass(slots=True)
class Forum:
    """The forum of the story: where it stands, and the code on its screen."""

    at: str
    code: str = ""


def send(page: Any, name: str | re.Pattern[str], *, within: str = "main") -> None:
    """Press the button with these words, and wait for the page that answers."""
    by_name = {"name": name} if isinstance(name, re.Pattern) else {"name": name, "exact": True}
    with page.expect_navigation():
        page.locator(within).get_by_role("button", **by_name).first.click()


def fill(page: Any, **words: str) -> None:
    """Write into the fields with these names."""
    for field, said in words.items():
        page.locator(f"main [name={field}]").first.fill(said)


def thai_day(day: date) -> str:
    """Write a day as people in an office do: 27/11/2569."""
    return f"{day.day}/{day.month}/{day.year + 543}"


def words_of(page: Any) -> str:
    """Return everything that can be read on the page."""
    return str(page.locator("main").inner_text())


# ── who hosts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def bring_forward(host: Any, forum: Forum, day: date) -> None:
    """Let the day be ``day``, from its first minute on: whenever this story is played, it has begun."""
    host.goto(f"{forum.at}/agenda")
    own = host.locator(".forum-day details", has=host.locator("[name$='-on']"))
    own.locator("summary").click()
    own.locator("[name$='-on']").fill(thai_day(day))
    own.locator("[name$='-begins_at']").fill("0.00")
    with host.expect_response(lambda answer: "/agenda/days/" in answer.url) as answering:
        own.get_by_role("button", name="บันทึกวัน", exact=True).click()
    assert answering.value.ok


def let_in(host: Any, forum: Forum) -> None:
    """Let everybody in who is still expected, one tap each."""
    host.goto(f"{forum.at}/door")
    expected = host.locator("section[aria-labelledby=found]").get_by_role("button", name=re.compile("^มาแล้ว"))
    while expected.count():
        with host.expect_navigation():
            expected.first.click()


def begin_next_phase(host: Any, forum: Forum) -> str:
    """Move the clock of the review on, and return the name of the phase that runs now."""
    host.goto(f"{forum.at}/review")
    send(host, re.compile("^เริ่มช่วง"))
    return str(host.locator(".review-clock-phase").inner_text())


def reveal(host: Any, forum: Forum, asked: str) -> None:
    """Let all read what was written to this question."""
    host.goto(f"{forum.at}/review")
    question = host.locator(".review-question", has_text=asked)
    with host.expect_navigation():
        question.get_by_role("button", name="เปิดคำตอบข้อนี้ให้ทุกคนอ่าน", exact=True).click()


# ── who holds a phone ───────────────────────────────────────────────────────────────────────────────────────────────


def come_to_the_wall(phone: Any, typed: str) -> None:
    """Come in with the code on the screen, as it was typed; no account."""
    phone.goto("/w")
    fill(phone, code=typed)
    send(phone, "ไปที่กระดาน")
    phone.locator("#throw textarea").wait_for()


def said_by_queue(phone: Any, name: str) -> None:
    """Wait until the phone says of what it threw: ``arrived``."""
    phone.wait_for_function(
        "name => { const queue = document.getElementById('queue');"
        " return queue.querySelector('[role=status]').textContent === queue.dataset[name]; }",
        arg=name,
        timeout=PATIENCE,
    )


def sparks_on(page: Any, count: int) -> list[str]:
    """Wait until so many sparks stand there, and return their words in the order of the alphabet."""
    page.wait_for_function(
        "([place, count]) => document.querySelectorAll(place).length >= count",
        arg=[WORDS, count],
        timeout=PATIENCE,
    )
    return sorted(page.locator(WORDS).all_inner_texts())


def come_to_the_review(phone: Any, forum: Forum, name: str) -> None:
    """Come in by the address beside the code, with a name for the list of turns."""
    phone.goto(f"{forum.at}/review/write?code={forum.code}")
    fill(phone, name=name)
    send(phone, "เริ่มเขียน")


def write(phone: Any, forum: Forum, number: int, words: str, *, button: str = "เก็บข้อนี้", **more: str) -> None:
    """Write to one of the five questions; it stands on the phone as what she has written."""
    phone.goto(f"{forum.at}/review/write")
    with phone.expect_navigation():
        phone.locator(".review-steps a").nth(number - 1).click()
    fill(phone, words=words, **more)
    send(phone, button)
    phone.locator("section[aria-labelledby=mine] blockquote", has_text=words).wait_for()


# ── paper ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def bare(text: str) -> str:
    """Return ``text`` without spaces and ends of lines, its letters in one form: as paper can be compared."""
    return "".join(unicodedata.normalize("NFKD", text).split())


def words_of_paper(content: bytes) -> str:
    """Return the words that can be copied out of a PDF, ``bare``."""
    document = pypdfium2.PdfDocument(content)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return bare(found)
