"""WordPress exports, RSS, Atom, JSON Feed and Markdown, on files written for these tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from prakai.exchange.importing.items import Broken, Item
from prakai.exchange.importing.licences import licence_of
from prakai.thai.dates import BANGKOK

from .reading import EXPORTS, NOTES, all_of, broken, codes, one, written

ZONE = timezone(timedelta(hours=7))


def items_of(name: str) -> list[Item]:
    return [reading for reading in all_of(EXPORTS / name) if isinstance(reading, Item)]


def faults_of(name: str) -> list[tuple[str, str, int | None]]:
    found = [reading for reading in all_of(EXPORTS / name) if isinstance(reading, Broken)]
    return [(fault.source.rpartition("/")[2], fault.code, fault.line) for fault in found]


def test_wordpress_post_with_author_tags_dates_and_comment():
    post = items_of("blog.xml")[0]
    assert (post.source.rpartition("/")[2], post.line, post.origin) == ("blog.xml#1", 15, "wordpress")
    assert (post.key, post.url) == (
        "https://blog.example.org/?p=11",
        "https://blog.example.org/2019/05/open-table/",
    )
    assert (post.title, post.author, post.author_email) == (
        "เปิดโต๊ะถามตอบ & รับฟัง",
        "มาลี ใจดี",
        "malee@example.org",
    )
    assert (post.notebook, post.tags) == ("บล็อกของสำนักงานสมมติ", ("งานหน้าเคาน์เตอร์", "บริการ"))
    assert post.written_at == datetime(2019, 5, 6, 9, 30, tzinfo=BANGKOK)
    assert post.edited_at == datetime(2019, 5, 7, 10, 0, tzinfo=BANGKOK)
    assert (post.highlight, post.status, post.licence) == ("โต๊ะตัวเดียวเปลี่ยนทั้งชั้น", "published", None)
    told = [(each.key, each.author, each.author_email, each.body_html) for each in post.comments]
    assert told == [("wordpress-comment:7", "สมชาย", "somchai@example.org", "<p>น่าลองมาก</p>\n<p>จะไปดู</p>")]
    assert codes(post) == ["shortcodes", "comments-left-out"]
    assert "203.0.113.4" not in repr(post)


def test_wordpress_text_gets_its_paragraphs():
    html = items_of("blog.xml")[0].body_html
    assert html.startswith("<p>ย่อหน้าแรกมีคำว่า </item> และ <item> อยู่ข้างใน<br>\nบรรทัดต่อ</p>\n<p><strong>")
    assert "\n<ul><li>หนึ่ง</li></ul>\n<p>[gallery" in html


def test_wordpress_pages_drafts_private_and_furniture():
    told = [(item.title, item.status, item.author) for item in items_of("blog.xml")]
    assert told == [
        ("เปิดโต๊ะถามตอบ & รับฟัง", "published", "มาลี ใจดี"),
        ("เกี่ยวกับเรา & เพื่อน", "draft", "ghost"),
        ("ลับ", "private", None),
    ]


def test_wordpress_broken_entry_is_told_by_line_and_the_rest_goes_on():
    assert faults_of("blog.xml") == [("blog.xml#4", "bad-xml", 57), ("blog.xml#9", "unsupported-kind", 67)]
    page = items_of("blog.xml")[1]
    assert codes(page) == ["xml-repaired"]
    assert page.written_at == datetime(2019, 5, 8, 9, 30, tzinfo=BANGKOK)


def test_wordpress_files_are_found_in_the_media_folder(tmp_path):
    full = written(tmp_path, "2019/05/table.png", b"full")
    cover = written(tmp_path, "cover.png", b"cover")
    found = [reading for reading in all_of(EXPORTS / "blog.xml", media=tmp_path) if isinstance(reading, Item)]
    base = "https://blog.example.org/wp-content/uploads/2019/05"
    assert [(each.url, each.alt, each.path) for each in found[0].media] == [
        (f"{base}/table-300x200.png", "โต๊ะ", full.resolve()),
        (f"{base}/cover.png", "", cover.resolve()),
    ]


def test_media_outside_the_folder_is_never_taken(tmp_path):
    folder = tmp_path / "media"
    folder.mkdir()
    written(tmp_path, "secret.png", b"x")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    text = "---\ntitle: ก\n---\n![](../secret.png) ![](link.png) ![](/../secret.png) ![](%2e%2e/secret.png)"
    item = one(written(folder, "a.md", text), media=folder)
    assert [media.path for media in item.media] == [None, None, None, None]


def test_rss_entries():
    first, second, third = items_of("feed.rss")
    assert (first.key, first.url, first.origin) == (
        "tag:news.example.org,5",
        "https://news.example.org/5",
        "rss",
    )
    assert (first.author, first.tags, first.notebook) == ("มาลี ใจดี", ("เวที", "เล่าเรื่อง"), "ข่าวเครือข่าย")
    assert (first.written_at, first.licence, first.comment_count) == (
        datetime(2007, 1, 29, 10, 25, tzinfo=ZONE),
        "cc-by",
        4,
    )
    assert first.body_html.startswith("<p>จัดวันที่ 25 ม.ค.50 <img")
    assert [each.start for each in first.dates] == ["2007-01-25"]
    assert (second.key, second.number, second.licence) == ("gotoknow:48210", 48210, "arr")
    assert (second.url, second.other_urls) == (
        "https://www.gotoknow.org/posts/48210",
        ("http://gotoknow.org/blog/rongya/48210?page=1",),
    )
    assert (second.written_at, codes(second), second.body_html) == (None, ["bad-date"], "<p>เนื้อหาสั้น</p>")
    assert (third.title, third.key, codes(third)) == ("ไม่มีชื่อเรื่อง มีแต่เนื้อหา", "feed.rss#4", ["no-title"])
    assert faults_of("feed.rss") == [("feed.rss#3", "bad-xml", 9)]


def test_atom_entries():
    first, second = items_of("feed.atom")
    assert (first.key, first.title, first.url) == ("urn:uuid:1", "น้ำ ท่วม", "https://flood.example.org/1")
    assert (first.author, first.author_email, first.licence) == ("ลุงชื่น", "chuen@example.org", "cc-by-sa")
    assert first.written_at == datetime(2011, 10, 20, 8, 0, tzinfo=ZONE)
    assert first.edited_at == datetime(2011, 10, 21, 8, 0, tzinfo=UTC)
    assert first.body_html == "<p>ระดับน้ำ <em>สูง</em></p>"
    assert (second.author, second.licence, second.url) == ("หนูนา", "cc0", None)
    assert (second.written_at, second.edited_at) == (datetime(2011, 12, 1, 8, 0, tzinfo=ZONE), None)
    assert second.body_html == "<p>บรรทัดหนึ่ง</p>\n<p>บรรทัดสอง</p>"


def test_json_feed_items():
    first, second = items_of("feed.json")
    assert (first.key, first.author, first.tags) == ("https://run.example.org/1", "หนูนา", ("วิ่ง",))
    assert [media.url for media in first.media] == ["https://run.example.org/1.jpg"]
    assert (second.author, second.highlight, second.title) == ("ก, ข", "สรุป", "บรรทัดแรก")
    assert second.body_html == "<p>บรรทัดแรก</p>\n<ul><li>หนึ่ง</li><li>สอง</li></ul>"
    assert codes(second) == ["no-title", "bad-date"]
    assert faults_of("feed.json") == [("feed.json#3", "bad-entry", None), ("feed.json#4", "empty", None)]


def test_markdown_with_front_matter():
    item = one(NOTES / "2020" / "walk.md")
    assert (item.title, item.author, item.author_email) == ("เดินสำรวจตลาด", "มาลี ใจดี", "malee@example.org")
    assert (item.written_at, item.edited_at) == (
        datetime(2020, 3, 1, 9, 0, tzinfo=BANGKOK),
        datetime(2020, 3, 2, tzinfo=BANGKOK),
    )
    assert (item.tags, item.licence, item.notebook) == (("ตลาด", "no", "เดิน"), "cc-by", "สมุดเดิน")
    assert (item.status, item.language, item.raw) == ("draft", "th", "mood: สดชื่น")
    assert "<h1>" not in item.body_html
    assert "&lt;script&gt;" in item.body_html
    assert "<td>ก๋วยเตี๋ยว</td>" in item.body_html


def test_markdown_with_front_matter_in_toml(tmp_path):
    head = 'title = "โทมล"\ndate = 2021-05-04T10:00:00+07:00\ntags = ["ก", "ข"]\ndraft = true\nweight = 3\n'
    item = one(written(tmp_path, "a.md", f"+++\n{head}+++\nเนื้อหา\n"))
    facts = (item.title, item.tags, item.status, item.body_html, item.raw)
    assert facts == ("โทมล", ("ก", "ข"), "draft", "<p>เนื้อหา</p>", "weight: 3")
    assert item.written_at == datetime(2021, 5, 4, 10, 0, tzinfo=BANGKOK)
    bad = broken(written(tmp_path, "b.md", "+++\ntitle = 'x'\ntags = [\n+++\nเนื้อหา\n"))
    assert (bad.code, bad.line is not None) == ("bad-front-matter", True)


def test_markdown_folder_walks_keys_and_pictures():
    read = all_of(NOTES)
    assert [getattr(each, "key", None) or each.source.rpartition("/")[2] for each in read] == [
        "2020/walk.md",
        "2021-05-04-short.md",
        "bad.md",
    ]
    assert isinstance(read[0], Item)
    assert [media.path for media in read[0].media] == [(NOTES / "img" / "map.png").resolve()]
    assert isinstance(read[1], Item)
    assert read[1].written_at == datetime(2021, 5, 4, tzinfo=BANGKOK)
    assert (broken(NOTES / "bad.md").code, broken(NOTES / "bad.md").line) == ("bad-front-matter", 3)


def test_sources_are_told_by_content_not_by_name(tmp_path):
    blog = written(tmp_path, "a.html", (EXPORTS / "blog.xml").read_bytes())
    feed = written(tmp_path, "b.txt", (EXPORTS / "feed.rss").read_bytes())
    json = written(tmp_path, "c.md", (EXPORTS / "feed.json").read_bytes())
    note = written(tmp_path, "d.csv", (NOTES / "2020" / "walk.md").read_bytes())
    origins = [
        {each.origin for each in all_of(path) if isinstance(each, Item)} for path in (blog, feed, json, note)
    ]
    assert origins == [{"wordpress"}, {"rss"}, {"jsonfeed"}, {"markdown"}]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("สงวนสิทธิ์ทุกประการ", "arr"),
        ("© 2550 สงวนลิขสิทธิ์ตามกฎหมาย", "arr"),
        ("All Rights Reserved.", "arr"),
        ("CC BY 4.0", "cc-by"),
        ("cc-by-nc-nd", "cc-by-nc-nd"),
        ("CC BY NC SA 3.0", "cc-by-nc-sa"),
        ("CC0", "cc0"),
        ("CC0 1.0 Universal", "cc0"),
        ("https://creativecommons.org/licenses/by-nd/2.5/", "cc-by-nd"),
        ("Text under https://creativecommons.org/licenses/by-sa/4.0/ .", "cc-by-sa"),
        ("Creative Commons Attribution-NonCommercial 4.0 International", "cc-by-nc"),
        ("ครีเอทีฟคอมมอนส์แบบ แสดงที่มา", "cc-by"),
        ("สัญญาอนุญาตครีเอทีฟคอมมอนส์แบบ แสดงที่มา-อนุญาตแบบเดียวกัน", "cc-by-sa"),
        ("ครีเอทีฟคอมมอนส์แบบ แสดงที่มา-ไม่ใช้เพื่อการค้า-ไม่ดัดแปลง", "cc-by-nc-nd"),
        ("สัญญาอนุญาตครีเอทีฟคอมมอนส์แบบแสดงที่มา-ไม่ใช้เพื่อการค้า-ไม่ดัดแปลง 3.0 ประเทศไทย", "cc-by-nc-nd"),
        ("ครีเอทีฟคอมมอนส์แบบ แสดงที่มา–ไม่ใช้เพื่อการค้า–ใช้สัญญาอนุญาตแบบเดียวกัน", "cc-by-nc-sa"),
        ("ครีเอทีฟ คอมมอนส์ แบบ แสดงที่มา ไม่ใช้เชิงพาณิชย์ และห้ามแก้ไขดัดแปลง", "cc-by-nc-nd"),
        ("แสดงที่มา-ไม่ใช้เพื่อการค้า-อนุญาตแบบเดียวกัน", "cc-by-nc-sa"),
        ("cc: by-nc-sa", "cc-by-nc-sa"),
        ("BY-NC-SA", "cc-by-nc-sa"),
        ("ครีเอทีฟคอมมอนส์แบบ CC0", "cc0"),
        ("สาธารณสมบัติ", "cc0"),
        ("สงวนลิขสิทธิ์", "arr"),
        ("สงวนสิทธิ์บางประการ", None),
        ("ครีเอทีฟคอมมอนส์แบบ แสดงที่มา-ยกเว้นเพื่อการค้า", None),
        ("CC BY-XX", None),
        ("not CC BY", None),
        ("Copyright 2019", None),
        ("แสดงที่มา", None),
        ("ครีเอทีฟคอมมอนส์แบบ แสดงที่มา-ถามก่อนใช้", None),
        (
            "https://creativecommons.org/licenses/by/4.0/ or https://creativecommons.org/licenses/by-nc/4.0/",
            None,
        ),
        ("", None),
        (None, None),
    ],
)
def test_a_licence_is_never_read_freer_than_it_is(text, code):
    assert licence_of(text) == code
