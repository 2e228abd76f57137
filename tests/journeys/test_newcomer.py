"""A newcomer's first five minutes: from nothing to a story of her own that somebody answers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.journeys.conftest import Place, Windows, open_place

STORY = "ม้านั่งตอนหกโมงเช้า กับบัตรสามสีหน้าห้องตรวจ"
TITLE = "เก้าอี้ตัวที่สามริมหน้าต่าง"
SENTENCES = [
    "ห้องรอของเราร้อน คุณยายลุกเดินไปมาทุกห้านาที",
    "เช้านี้ย้ายเก้าอี้ไปริมหน้าต่าง คุณยายบอกว่าเห็นรถสองแถวแล้วใจไม่ร้อน",
    "ตอนสายฝนตก เน็ตหลุด แต่คำพูดของคุณยายยังอยู่ครบ",
]
ALT = "เก้าอี้ไม้ริมหน้าต่างห้องรอ"
QUESTION = "วางเก้าอี้ห่างจากพัดลมเท่าไรครับ อยากลองที่กองช่าง"
SAW = "เห็นว่าฟังคุณยายก่อนย้ายเก้าอี้"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place of one's own: at the end of this story the demo network leaves it."""
    yield from open_place(tmp_path_factory.mktemp("home"))


@pytest.fixture
def open_window(home: Place, chromium: Any) -> Iterator[Callable[..., Any]]:
    windows = Windows(home, chromium)
    yield windows.open
    windows.close()
    assert windows.troubles == []


