"""The main job on real input: the founding note comes in, is read, found, appreciated and answered."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Place

NOTE = Path(__file__).resolve().parents[3] / "shared" / "inputs" / "gotoknow-75052.txt"
TITLE = "ชื่นใจที่ KM เป็นเครื่องมือปรับเปลี่ยนกระบวนทัศน์ วัฒนธรรม และค่านิยมของหน่วยราชการ"
TAGS = ["กพร.", "km-ภาคราชการ", "kmราชการ", "ปรับเปลี่ยนกระบวนทัศน์"]
OLD_ADDRESSES = ["/posts/75052", "/blog/x/75052", "/archive/2007/01/29/10/25/00/e75052"]

pytestmark = pytest.mark.skipif(not NOTE.exists(), reason="needs the founding note in ../shared/inputs")


def bring_in(place: Place, name: str) -> dict[str, Any]:
    """Bring the note in as its keeper does, and return the report."""
    report = place.folder / name
    steward = "steward@demo.prakai.example"
    place.command("import", str(NOTE), "--as", steward, "--rights", "held", "--report", str(report))
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def report(place: Place) -> dict[str, Any]:
    """The report of the first time that the note comes in."""
    return bring_in(place, "report.json")


def test_the_report_tells_what_came_in(report: dict[str, Any]) -> None:
    (item,) = report["items"]
    assert report["counts"] == {"added": 1, "changed": 0, "unchanged": 0, "broken": 0}
    assert {name: item[name] for name in ("number", "title", "author", "notebook", "tags", "comments")} == {
        "number": 75052,
        "title": TITLE,
        "author": None,
        "notebook": "KMI Thailand",
        "tags": TAGS,
        "comments": 0,
    }
    assert item["written_at"] == "2007-01-29T10:25:00+07:00"
    assert item["edited_at"] == "2012-06-22T10:34:00+07:00"
    assert item["reads"] is None
    assert item["dates"] == ["2007-01-25"]


def test_it_is_read_and_found(report: dict[str, Any], window: Callable[..., Any]) -> None:
    visitor = window()
    visitor.goto("/notes/75052")
    assert re.search(r"/notes/75052-", visitor.url)
    assert visitor.get_by_role("heading", level=1).inner_text() == TITLE
    prose = visitor.locator(".prose")
    assert prose.get_by_text("เวทีแลกเปลี่ยนเรียนรู้ในวันนี้จึงเป็นมิติใหม่").is_visible()
    assert prose.get_by_text("วิจารณ์ พานิช").is_visible()
    assert prose.locator("p").count() >= 7
    assert prose.locator("ol > li").count() == 3
    assert prose.locator("ol > li").nth(1).inner_text().endswith("เน้น Experience Sharing")
    # Those of the page itself, which keep a dot with the word before it, stand beneath the note.
    assert "\u00a0" not in visitor.locator("article.note").inner_text()
    assert visitor.get_by_text("สงวนสิทธิ์ทุกประการ").first.is_visible()
    assert visitor.locator(".note-head").get_by_text("29 มกราคม 2550").is_visible()
    address = visitor.url
    for old in OLD_ADDRESSES:
        visitor.goto(old)
        assert visitor.url == address
    for tag in TAGS:
        visitor.goto(address)
        visitor.get_by_role("link", name=re.compile(rf"# ?{re.escape(tag)}$")).click()
        assert visitor.get_by_role("heading", level=1).inner_text() == f"#{tag}"
        visitor.get_by_role("link", name=TITLE).first.click()
        assert visitor.url == address
    visitor.goto("/search")
    visitor.locator("input[type=search]").fill("75052")
    visitor.locator("input[type=search]").press("Enter")
    assert visitor.get_by_role("main").get_by_role("link", name=TITLE).first.is_visible()


@pytest.mark.parametrize(("role", "scripts"), [("reader", True), ("facilitator", False)])
def test_it_is_appreciated_and_answered(
    report: dict[str, Any], window: Callable[..., Any], role: str, scripts: bool
) -> None:
    reader = window(role=role, scripts=scripts, wide=scripts)
    reader.goto("/notes/75052")
    address = reader.url
    reader.get_by_role("link", name="ให้คำชื่นชม").first.click()
    saw = f"เห็นว่าของดีมีอยู่แล้วในหน่วยงาน ไม่ต้องสั่งจากข้างบน ({role})"
    reader.get_by_role("textbox", name="ฉันเห็นอะไร").fill(saw)
    reader.get_by_role("textbox", name="เกิดผลอะไร").fill("ทำให้กล้าเริ่มจากห้องของตัวเอง")
    reader.get_by_role("checkbox", name="อยากไปเรียนรู้เรื่องนี้").check()
    reader.get_by_role("button", name="มอบคำชื่นชม").click()
    reader.wait_for_url(re.compile(r"/notes/75052-"))
    praise = reader.locator(".appreciation").filter(has_text=saw)
    assert praise.count() == 1
    assert praise.get_by_text("อยากไปเรียนรู้").is_visible()

    reader.goto(address)
    words = f"อ่านแล้วอยากจัดเวทีทั้งวัน มี AAR สามชั่วโมงครับ ({role})"
    reader.get_by_role("textbox", name="ความเห็นของคุณ").fill(words)
    reader.get_by_role("button", name="ส่งความเห็น").click()
    said = reader.locator("article.comment").filter(has_text=words)
    said.first.wait_for()
    reader.goto(address)
    assert said.count() == 1

    visitor = window()
    visitor.goto("/posts/75052")
    assert visitor.get_by_text(words).is_visible()
    assert visitor.get_by_text(saw).is_visible()


def test_coming_in_again_changes_nothing(report: dict[str, Any], place: Place) -> None:
    assert bring_in(place, "again.json")["counts"] == {
        "added": 0,
        "changed": 0,
        "unchanged": 1,
        "broken": 0,
    }
