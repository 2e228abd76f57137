"""Layouts A to H of saved GotoKnow pages, on pages written for these tests."""

from __future__ import annotations

from datetime import datetime

from prakai.exchange.importing.items import LooseComment
from prakai.thai.dates import BANGKOK

from .reading import PAGES, all_of, blocks, codes, one, written


def at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BANGKOK)


def test_layout_a_footer_is_read_and_taken_out_of_the_body():
    item = one(PAGES / "layout-a.txt")
    assert (item.number, item.key, item.url) == (
        48210,
        "gotoknow:48210",
        "https://www.gotoknow.org/posts/48210",
    )
    assert (item.title, item.author, item.notebook) == (
        "ห้องยาที่ฟังคนไข้ก่อนหยิบยา",
        "ปรียา สมมติ",
        "ห้องยาเล่าเรื่อง",
    )
    assert item.tags == ("รพ.", "ห้องยา", "patient-safety")
    assert (item.written_at, item.edited_at) == (at(2006, 9, 5, 8, 15), at(2006, 9, 6, 19, 2))
    assert (item.licence, item.reads, item.comment_count) == ("arr", None, 2)
    assert blocks(item.body_html) == ["p", "p", "ol", "ul", "p", "p"]
    assert item.body_html.endswith("<p>ปรียา สมมติ<br>4 ก.ย.49</p>")
    assert "\u00a0" not in item.body_html
    assert "หมายเลขบันทึก" not in item.body_html
    assert item.raw == ""


def test_layout_a_numbered_lines_and_points_become_lists():
    item = one(PAGES / "layout-a.txt")
    assert "<ol><li>ยาที่เหลือกลับมามีมากกว่าที่คิด</li><li>คนดูแลที่บ้านไม่ใช่คนที่มารับยา</li></ol>" in item.body_html
    assert "<ul><li>ขวดเก่าถูกใช้ใส่ยาใหม่</li><li>ฉลากตัวเล็กเกินไป</li></ul>" in item.body_html


def test_layout_a_comments_are_read_without_network_addresses():
    item = one(PAGES / "layout-a.txt")
    told = [(each.number, each.author, each.written_at, each.body_html) for each in item.comments]
    assert told == [
        (61001, "มาลี ใจดี", at(2006, 9, 5, 13, 20), "<p>อ่านแล้วอยากลองที่ตึกบ้างค่ะ</p>"),
        (61007, "สมชาย", at(2006, 9, 6, 9, 0), "<p>ขอแบบฟอร์มด้วยครับ</p>\n<p>ขอบคุณครับ</p>"),
    ]
    assert "203.0.113.9" not in repr(item)
    assert codes(item) == ["address-left-out"]


def test_layout_a_dates_of_the_signature_are_seen():
    assert ("2006-09-04", "4 ก.ย.49") in [
        (each.start, each.text) for each in one(PAGES / "layout-a.txt").dates
    ]


def test_layout_b_head_with_buddhist_years():
    item = one(PAGES / "layout-b.txt")
    assert (item.number, item.title, item.author) == (9301, "ตลาดนัดความรู้ของอำเภอเรา", "ครูน้อย")
    assert (item.written_at, item.edited_at) == (at(2005, 12, 9, 10, 2), at(2012, 5, 20, 22, 33))
    assert item.body_html.startswith("<p>เมื่อวานเราจัดตลาดนัด")
    assert codes(item) == []


def test_layout_c_member_card_and_pull_quote():
    item = one(PAGES / "layout-c.txt")
    assert (item.title, item.author) == ("เมื่อคนสวนเป็นครู", "ลุงชื่น")
    assert item.highlight == "คนที่ตัดหญ้าทุกวันรู้ก่อนใครว่าน้ำจะท่วมตรงไหน"
    assert blocks(item.body_html) == ["p", "p"]
    assert (item.licence, item.reads, item.comment_count) == (None, None, None)


def test_layout_c_short_form_notes_that_the_author_is_a_guess():
    item = one(PAGES / "layout-c-short.txt")
    assert (item.title, item.author) == ("ประปาหมู่บ้านที่ไม่เคยหยุด", "ช่างเล็ก")
    assert item.highlight == "น้ำไม่ไหลหนึ่งวันคือเด็กไม่ได้ไปโรงเรียนหนึ่งวัน"
    assert codes(item) == ["author-guessed", "no-number"]


def test_layout_c_alias_and_legal_name_before_the_title():
    item = one(PAGES / "layout-c-legal.txt")
    assert (item.title, item.author, item.raw) == ("เปิดบ้านศูนย์เด็กเล็ก", "พี่แดง", "นางสาวสมศรี ตัวอย่าง")


def test_layout_d_repeated_title_is_dropped_once():
    item = one(PAGES / "layout-d.txt")
    assert item.title == "เล่าเรื่องหน้างานก่อนประชุม"
    assert item.highlight == "ห้านาทีแรกของทุกประชุมเป็นของคนหน้างาน"
    assert item.title not in item.body_html


def test_layout_d_title_that_differs_is_kept(tmp_path):
    text = (PAGES / "layout-d.txt").read_text(encoding="utf-8")
    changed = text[:40] + text[40:].replace("เล่าเรื่องหน้างานก่อนประชุม", "เล่าเรื่องหน้างานก่อนประชุมใหญ่")
    item = one(written(tmp_path, "d.txt", changed))
    assert item.highlight is None
    assert "<p>เล่าเรื่องหน้างานก่อนประชุมใหญ่</p>" in item.body_html


