"""A newcomer's first five minutes: from nothing to a story of her own that somebody answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any


def test_a_newcomer_reads_tells_and_is_answered(window: Callable[..., Any]) -> None:
    visitor = window()
    visitor.goto("/")
    assert visitor.locator("html").get_attribute("lang") == "th"
    assert visitor.get_by_text("ข้อมูลสมมติ").first.is_visible()
    assert visitor.get_by_role("heading", name="ประกายวันนี้").is_visible()
    assert visitor.get_by_role("heading", name="รอคำทักทายแรก").is_visible()
    visitor.get_by_role("link", name="ม้านั่งตอนหกโมงเช้า กับบัตรสามสีหน้าห้องตรวจ").first.click()
    assert visitor.get_by_role("heading", level=1).inner_text() == "ม้านั่งตอนหกโมงเช้า กับบัตรสามสีหน้าห้องตรวจ"
    assert visitor.get_by_text("ต่อยอด").first.is_visible()

    writer = window(role="writer")
    writer.goto("/write")
    writer.get_by_role("link", name=re.compile("อนุทิน")).first.click()
    writer.locator("[name=title]").fill("เก้าอี้ตัวที่สามริมหน้าต่าง")
    _write_body(writer, "เช้านี้ย้ายเก้าอี้ไปริมหน้าต่าง คุณยายบอกว่าเห็นรถสองแถวแล้วใจไม่ร้อน")
    writer.get_by_role("button", name=re.compile("เผยแพร่")).first.click()
    writer.wait_for_url(re.compile(r"/notes/\d+-"))
    address = writer.url
    assert writer.get_by_role("heading", level=1).inner_text() == "เก้าอี้ตัวที่สามริมหน้าต่าง"

    reader = window(role="reader", wide=True)
    reader.goto(address)
    reader.locator("form textarea[name=body]").first.fill("วางเก้าอี้ห่างจากพัดลมเท่าไรครับ อยากลองที่กองช่าง")
    reader.get_by_role("button", name=re.compile("ความเห็น|ส่ง")).first.click()
    assert reader.get_by_text("วางเก้าอี้ห่างจากพัดลมเท่าไรครับ").first.is_visible()

    visitor.goto("/")
    assert visitor.get_by_role("link", name="เก้าอี้ตัวที่สามริมหน้าต่าง").first.is_visible()


def _write_body(page: Any, words: str) -> None:
    """Type into the editor where it has taken over the field, else into the field itself."""
    field = page.locator("textarea[name=body]").first
    editor = page.locator("[contenteditable=true]").first
    if field.is_visible():
        field.click()
    page.wait_for_timeout(500)
    if editor.count() and editor.is_visible():
        editor.click()
        page.keyboard.insert_text(words)
    else:
        field.fill(words)
