"""Saved HTML pages of several years, with what stands around a note on them."""

from __future__ import annotations

from datetime import datetime

from prakai.thai.dates import BANGKOK

from .reading import one, written

TITLE = "เล่าเรื่องบ้านหนองบัว"
BODY = "<p>วันนี้เราไปเยี่ยมบ้าน&nbsp; <b>สองหลัง</b></p><p>&nbsp;</p><p>คนไข้ยิ้ม<br>25 ม.ค.50</p>"
BODY_HTML = "<p>วันนี้เราไปเยี่ยมบ้าน <strong>สองหลัง</strong></p>\n<p>คนไข้ยิ้ม<br>25 ม.ค.50</p>"
FOOT = """<p>บันทึกนี้เขียนที่&nbsp;<a href="/">GotoKnow</a>&nbsp;โดย&nbsp;<a href="/u"><img src="a.png"></a>
&nbsp;ใน&nbsp;<a href="/b">KMI</a></p>
<p>คำสำคัญ (Tags)<a href="/t/1">#กพร.</a><a href="/t/2">#km-ภาคราชการ</a></p>
<p>หมายเลขบันทึก: 75060, เขียน: 29 Jan 2007 @ 10:25&nbsp;(<abbr title="2007"></abbr>),&nbsp;
แก้ไข: 22 Jun 2012 @ 10:34&nbsp;(),
สัญญาอนุญาต: <a href="#">สงวนสิทธิ์ทุกประการ</a>, อ่าน: <a href="#">คลิก</a></p>"""
AROUND = """<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><title>{title}</title>{head}
<script>var x = "หมายเลขบันทึก: 1"</script><style>p {{ color: red }}</style></head><body>
<div class="navbar"><a href="/">GotoKnow</a><ul class="nav"><li><a href="/posts">บันทึกทั้งหมด</a></li></ul></div>
<div class="container"><div class="span8"><h1>เล่าเรื่องบ้านหนองบัว</h1>{page}</div>
<div class="span4 sidebar"><h4>บันทึกล่าสุด</h4><ul><li><a href="/posts/1111">เรื่องอื่น</a></li></ul></div></div>
<footer><p>นโยบาย</p></footer></body></html>"""


def page(content: str, head: str = "", title: str = f"{TITLE} - GotoKnow") -> str:
    return AROUND.format(title=title, head=head, page=content)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def test_a_page_is_read_without_what_stands_around_it(tmp_path):
    item = one(
        written(tmp_path, "a.html", page(f'<div class="content">{BODY}</div>{FOOT}<h3>ความเห็น (0)</h3>'))
    )
    assert (item.number, item.title, item.author, item.notebook) == (75060, TITLE, None, "KMI")
    assert (item.tags, item.licence, item.reads, item.comment_count) == (
        ("กพร.", "km-ภาคราชการ"),
        "arr",
        None,
        0,
    )
    assert (item.written_at, item.edited_at) == (at("2007-01-29T10:25"), at("2012-06-22T10:34"))
    assert item.body_html == BODY_HTML
    assert [each.start for each in item.dates] == ["2007-01-25"]


def test_without_a_footer_the_rail_and_the_foot_of_the_page_are_kept_raw(tmp_path):
    head = '<link rel="canonical" href="https://www.gotoknow.org/posts/75061">'
    item = one(written(tmp_path, "a.html", page(BODY, head)))
    assert (item.number, item.title, item.body_html) == (75061, TITLE, BODY_HTML)
    assert item.raw.split("\n") == ["GotoKnow บันทึกทั้งหมด", "บันทึกล่าสุด เรื่องอื่น", "นโยบาย"]


def test_comments_in_marked_boxes_are_told_by_their_lines(tmp_path):
    talk = """<h3>ความเห็น (2)</h3><div class="comment" id="comment-11"><div class="name">มะปราง</div>
    <div>เขียนเมื่อ 30 Jan 2007 @ 08:00 ()</div><div><p>เห็นด้วย</p></div><a href="#c">#11</a></div>
    <div class="comment" id="comment-12"><div class="author">ครูปู</div><div>เขียนเมื่อ 31 ม.ค. 2550 09:00 น.</div>
    <p>ขอบคุณ</p><span>[ IP: 203.0.113.7 ]</span></div>"""
    item = one(written(tmp_path, "a.html", page(BODY + FOOT + talk)))
    assert [(each.author, each.written_at, each.body_html) for each in item.comments] == [
        ("มะปราง", at("2007-01-30T08:00"), "<p>เห็นด้วย</p>"),
        ("ครูปู", at("2007-01-31T09:00"), "<p>ขอบคุณ</p>"),
    ]
    assert "203.0.113.7" not in repr(item.comments)


def test_a_layout_of_tables_is_no_table_of_the_note(tmp_path):
    text = f"""<html><head><title>GotoKnow.org :: KMI :: {TITLE}</title></head><body>
    <table><tr><td><a href="/">GotoKnow</a> | เกี่ยวกับ</td></tr></table>
    <table><tr><td>เมนู<br>ล่าสุด</td><td><h2>{TITLE}</h2>{BODY}<p>คำสำคัญ: <a>กพร</a>, <a>KM</a></p>
    <p>โดย วิจารณ์ สมมติ เมื่อ จ. 29 ม.ค. 2550 @ 10:25 (75065)</p>
    <p>หมายเลขบันทึก: 75065</p></td></tr></table></body></html>"""
    item = one(written(tmp_path, "a.html", text))
    assert (item.number, item.title, item.author, item.tags) == (75065, TITLE, "วิจารณ์ สมมติ", ("กพร", "KM"))
    assert (item.written_at, item.body_html) == (at("2007-01-29T10:25"), BODY_HTML)


def test_a_byline_is_no_part_of_the_text(tmp_path):
    line = '<p><span class="author">ครูปู</span> <time datetime="2007-01-29T10:25:00+07:00">29 ม.ค. 2550</time></p>'
    item = one(written(tmp_path, "a.html", page(line + BODY + FOOT.replace("เขียน:", "เล่า:"))))
    assert (item.author, item.body_html) == ("ครูปู", BODY_HTML)


def test_a_text_in_a_pre_element_keeps_its_lines(tmp_path):
    text = f"<html><body><pre>{TITLE}\n\n   ย่อหน้าหนึ่ง\n(1) ก\n(2) ข\n\nหมายเลขบันทึก: 75066</pre></body></html>"
    item = one(written(tmp_path, "a.html", text))
    assert (item.number, item.title) == (75066, TITLE)
    assert item.body_html == "<p>ย่อหน้าหนึ่ง</p>\n<ol><li>ก</li><li>ข</li></ol>"


def test_a_piece_of_a_page_is_html(tmp_path):
    text = f"<div><h1>{TITLE}</h1>\n<div>ย่อหน้า\nหนึ่ง</div>\n<div>หมายเลขบันทึก: 75067</div></div>\n"
    item = one(written(tmp_path, "a.txt", text))
    assert (item.number, item.title, item.body_html) == (75067, TITLE, "<p>ย่อหน้า หนึ่ง</p>")


def test_a_page_without_any_mark_is_known_by_its_name(tmp_path):
    text = "<html><body><p>ย่อหน้าหนึ่ง</p><p>ย่อหน้าสอง</p></body></html>"
    assert one(written(tmp_path, "gotoknow-75068.html", text)).number == 75068