def test_layout_e_without_title_takes_first_words_and_says_so():
    item = one(PAGES / "layout-e.txt")
    assert item.title == ("เช้านี้ผมนั่งฟังพี่พยาบาลสองคนคุยกันเรื่องการรับเวร ทั้งสองคนใช้วิธีเดียวกันโดยไม่เคยนัดกันมาก่อน")
    assert codes(item) == ["no-number", "no-title"]
    assert blocks(item.body_html) == ["p", "p", "p"]
    assert [(each.start, each.text) for each in item.dates] == [("2007-01-08", "๘ มค. ๕๐")]


def test_layout_e_long_first_line_is_cut_between_graphemes(tmp_path):
    item = one(written(tmp_path, "e.txt", "    " + "ที่" * 200))
    assert item.title == "ที่" * 79 + "…"


def test_layout_f_single_comment_page_is_a_loose_comment():
    (loose,) = all_of(PAGES / "layout-f.txt")
    assert isinstance(loose, LooseComment)
    assert (loose.note_title, loose.note_number) == ("ห้องยาที่ฟังคนไข้ก่อนหยิบยา", None)
    assert (loose.comment.number, loose.comment.author, loose.comment.written_at) == (61002, None, None)
    assert blocks(loose.comment.body_html) == ["p", "ul"]


def test_layout_g_dirt_goes_and_placeholders_stay():
    item = one(PAGES / "layout-g.txt")
    assert item.body_html == (
        "<p>เราเดินไปสิบสองหลัง พบเรื่องเดียวกันเก้าหลัง</p>\n"
        "<p>ติดต่อได้ที่ [email protected] หรือดูภาพที่ &lt;Link&gt;</p>\n"
        "<ul><li>รั้วไม้ไผ่</li><li>โอ่งน้ำ</li></ul>\n"
        "<p>อ่านต่อที่ บันทึกการเดิน (http://example.org/walk)</p>\n"
        "<p>ตาราง 1 12 40 55</p>"
    )


def test_layout_g_what_is_not_understood_is_kept_raw():
    item = one(PAGES / "layout-g.txt")
    assert item.raw == "แก้ไข: เมื่อวานซืน\nข้อความที่ไม่มีใครรู้จัก"
    assert (item.licence, item.licence_text, item.reads) == (None, "ตามใจชอบ", 1204)
    assert (item.edited_at, item.comment_count, item.comments) == (None, 3, ())
    assert codes(item) == ["bad-date", "licence-unknown", "comments-missing"]


def test_layout_h_footer_without_any_separator():
    item = one(PAGES / "layout-h.txt")
    assert (item.number, item.author, item.notebook, item.tags) == (
        579700,
        "ป้าสมใจ",
        "ครัวตำบล",
        ("ครัวกลาง", "อาสา"),
    )
    assert (item.written_at, item.edited_at) == (at(2014, 11, 4, 10, 25), at(2014, 11, 5, 8, 0))
    assert (item.licence, item.reads, item.comment_count, item.raw) == ("cc-by-nc-sa", 412, 1, "ดอกไม้: 3")
    assert [(each.number, each.author, each.written_at) for each in item.comments] == [
        (700123, "หนูนา", at(2014, 11, 5, 11, 30))
    ]
    assert blocks(item.body_html) == ["p", "p"]


def test_layout_h_made_for_written_and_thai_digits():
    item = one(PAGES / "layout-h-made.txt")
    assert (item.number, item.written_at, item.reads, item.comment_count) == (
        48400,
        at(2006, 9, 6, 7, 0),
        12,
        0,
    )
    assert (item.licence, item.raw) == ("cc-by-sa", "ดอกไม้: 2")


def test_footer_glued_to_the_last_line_of_the_body(tmp_path):
    text = "เรื่องหนึ่ง\n\nย่อหน้าสุดท้ายบันทึกนี้เขียนที่ GotoKnow โดย  ใน สมุดเล็ก\nหมายเลขบันทึก: 48211"
    item = one(written(tmp_path, "a.txt", text))
    assert (item.body_html, item.notebook, item.author) == ("<p>ย่อหน้าสุดท้าย</p>", "สมุดเล็ก", None)


def test_a_body_that_speaks_of_footers_is_not_cut(tmp_path):
    body = "ความเห็น (0) คือบันทึกที่ยังไม่มีใครตอบ\n\nบันทึกนี้เขียนที่บ้าน ไม่ใช่ที่ทำงาน"
    item = one(written(tmp_path, "a.txt", f"ชื่อเรื่อง\n\n{body}\n\nหมายเลขบันทึก: 48212"))
    assert blocks(item.body_html) == ["p", "p"]
    assert item.comment_count is None


def test_a_number_years_from_its_date_is_a_problem_and_stays(tmp_path):
    footer = "หมายเลขบันทึก: 75052, เขียน: 29 Jan 2017 @ 10:25 (), แก้ไข: 29 Jan 2017 @ 10:25 ()"
    item = one(written(tmp_path, "a.txt", f"ชื่อเรื่อง\n\nเนื้อหา\n\n{footer}"))
    assert (item.number, item.written_at, codes(item)) == (
        75052,
        at(2017, 1, 29, 10, 25),
        ["number-and-date-apart"],
    )