def picture() -> dict[str, Any]:
    drawn = BytesIO()
    Image.new("RGB", (640, 480), "#b86e00").save(drawn, "JPEG")
    return {"name": "เก้าอี้.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def test_the_first_five_minutes_of_a_newcomer(home: Place, open_window: Callable[..., Any]) -> None:
    """One story; each part stands on the one before it."""
    a_guest_finds_a_living_place_in_thai_and_in_english(open_window)
    one_click_shows_the_same_place_with_other_tools(open_window)
    she_writes_with_prompts_and_a_picture_and_loses_no_word(open_window)
    others_find_it_answer_and_appreciate_it(open_window)
    the_place_follows_her_wishes(open_window)
    the_demo_network_leaves_and_the_place_stays(home, open_window)


def a_guest_finds_a_living_place_in_thai_and_in_english(open_window: Callable[..., Any]) -> None:
    guest = open_window()
    guest.goto("/")
    assert guest.locator("html").get_attribute("lang") == "th"
    assert guest.get_by_text("ข้อมูลสมมติ").is_visible()
    for heading in ("ประกายวันนี้", "เรื่องที่เพิ่งเล่า", "รอคำทักทายแรก", "วันนี้เมื่อปีก่อน"):
        assert guest.get_by_role("heading", name=heading, exact=True).is_visible(), heading
    guest.get_by_role("link", name="English").click()
    assert guest.get_by_role("heading", level=1).inner_text() == "Good work is already here"
    guest.get_by_role("link", name="ไทย").click()
    assert guest.get_by_role("heading", level=1).inner_text() == "ของดีมีอยู่แล้ว"
    guest.get_by_role("link", name=STORY).first.click()
    assert guest.get_by_role("heading", level=1).inner_text() == STORY
    assert guest.get_by_text("ต่อยอด", exact=True).first.is_visible()


def one_click_shows_the_same_place_with_other_tools(open_window: Callable[..., Any]) -> None:
    guest = open_window(wide=True)
    guest.goto("/")
    for role, name in {"ผู้อ่าน": "ชาย", "ผู้เขียน": "ลี", "คุณอำนวย": "หนวย", "ผู้ดูแล": "ฟ้า"}.items():
        guest.locator(".banner").get_by_role("link", name=role).click()
        assert guest.locator(".site-me").inner_text().split()[-1] == name
        assert guest.locator(".banner [aria-current]").inner_text() == role
    guest.goto("/desk")
    assert guest.get_by_role("link", name="ดูแลการสนทนา").first.is_visible()


def she_writes_with_prompts_and_a_picture_and_loses_no_word(open_window: Callable[..., Any]) -> None:
    writer = open_window(role="writer")
    writer.get_by_role("link", name="เขียน", exact=True).first.click()
    writer.get_by_role("main").get_by_role("link", name="เราทำอย่างไร").click()
    writer.get_by_role("textbox", name="ชื่อเรื่อง").fill(TITLE)
    writer.get_by_role("button", name=re.compile("ใส่เป็นหัวข้อ.*สถานการณ์")).click()
    editor = writer.locator("[contenteditable=true]")
    editor.wait_for()
    type_at_end(writer, SENTENCES[0])
    writer.get_by_role("button", name=re.compile("ใส่เป็นหัวข้อ.*อะไรเปลี่ยนไป")).click()
    type_at_end(writer, SENTENCES[1])
    said(writer, "บันทึกแล้ว")

    writer.locator("input[type=file]").first.set_input_files(picture())
    writer.locator(".uploads input").last.fill(ALT)
    writer.locator(".uploads input").last.press("Tab")
    editor.locator(f"img[alt='{ALT}']").wait_for()

    writer.context.set_offline(True)
    type_at_end(writer, SENTENCES[2])
    said(writer, "เก็บไว้ใน")
    writer.context.set_offline(False)
    said(writer, "บันทึกแล้ว")

    writer.goto("/write")
    writer.get_by_role("link", name=TITLE).first.click()
    assert all(sentence in writer.get_by_role("main").inner_text() for sentence in SENTENCES)
    writer.get_by_role("button", name="เผยแพร่").last.click()
    writer.wait_for_url(re.compile(r"/notes/\d+-"))
    assert writer.get_by_role("heading", level=1).inner_text() == TITLE
    prose = writer.locator(".prose")
    assert prose.get_by_role("heading").all_inner_texts() == ["สถานการณ์", "อะไรเปลี่ยนไป"]
    assert all(prose.get_by_text(sentence).count() == 1 for sentence in SENTENCES)
    shown = prose.get_by_role("img", name=ALT)
    assert shown.evaluate("picture => picture.complete && picture.naturalWidth") == 640


def said(page: Any, words: str) -> None:
    """Wait until the line under the text says so."""
    page.locator("[data-saved]", has_text=words).wait_for()


def type_at_end(page: Any, words: str) -> None:
    """Type as somebody does who goes on where the text ends."""
    page.locator("[contenteditable=true]").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def others_find_it_answer_and_appreciate_it(open_window: Callable[..., Any]) -> None:
    reader = open_window(role="reader", wide=True)
    reader.get_by_role("link", name=TITLE).first.click()
    reader.get_by_role("textbox", name="ความเห็นของคุณ").fill(QUESTION)
    reader.get_by_role("button", name="ส่งความเห็น").click()
    reader.locator("article.comment").filter(has_text=QUESTION).first.wait_for()
    reader.get_by_role("link", name="ให้คำชื่นชม").first.click()
    reader.get_by_role("textbox", name="ฉันเห็นอะไร").fill(SAW)
    reader.get_by_role("textbox", name="เกิดผลอะไร").fill("กล้าถามคนที่นั่งรอก่อนซื้อพัดลมตัวใหม่")
    reader.get_by_role("button", name="มอบคำชื่นชม").click()
    reader.wait_for_url(re.compile(r"/notes/\d+-"))
    assert reader.locator(".appreciation").filter(has_text=SAW).count() == 1

    writer = open_window(role="writer")
    writer.goto("/desk")
    writer.get_by_role("link", name=re.compile("มีคนตอบฉัน.*ใหม่")).click()
    assert writer.get_by_text(QUESTION).is_visible()
    assert writer.get_by_text(SAW).first.is_visible()
    guest = open_window()
    guest.goto("/")
    assert guest.get_by_role("link", name=TITLE).first.is_visible()


def the_place_follows_her_wishes(open_window: Callable[..., Any]) -> None:
    writer = open_window(role="writer", wide=True)
    writer.goto("/settings/preferences")
    writer.get_by_role("radio", name="๑ ๒ ๓").check()
    writer.get_by_role("radio", name="มืดเสมอ").check()
    writer.get_by_role("button", name="บันทึก").last.click()
    writer.goto("/notes/37")
    assert writer.locator("html").get_attribute("data-theme") == "dark"
    assert writer.locator("body").evaluate("b => getComputedStyle(b).backgroundColor") == "rgb(25, 26, 29)"
    assert re.search("[๐-๙]{4}", writer.locator(".note-head time").first.inner_text())


def the_demo_network_leaves_and_the_place_stays(home: Place, open_window: Callable[..., Any]) -> None:
    home.command("demo", "remove")
    assert demo_rows(home.folder / "prakai.sqlite3") == {}
    guest = open_window()
    guest.goto("/")
    assert guest.get_by_role("heading", level=1).inner_text() == "ของดีมีอยู่แล้ว"
    assert guest.locator(".banner").count() == 0
    assert guest.get_by_text(STORY).count() == 0
    for page in ("/units", "/people", "/tags", "/search?q=น้ำ", "/feeds/all.atom", "/accounts/signup/"):
        assert guest.goto(page).ok, page
    assert guest.goto("/notes/37").status == 404


def demo_rows(file: Path) -> dict[str, int]:
    """Return, by table, the rows that the demo network left: those marked, and those that only it can have made."""
    rows = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    tables = [name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    left: dict[str, int] = {}
    for table in tables:
        if not table.startswith(("units_", "people_", "notes_", "talk_", "account_")):
            continue
        (count,) = rows.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if count:
            left[table] = count
    rows.close()
    return left
