"""Heads, footers and conversations as people saved them: each page differs from the known ones in one small way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from prakai.exchange.importing.items import LooseComment
from prakai.thai.dates import BANGKOK

from .reading import all_of, one, written

BODY = "ย่อหน้าแรกเล่าว่าเราเริ่มจากเรื่องเล็ก\n\nย่อหน้าสองเล่าว่าเราทำต่อ"
BODY_HTML = "<p>ย่อหน้าแรกเล่าว่าเราเริ่มจากเรื่องเล็ก</p>\n<p>ย่อหน้าสองเล่าว่าเราทำต่อ</p>"
DATES = ("2007-02-25 08:05", "2012-06-12 10:34")


def told(item: Any, name: str) -> Any:
    value = getattr(item, name)
    return value.astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value


def foot(number: int = 90001, licence: str = "สงวนสิทธิ์ทุกประการ", more: str = "อ่าน: คลิก") -> str:
    return (
        f"หมายเลขบันทึก: {number}, เขียน: 25 Feb 2007 @ 08:05 (), แก้ไข: 12 Jun 2012 @ 10:34 (),"
        f" สัญญาอนุญาต: {licence}, {more}"
    )


FOOTERS = {
    "nothing between the fields": (
        "หมายเลขบันทึก: 90001เขียนเมื่อ 25 ก.พ. 50 08.05 น.แก้ไขเมื่อ 12 มิ.ย. 55 10.34 น.สัญญาอนุญาต: สงวนสิทธิ์ทุกประการอ่าน: คลิก",
        {"reads": None},
    ),
    "Thai digits, a space before each colon": (
        "หมายเลขบันทึก : ๙๐๐๐๑ , เขียน : ๒๕ กุมภาพันธ์ ๒๕๕๐ @ ๐๘:๐๕ ( ) , แก้ไข : ๑๒ มิถุนายน ๒๕๕๕ @ ๑๐:๓๔ ( ) ,"
        " สัญญาอนุญาต : สงวนสิทธิ์ทุกประการ , อ่าน : ๑,๒๓๔ ครั้ง",
        {"reads": 1234},
    ),
    "another order": (
        "หมายเลขบันทึก: 90001, แก้ไข: 12 Jun 2012 @ 10:34 (), สร้าง: 25 Feb 2007 @ 08:05 (), อ่าน: 55,"
        " สัญญาอนุญาต: All rights reserved",
        {"reads": 55},
    ),
    "a line for each field, one of them unknown": (
        "หมายเลขบันทึก: 90001\nเขียนเมื่อ 25 กุมภาพันธ์ 2550 08:05 น. (3 ปีที่แล้ว)\n"
        "แก้ไขเมื่อ 12 มิถุนายน 2555 10:34 น. ()\nแชร์\n"
        "สัญญาอนุญาต: สงวนสิทธิ์ทุกประการ\nจำนวนที่อ่าน จำนวนที่อ่าน: 77",
        {"reads": 77, "raw": "แชร์"},
    ),
    "fields that nobody knows": (
        foot(more="ของแปลก: 5, ดอกไม้: 2, ผู้อ่านถูกใจ: 4 คน"),
        {"reads": None, "raw": "ของแปลก: 5\nผู้อ่านถูกใจ: 4 คน\nดอกไม้: 2"},
    ),
    "a count in front of its word": (foot() + "\n\n3 ความเห็น", {"comment_count": 3}),
    "a count in brackets, as a field": (foot(more="ความเห็น (2)"), {"comment_count": 2}),
}


@pytest.mark.parametrize(("page", "more"), FOOTERS.values(), ids=FOOTERS)
def test_a_footer_is_read_however_it_is_spelled(tmp_path, page, more):
    item = one(written(tmp_path, "a.txt", f"ชื่อเรื่อง\n\n{BODY}\n\n{page}\n"))
    facts = (item.number, told(item, "written_at"), told(item, "edited_at"), item.licence, item.body_html)
    assert facts == (90001, *DATES, "arr", BODY_HTML)
    assert {name: told(item, name) for name in more} == more


PLACES = {
    "on one line": (
        "บันทึกนี้เขียนที่ GotoKnow โดย  ใน Palliative care คำสำคัญ (Tags): #palliative#ดูแล {foot}",
        (None, "Palliative care", ("palliative", "ดูแล")),
    ),
    "author that begins with the word": (
        "บันทึกนี้เขียนที่ Gotoknow.org โดย ในตะวัน ใน รักในงาน\n{foot}",
        ("ในตะวัน", "รักในงาน", ()),
    ),
    "notebook with signs": (
        "บันทึกนี้เขียนที่\u00a0GotoKnow\u00a0โดย\u00a0\u00a0ใน\u00a0KM (ภาค 2) & R2R #1\n\n{foot}",
        (None, "KM (ภาค 2) & R2R #1", ()),
    ),
    "neither name": ("บันทึกนี้เขียนที่ GotoKnow โดย  ใน  \n{foot}", (None, None, ())),
    "odd tags": (
        "คำสำคัญ (Tags)#ก.พ.ร.#KM ภาครัฐ#a-b_c#๒๕๕๐#C++\n\n{foot}",
        (None, None, ("ก.พ.ร.", "KM ภาครัฐ", "a-b_c", "๒๕๕๐", "C++")),
    ),
    "tags on lines of their own": ("ป้าย (Tags)\n#ก\n#ข\n{foot}", (None, None, ("ก", "ข"))),
    "tags with commas": ("คำหลัก: km, ชุมชน\n{foot}", (None, None, ("km", "ชุมชน"))),
    "first years": ("โดย วิจารณ์ พานิช เมื่อ อา. 25 ก.พ. 2550 @ 08:05 (90001)\n{foot}", ("วิจารณ์ พานิช", None, ())),
}


@pytest.mark.parametrize(("page", "facts"), PLACES.values(), ids=PLACES)
def test_author_notebook_and_tags_are_told_apart(tmp_path, page, facts):
    item = one(written(tmp_path, "a.txt", f"ชื่อเรื่อง\n\n{BODY}\n\n{page.format(foot=foot())}"))
    assert (item.author, item.notebook, item.tags) == facts
    assert (item.number, item.body_html, item.licence) == (90001, BODY_HTML, "arr")


HEADS = {
    "one line for name and dates": "GotoKnow\nชื่อเรื่อง\nครูปู เขียนเมื่อ 25 กุมภาพันธ์ 2550 08:05 น. ()"
    " แก้ไขเมื่อ 12 มิถุนายน 2555 10:34 น. ()\nชื่อเรื่อง\n{body}",
    "one line for dates, the word by": "GotoKnow\nชื่อเรื่อง\nโดย ครูปู\n"
    "เขียนเมื่อ 25 ก.พ. 50 08:05 น. () แก้ไขเมื่อ 12 มิ.ย. 55 10:34 น. ()\n{body}",
    "card before the dates": "Gotoknow.org\nชื่อเรื่อง\nครูปู\nติดตาม 12 ผู้ติดตาม 30\nติดต่อ\n"
    "เขียนเมื่อ 25 ก.พ. 50 08:05 น. ()\nแก้ไขเมื่อ 12 มิ.ย. 55 10:34 น.\n{body}",
}


@pytest.mark.parametrize("page", HEADS.values(), ids=HEADS)
def test_a_head_is_read_however_it_is_broken(tmp_path, page):
    item = one(written(tmp_path, "a.txt", page.format(body=BODY)))
    facts = (item.title, item.author, told(item, "written_at"), told(item, "edited_at"), item.body_html)
    assert facts == ("ชื่อเรื่อง", "ครูปู", *DATES, BODY_HTML)


def test_a_first_paragraph_is_no_pull_quote(tmp_path):
    page = f"ชื่อเรื่อง\nครูปู\nติดตาม ผู้ติดตาม \nติดต่อ\n\n{{}}{BODY}"
    bare = one(written(tmp_path, "a.txt", page.format("")))
    assert (bare.highlight, bare.body_html) == (None, BODY_HTML)
    quoted = one(written(tmp_path, "b.txt", page.format("“คำคม”\n\n")))
    assert (quoted.highlight, quoted.body_html) == ("“คำคม”", BODY_HTML)


def test_a_site_name_before_a_bare_title_is_no_title(tmp_path):
    item = one(written(tmp_path, "a.txt", f"GotoKnow\n\nชื่อเรื่อง\n\n{BODY}\n\n{foot()}"))
    assert (item.title, item.body_html) == ("ชื่อเรื่อง", BODY_HTML)


def test_a_legal_name_may_begin_with_any_title(tmp_path):
    page = f"ศ. นพ. วิจารณ์ สมมติ\nศาสตราจารย์ นายแพทย์ วิจารณ์ สมมติ\nประชุม สคส.\n\n{BODY}"
    item = one(written(tmp_path, "a.txt", page))
    assert (item.author, item.title, item.raw) == (
        "ศ. นพ. วิจารณ์ สมมติ",
        "ประชุม สคส.",
        "ศาสตราจารย์ นายแพทย์ วิจารณ์ สมมติ",
    )


TALK = """พี่ติ๋ว
เขียนเมื่อ 9 ธันวาคม 2548 10:02 น. ()
หนึ่ง
เขียนเมื่อวานนี้เองนะ หมายเลขบันทึก: 12345

