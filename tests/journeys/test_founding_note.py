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


@pytest.mark.skipif(not NOTE.exists(), reason="needs the founding note in ../shared/inputs")
def test_the_founding_note_comes_in_and_is_talked_about(place: Place, window: Callable[..., Any]) -> None:
    report = place.folder / "report.json"
    place.command(
        "import",
        str(NOTE),
        "--as",
        "steward@demo.prakai.example",
        "--rights",
        "held",
        "--report",
        str(report),
    )
    item = json.loads(report.read_text())["items"][0]
    assert item["number"] == 75052
    assert item["written_at"] == "2007-01-29T10:25:00+07:00"
    assert item["reads"] is None

    visitor = window()
    visitor.goto("/posts/75052")
    assert re.search(r"/notes/75052-", visitor.url)
    assert visitor.get_by_role("heading", level=1).inner_text() == TITLE
    assert visitor.get_by_text("เวทีแลกเปลี่ยนเรียนรู้ในวันนี้จึงเป็นมิติใหม่").first.is_visible()
    assert (
        visitor.locator("article ol li, .prose ol li, main ol li")
        .filter(has_text="Experience Sharing")
        .count()
        == 1
    )
    assert "\u00a0" not in visitor.locator("main").inner_html()

    visitor.get_by_role("link", name=re.compile(r"ปรับเปลี่ยนกระบวนทัศน์$")).first.click()
    assert re.search(r"/tags/\d+-", visitor.url)
    assert visitor.get_by_role("link", name=TITLE).first.is_visible()

    reader = window(role="reader", wide=True)
    reader.goto("/blog/thaikm/75052")
    assert re.search(r"/notes/75052-", reader.url)
    reader.locator("[name=saw]").first.fill("เห็นว่าของดีมีอยู่แล้วในหน่วยงาน ไม่ต้องสั่งจากข้างบน")
    reader.locator("[name=effect]").first.fill("ทำให้กล้าเริ่มจากห้องของตัวเอง")
    reader.get_by_role("button", name=re.compile("ชื่นชม")).first.click()
    assert reader.get_by_text("เห็นว่าของดีมีอยู่แล้วในหน่วยงาน").first.is_visible()
    reader.locator("form textarea[name=body]").first.fill("อ่านแล้วอยากจัดเวทีทั้งวัน มี AAR สามชั่วโมงครับ")
    reader.get_by_role("button", name=re.compile("ส่งความเห็น|แสดงความเห็น|ความเห็น")).first.click()
    assert reader.get_by_text("อ่านแล้วอยากจัดเวทีทั้งวัน").first.is_visible()

    place.command(
        "import",
        str(NOTE),
        "--as",
        "steward@demo.prakai.example",
        "--rights",
        "held",
        "--report",
        str(report),
    )
    assert json.loads(report.read_text())["counts"] == {"unchanged": 1, "total": 1}
