"""The real input: the note from which this project grew, when it lies beside the project."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from prakai.exchange.importing.items import DateSeen
from prakai.thai.dates import BANGKOK

from .reading import blocks, one

NOTE = Path(__file__).parents[3] / "../shared/inputs/gotoknow-75052.txt"

pytestmark = pytest.mark.skipif(
    not NOTE.exists(), reason="needs ../shared/inputs/gotoknow-75052.txt beside the project"
)


def test_founding_note_is_read_whole():
    item = one(NOTE)
    assert (item.number, item.key, item.url) == (
        75052,
        "gotoknow:75052",
        "https://www.gotoknow.org/posts/75052",
    )
    assert item.title == "ชื่นใจที่ KM เป็นเครื่องมือปรับเปลี่ยนกระบวนทัศน์ วัฒนธรรม และค่านิยมของหน่วยราชการ"
    assert (item.author, item.notebook) == (None, "KMI Thailand")
    assert item.tags == ("กพร.", "km-ภาคราชการ", "kmราชการ", "ปรับเปลี่ยนกระบวนทัศน์")
    assert item.written_at == datetime(2007, 1, 29, 10, 25, tzinfo=BANGKOK)
    assert item.edited_at == datetime(2012, 6, 22, 10, 34, tzinfo=BANGKOK)
    assert (item.licence, item.licence_text) == ("arr", "สงวนสิทธิ์ทุกประการ")
    assert (item.reads, item.comment_count, item.comments) == (None, 0, ())
    assert (item.raw, item.problems, item.language) == ("", (), "th")


def test_founding_note_body_is_paragraphs_and_one_list_of_three():
    html = one(NOTE).body_html
    assert html.startswith("<p>วันที่ 25 ม.ค.50 ผมไปร่วมการประชุม")
    assert html.endswith("<p>วิจารณ์ พานิช<br>25 ม.ค.50</p>")
    assert blocks(html) == ["p", "p", "p", "p", "p", "p", "ol", "p", "p"]
    assert len(re.findall("<li>", html)) == 3
    assert "\u00a0" not in html
    assert "  " not in html
    assert "หใคำปรึกษา" in html


def test_founding_note_date_in_the_text():
    assert one(NOTE).dates == (DateSeen("2007-01-25", "2007-01-25", "25 ม.ค.50"),)