หมายเลขบันทึก: 12346 ก็น่าอ่าน

น้องนุช #2002
เขียนเมื่อ 10 ธันวาคม 2548 10:02 น.
ดีค่ะ

เมตตา เมื่อ อา. 11 ธ.ค. 2548 @ 10:02 (2003)

ด้วยความยินดี
"""


def test_comments_of_all_forms_in_one_conversation(tmp_path):
    page = f"ชื่อเรื่อง\n\n{BODY}\n\n{foot()}\n\nความเห็น (3)\n\nเรียงตามเวลา\n\n{TALK}"
    item = one(written(tmp_path, "a.txt", page))
    found = [(each.number, each.author, told(each, "written_at")) for each in item.comments]
    assert found == [
        (None, "พี่ติ๋ว", "2005-12-09 10:02"),
        (2002, "น้องนุช", "2005-12-10 10:02"),
        (2003, "เมตตา", "2005-12-11 10:02"),
    ]
    assert (item.number, item.raw) == (90001, "เรียงตามเวลา")
    assert item.comments[0].body_html == (
        "<p>หนึ่ง<br>เขียนเมื่อวานนี้เองนะ หมายเลขบันทึก: 12345</p>\n<p>หมายเลขบันทึก: 12346 ก็น่าอ่าน</p>"
    )


@pytest.mark.parametrize("head", ["GotoKnow\nความเห็น\u00a02820924", "ความคิดเห็นที่ 2820924", "ความเห็น #2820924"])
def test_a_single_comment_under_any_head(tmp_path, head):
    page = f"{head}\nชื่อเรื่อง\nมะปราง\nเขียนเมื่อ 9 ธันวาคม 2553 10:02 น. ()\n\nขอบคุณมากค่ะ"
    (loose,) = all_of(written(tmp_path, "a.txt", page))
    assert isinstance(loose, LooseComment)
    comment = loose.comment
    assert (comment.number, loose.note_title, comment.author) == (2820924, "ชื่อเรื่อง", "มะปราง")
    assert comment.body_html == "<p>ขอบคุณมากค่ะ</p>"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("75070.txt", 75070),
        ("gotoknow.org_posts_75070.txt", 75070),
        ("www.gotoknow.org-blog-kmi-75070.txt", 75070),
        ("75070 (1).txt", 75070),
        ("75070-ชื่อเรื่อง.txt", 75070),
        ("e75070.txt", 75070),
        ("post-32.txt", 32),
        ("01.txt", None),
        ("7.txt", None),
        ("page3.txt", None),
        ("2550-01-25.txt", None),
    ],
)
def test_the_name_of_a_file_may_tell_the_number(tmp_path, name, number):
    assert one(written(tmp_path, name, f"ชื่อเรื่อง\n\n{BODY}")).number == number


def test_the_name_of_a_file_gives_way_to_a_date_that_lies_years_apart(tmp_path):
    page = f"GotoKnow\nชื่อเรื่อง\nครูปู\nเขียนเมื่อ 9 ธันวาคม 2558 10:02 น. ()\n\n{BODY}"
    assert one(written(tmp_path, "2007.txt", page)).number is None


def test_a_link_to_another_note_stays_in_the_text(tmp_path):
    link = "http://gotoknow.org/blog/thaikm/75051"
    item = one(written(tmp_path, "a.txt", f"ชื่อเรื่อง\n\n{link}\n\n{BODY}\n\n{foot()}"))
    assert (item.number, link in item.body_html, item.problems) == (90001, True, ())


def test_a_page_that_is_twice_in_one_file_is_read_once(tmp_path):
    page = f"ชื่อเรื่อง\n\n{BODY}\n\n{foot()}"
    item = one(written(tmp_path, "a.txt", f"{page}\n\n{page}\n"))
    assert (item.number, item.body_html) == (90001, BODY_HTML)
