"""Where the number and the address of a note come from, and saved HTML pages."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from prakai.exchange.importing.addresses import archive_moment, canonical_address, comment_number, note_number
from prakai.exchange.importing.gotoknow.clock import check, expected_on
from prakai.exchange.importing.items import LooseComment
from prakai.thai.dates import BANGKOK

from .reading import PAGES, all_of, blocks, codes, one, written


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://www.gotoknow.org/posts/75052", 75052),
        ("http://gotoknow.org/posts/75052/", 75052),
        ("HTTP://WWW.GOTOKNOW.ORG/posts/75052", 75052),
        ("www.gotoknow.org/posts/75052", 75052),
        ("/posts/75052", 75052),
        ("/blog/thaikm/75052", 75052),
        ("http://gotoknow.org/blog/thaikm/75052?page=1#comments", 75052),
        ("https://gotoknow.org/blog/%E0%B8%81/75052", 75052),
        ("http://somebody.gotoknow.org/posts/75052", 75052),
        ("http://gotoknow.org/archive/2006/05/17/12/42/33/e29875", 29875),
        ("/archive/2006/5/17/12/42/33/e29875", 29875),
        ("https://www.gotoknow.org/questions/254", None),
        ("https://www.gotoknow.org/comments/2820923", None),
        ("https://www.gotoknow.org/posts/", None),
        ("https://www.gotoknow.org/posts/0", None),
        ("https://www.gotoknow.org/posts/๗๕", None),
        ("https://www.gotoknow.org/posts/12345678901", None),
        ("https://example.org/posts/75052", None),
        ("https://notgotoknow.org/posts/75052", None),
        ("https://gotoknow.org.example.org/posts/75052", None),
        ("//example.org/posts/75052", None),
        ("ftp://gotoknow.org/posts/75052", None),
        ("https://[broken/posts/1", None),
        ("", None),
    ],
)
def test_note_number_in_every_form(url, number):
    assert note_number(url) == number


def test_archive_address_tells_its_moment():
    assert archive_moment("http://gotoknow.org/archive/2006/05/17/12/42/33/e29875") == datetime(
        2006, 5, 17, 12, 42, 33, tzinfo=BANGKOK
    )
    assert archive_moment("http://gotoknow.org/archive/2006/13/17/12/42/33/e29875") is None
    assert archive_moment("https://www.gotoknow.org/posts/29875") is None


def test_comment_address_and_canonical_address():
    assert comment_number("https://www.gotoknow.org/comments/2820923") == 2820923
    assert comment_number("https://www.gotoknow.org/posts/1") is None
    assert canonical_address(75052) == "https://www.gotoknow.org/posts/75052"


def test_the_clock_knows_its_own_points_and_doubts_others():
    assert expected_on(75052).isoformat() == "2007-01-29"
    assert expected_on(736).isoformat() == "2005-07-03"
    assert expected_on(9_000_000).isoformat() == "2019-05-25"
    written_at = datetime(2007, 1, 29, 10, 25, tzinfo=BANGKOK)
    assert check(75052, written_at) is None
    assert check(75052, written_at + timedelta(days=600)) is None
    assert check(900_000, datetime(2024, 1, 1, tzinfo=BANGKOK)) is None
    late, early = check(75052, written_at + timedelta(days=800)), check(432190, written_at)
    assert late is not None
    assert early is not None
    assert (late.code, early.code) == ("number-and-date-apart", "number-and-date-apart")
    assert check(None, written_at) is None


@pytest.mark.parametrize("name", ["75052.txt", "gotoknow-75052.txt", "posts_75052", "บันทึก 75052.txt"])
def test_the_name_of_the_file_tells_the_number_when_nothing_else_does(tmp_path, name):
    item = one(written(tmp_path, name, "ชื่อเรื่อง\n\nเนื้อหาภาษาไทยสั้น ๆ"))
    assert (item.number, codes(item)) == (75052, ["number-from-name"])


def test_the_footer_wins_over_the_address_and_says_so(tmp_path):
    text = "https://www.gotoknow.org/posts/75053\nชื่อเรื่อง\n\nเนื้อหา\n\nหมายเลขบันทึก: 75052"
    item = one(written(tmp_path, "a.txt", text))
    assert (item.number, item.title, codes(item)) == (75052, "ชื่อเรื่อง", ["number-differs"])


def test_an_address_line_tells_number_and_moment(tmp_path):
    address = "http://gotoknow.org/archive/2006/05/17/12/42/33/e29875"
    item = one(written(tmp_path, "a.txt", f"{address}\nชื่อเรื่อง\n\nเนื้อหาภาษาไทย"))
    assert (item.number, item.other_urls) == (29875, (address,))
    assert item.written_at == datetime(2006, 5, 17, 12, 42, 33, tzinfo=BANGKOK)
    assert item.body_html == "<p>เนื้อหาภาษาไทย</p>"


def test_saved_html_tells_the_same_note_as_saved_text():
    page, text = one(PAGES / "saved.html"), one(PAGES / "layout-a.txt")
    for name in ("key", "number", "title", "author", "notebook", "written_at", "edited_at", "url"):
        assert getattr(page, name) == getattr(text, name)
    assert page.tags == ("รพ.", "ห้องยา")
    assert (page.licence, page.reads, page.comment_count) == ("cc-by-nc-sa", 88, 1)
    assert page.other_urls == ("http://gotoknow.org/blog/rongya/48210?page=1",)


def test_saved_html_keeps_the_structure_of_its_body():
    page = one(PAGES / "saved.html")
    assert blocks(page.body_html) == ["p", "p", "ol", "table", "ul", "p", "p", "p"]
    assert '<strong>ลองเปลี่ยน</strong>วิธีทำงาน ดู<a href="/posts/48333">บันทึกก่อน</a>' in page.body_html
    assert '<td colspan="2">หลัง</td>' in page.body_html
    assert '<a href="https://films.example.org/v/1">' in page.body_html
    assert page.body_html.endswith("<p>ปรียา สมมติ<br>4 ก.ย.49</p>")


def test_saved_html_leaves_out_what_no_reader_sees():
    seen = repr(one(PAGES / "saved.html"))
    for unseen in ("ไม่ใช่เนื้อหา", "color:red", "ซ่อนอยู่", "หน้าแรก", "onclick"):
        assert unseen not in seen


def test_saved_html_finds_its_picture_beside_it():
    (picture,) = one(PAGES / "saved.html").media
    assert (picture.url, picture.alt, picture.path) == (
        "48210_files/jar.png",
        "ขวดยา",
        (PAGES / "48210_files" / "jar.png").resolve(),
    )


def test_saved_html_comments_by_structure():
    (comment,) = one(PAGES / "saved.html").comments
    assert (comment.number, comment.author, comment.body_html) == (61001, "มาลี ใจดี", "<p>อ่านแล้วอยากลองค่ะ</p>")
    assert comment.written_at == datetime(2006, 9, 5, 13, 20, tzinfo=BANGKOK)


def test_saved_html_with_microdata(tmp_path):
    html = """<!DOCTYPE html><html><head>
    <link rel="canonical" href="https://www.gotoknow.org/posts/48500"></head><body>
    <article itemscope><h2 itemprop="headline">เรื่องจากไมโครดาต้า</h2>
    <span itemprop="author"><b itemprop="name">มาลี</b></span>
    <time itemprop="datePublished" datetime="2006-09-07T08:00:00+07:00">7 ก.ย.</time>
    <meta itemprop="keywords" content="หนึ่ง, สอง">
    <div itemprop="articleBody"><p>เนื้อหา</p></div></article></body></html>"""
    item = one(written(tmp_path, "m.html", html))
    assert (item.number, item.title, item.author, item.tags) == (
        48500,
        "เรื่องจากไมโครดาต้า",
        "มาลี",
        ("หนึ่ง", "สอง"),
    )
    assert item.written_at == datetime(2006, 9, 7, 8, 0, tzinfo=BANGKOK)
    assert item.body_html == "<p>เนื้อหา</p>"


def test_saved_html_of_one_comment_names_its_note(tmp_path):
    html = """<html><head><link rel="canonical" href="https://www.gotoknow.org/comments/61002"></head><body>
    <div>ความเห็น 61002</div><div>ห้องยาที่ฟังคนไข้ก่อนหยิบยา</div><div>เขียนเมื่อ </div><p>ลองแล้วค่ะ</p></body></html>"""
    (loose,) = all_of(written(tmp_path, "c.html", html))
    assert isinstance(loose, LooseComment)
    assert (loose.comment.number, loose.url) == (61002, "https://www.gotoknow.org/comments/61002")
    assert loose.comment.body_html == "<p>ลองแล้วค่ะ</p>"
