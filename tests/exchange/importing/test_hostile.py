"""Files that mean harm or are merely broken: refused with a code, quickly, and the rest goes on."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prakai.exchange.importing import hostile
from prakai.exchange.importing.items import Broken, Item, LooseComment
from prakai.exchange.importing.readers import read_paths

from .reading import EXPORTS, PAGES, all_of, broken, one, written

PAGE = (PAGES / "layout-h-made.txt").read_text(encoding="utf-8")


def test_a_gigabyte_is_refused_from_its_size_without_being_read(tmp_path):
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.write((EXPORTS / "blog.xml").read_bytes()[:2000])
        file.truncate(10**9)
    began = time.process_time()
    assert broken(path).code == "too-large"
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize(
    "head", [b"---\ntitle: x\n---\n", b'{"version": "https://jsonfeed.org/version/1", "', b"<html>"]
)
def test_pages_json_and_markdown_over_64_mib_are_refused(tmp_path, head):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(head + b" " * 9000)
        file.truncate(65 * 1024 * 1024)
    assert broken(path).code == "too-large"


def test_an_export_may_be_larger_than_a_page_and_is_streamed(tmp_path, monkeypatch):
    monkeypatch.setattr(hostile, "LIMITS", hostile.Limits(page_bytes=1000))
    assert len([each for each in all_of(EXPORTS / "blog.xml") if isinstance(each, Item)]) == 3


def test_an_export_takes_the_memory_of_an_entry_not_of_the_file(tmp_path):
    entry = f"<item><title>ก</title><link>https://b.example.org/</link><description>{'ข' * 3000}</description></item>"
    path = tmp_path / "long.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write('<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>')
        file.writelines(entry for _ in range(1000))
        file.write("</channel></rss>")
    assert path.stat().st_size > 9_000_000
    tracemalloc.start()
    try:
        read = sum(1 for _ in read_paths([path]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read == 1000
    assert peak < 4_000_000


def test_one_entry_over_the_cap_is_refused_and_the_next_is_read(tmp_path):
    export = (EXPORTS / "blog.xml").read_text(encoding="utf-8")
    head, _, rest = export.partition("<item>")
    swollen = (
        "<item><title>x</title><content:encoded><![CDATA["
        + "a<item>b" * 1_200_000
        + "]]></content:encoded></item>"
    )
    path = written(tmp_path, "b.xml", f"{head}{swollen}<item>{rest}")
    read = all_of(path)
    assert (read[0].source.rpartition("/")[2], getattr(read[0], "code", "")) == ("b.xml#1", "item-too-large")
    assert len([each for each in read if isinstance(each, Item)]) == 3


LAUGHS = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("prolog", [LAUGHS, OUTSIDE, "<!--" + "x" * 9000 + "-->" + OUTSIDE])
def test_xml_entities_are_refused(tmp_path, prolog):
    rss = '<rss version="2.0"><channel><item><title>&x;&b;</title><description>d</description></item></channel></rss>'
    path = written(tmp_path, "a.xml", prolog + rss)
    assert broken(path).code in {"xml-entities", "not-recognised"}


@pytest.mark.parametrize("prolog", [LAUGHS, OUTSIDE])
def test_xml_entities_in_an_export_and_in_utf_16_are_refused(tmp_path, prolog):
    export = (EXPORTS / "blog.xml").read_text(encoding="utf-8").partition("?>")[2]
    assert broken(written(tmp_path, "a.xml", prolog + export)).code == "xml-entities"
    wide = (prolog.replace("1.0", "1.0") + export).encode("utf-16")
    assert broken(written(tmp_path, "w.xml", wide)).code == "xml-entities"


def test_a_doctype_without_entities_is_read(tmp_path):
    export = (EXPORTS / "feed.rss").read_text(encoding="utf-8").partition("?>")[2]
    doctype = (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://example.org/rss.dtd">'
    )
    assert (
        len([each for each in all_of(written(tmp_path, "a.xml", doctype + export)) if isinstance(each, Item)])
        == 3
    )


def test_an_export_cut_off_in_the_middle_gives_what_came_before(tmp_path):
    export = (EXPORTS / "blog.xml").read_bytes()
    path = written(tmp_path, "cut.xml", export[: export.index("ลับ".encode())])
    read = all_of(path)
    assert [getattr(each, "title", None) or getattr(each, "code", None) for each in read] == [
        "เปิดโต๊ะถามตอบ & รับฟัง",
        "bad-xml",
        "เกี่ยวกับเรา & เพื่อน",
        "cut-off",
    ]


def test_an_entry_without_its_end_does_not_swallow_the_next(tmp_path):
    rss = (
        '<rss version="2.0"><channel>\n<item><title>หาย\n<item><title>อยู่</title><description>ก</description></item>'
        "</channel></rss>"
    )
    first, second = all_of(written(tmp_path, "a.xml", rss))
    assert isinstance(first, Broken)
    assert isinstance(second, Item)
    assert (first.code, first.line, second.title, second.line) == ("cut-off", 2, "อยู่", 3)


def test_yaml_that_grows_or_runs_is_refused(tmp_path):
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]\n---\nก"
    runs = '---\ntitle: !!python/object/apply:os.system ["true"]\n---\nก'
    deep = "---\ntitle: " + "[" * 5000 + "\n---\nก"
    for name, text in (("bomb.md", bomb), ("runs.md", runs), ("deep.md", deep)):
        assert broken(written(tmp_path, name, text)).code == "bad-front-matter"


def test_json_that_is_deep_or_broken_is_refused(tmp_path):
    deep = '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000
    assert broken(written(tmp_path, "deep.json", deep)).code == "bad-json"
    assert broken(written(tmp_path, "other.json", '{"a": 1}')).code == "not-recognised"
    assert broken(written(tmp_path, "digits.json", '{"version": ' + "9" * 100_000 + "}")).code in {"bad-json"}


def test_lone_surrogates_never_come_out(tmp_path):
    title = '"title": "ก\\ud800\\u0000ข"'
    feed = '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "x:1", ' + title + "}]}"
    item = one(written(tmp_path, "a.json", feed))
    assert item.title == "กข"
    repr(item).encode("utf-8")


def test_deep_html_is_read_or_refused_but_never_raises(tmp_path):
    html = "<html><body>" + "<div>" * 50_000 + "GotoKnow เนื้อหา หมายเลขบันทึก: 48210"
    (read,) = all_of(written(tmp_path, "48210.html", html))
    assert isinstance(read, Item) or (isinstance(read, Broken) and read.code in {"bad-html", "empty"})


# Encodings


def test_thai_windows_utf_16_and_byte_order_marks_are_read(tmp_path):
    plain = one(written(tmp_path, "a.txt", PAGE))
    for name, content in (
        ("874.txt", PAGE.encode("cp874")),
        ("16.txt", PAGE.encode("utf-16")),
        ("16be.txt", b"\xfe\xff" + PAGE.encode("utf-16-be")),
        ("bom.txt", b"\xef\xbb\xbf" + PAGE.encode()),
        ("crlf.txt", PAGE.replace("\n", "\r\n").encode()),
    ):
        item = one(written(tmp_path, name, content))
        assert (item.title, item.body_html, item.number) == (plain.title, plain.body_html, plain.number)


def test_an_export_in_thai_windows_is_read(tmp_path):
    rss = (
        '<?xml version="1.0" encoding="windows-874"?><rss version="2.0"><channel><title>ข่าว</title><item>'
        + ("<title>น้ำดีไหลเย็น</title><description>เนื้อหาภาษาไทย</description></item></channel></rss>")
    )
    item = one(written(tmp_path, "a.xml", rss.encode("cp874")))
    assert (item.title, item.notebook) == ("น้ำดีไหลเย็น", "ข่าว")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"\0\0\0\0abc", "binary"),
        ("ไทย".encode() + b"\0", "binary"),
        (b"caf\xe9 au lait, na\xefve r\xe9sum\xe9", "encoding"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "encoding"),
        ("ก".encode("utf-16") + b"\x00", "encoding"),
        (b"\x89PNG\r\n\x1a\n0000", "not-recognised"),
        (b"%PDF-1.7 xxxx", "not-recognised"),
        (b"plain english words without any mark", "not-recognised"),
        (b"<!DOCTYPE html><html><body>another site</body></html>", "not-recognised"),
        (b"<?xml version='1.0'?><kml><Placemark/></kml>", "not-recognised"),
        (b"7z\xbc\xaf\x27\x1c", "packed"),
    ],
)
def test_what_is_no_source_is_told_why(tmp_path, content, code):
    assert broken(written(tmp_path, "file", content)).code == code


def test_an_export_with_one_entry_of_broken_bytes(tmp_path):
    good, bad = "<item><title>ดี</title></item>".encode(), b"<item><title>\xff\xfe</title></item>"
    content = b'<rss version="2.0"><channel>' + b" " * 70_000 + good + bad + good + b"</channel></rss>"
    read = all_of(written(tmp_path, "a.xml", content))
    assert [getattr(each, "title", None) or getattr(each, "code", None) for each in read] == [
        "ดี",
        "encoding",
        "ดี",
    ]


# Slow inputs: each of these once made some parser of some project take minutes.


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n---\n" + "[" * 50_000,
        "---\ntitle: x\n---\n" + "![a](" * 30_000,
        "---\ntitle: x\n---\n" + "> " * 2000 + "a",
        "---\ntitle: x\n---\n" + "*a_ " * 30_000,
        "หมายเลขบันทึก: 1\n" + "(" * 200_000,
        "หมายเลขบันทึก: 1, เขียน: " + "(" * 100_000,
        "บันทึกนี้เขียนที่ GotoKnow โดย" + " " * 200_000 + "x",
        "<p " * 60_000 + "หมายเลขบันทึก: 1",
        "<!--" * 60_000 + "\nหมายเลขบันทึก: 1",
        "ชื่อ\n\n" + "1. ก\n" * 50_000 + "หมายเลขบันทึก: 1",
        "ชื่อ\n\n" + "- \n" * 50_000 + "หมายเลขบันทึก: 1",
        '<rss version="2.0"><channel>' + "<item>" * 50_000,
        '<rss version="2.0"><channel>' + "<![CDATA[" * 50_000,
        '<rss version="2.0"><channel><item>' + "<a>" * 50_000 + "</item></channel></rss>",
        '<rss version="2.0"><channel><item><description>'
        + "&amp" * 50_000
        + "</description></item></channel></rss>",
        "<html><body>gotoknow" + "<b><a href=x>" * 5000 + "</body></html>",
        "<html><body>gotoknow" + "<table><tr><td><p>a" * 3000 + "</body></html>",
    ],
    ids=lambda text: text[:24].encode("unicode_escape").decode() + "…",
)
def test_no_input_is_slow_out_of_proportion(tmp_path, text):
    began = time.process_time()
    read = all_of(written(tmp_path, "slow", text))
    assert time.process_time() - began < 6
    assert [each for each in read if isinstance(each, Broken) and each.code == "bug"] == []


# Random bytes

STARTS = [
    b"", b"PK\x03\x04", b"<?xml version='1.0'?><rss version='2.0'><channel><item>", b"---\ntitle: ", b'{"version": "',
    b"<html><body>gotoknow ", "หมายเลขบันทึก: 75052, เขียน: ".encode(), b"\xff\xfe", b"\xef\xbb\xbf# ",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>", "GotoKnow\nก\nข\nเขียนเมื่อ ".encode(),
    b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><wp:post_id>1", "ความเห็น 12\n".encode(),
]  # fmt: skip
WORDS = [
    b"</item>", b"]]>", b"<![CDATA[", b"</channel></rss>", b"\n---\n", b"&#0;", b"&nbsp;", b"<entry>", b"\0", b"\r",
    "ความเห็น (3)\n".encode(), "คำสำคัญ (Tags)#".encode(), "ติดตาม ผู้ติดตาม\n".encode(), "\u00a0".encode(), b"9999",
    "เขียนเมื่อ ๙๙ ธันวาคม ๙๙๙๙".encode(), "(๑) ".encode(), b"http://gotoknow.org/archive/9999/99/99/99/99/99/e1",
]  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(
    start=st.sampled_from(STARTS),
    parts=st.lists(st.one_of(st.binary(max_size=60), st.sampled_from(WORDS)), max_size=12),
)
def test_random_bytes_never_raise(tmp_path_factory, start, parts):
    path = tmp_path_factory.mktemp("random") / "75052.txt"
    path.write_bytes(start + b"".join(parts))
    for reading in all_of(path):
        assert isinstance(reading, Item | LooseComment | Broken)
        assert getattr(reading, "code", "") != "bug", reading
        repr(reading).encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("กขคงิ่๑1. •-\n\u00a0()#:,<>&/pabิ์ำ\u200b"), max_size=300))
def test_random_thai_text_loses_no_letter(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("thai") / "75052.txt"
    path.write_text(f"ชื่อเรื่อง\n\n{text}\n\nหมายเลขบันทึก: 75052", encoding="utf-8")
    (reading,) = all_of(path)
    assert isinstance(reading, Item)
    assert reading.number == 75052
    kept = (
        reading.title + reading.body_html + (reading.highlight or "") + reading.raw + (reading.author or "")
    )
    assert all(letter in kept for letter in text if letter in "กขคง")
