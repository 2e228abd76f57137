"""The editor in a real browser: paste from Word, pictures, prompts, and the same page without JavaScript."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from prakai.notes.models import Attachment, Note
from prakai.people.models import Person
from tests.web.notes.browsing import close, heard, sign_in
from tests.web.notes.conftest import Write
from tests.web.notes.test_writing import WORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal{font-family:"TH SarabunPSK"}</style>
</head><body lang=TH><!--StartFragment-->
<p class=MsoNormal><b><span lang=TH style='font-size:16pt'>สิ่งที่ทำ</span></b><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>
<span lang=TH>แจกบัตร</span></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:1in;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]><span lang=TH>สามสี</span></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]><span lang=TH>ถามทีละคน</span></p>
<p class=MsoNormal><span lang=TH>แล้วก็</span></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>๑.<span>&nbsp;</span></span><![endif]><span lang=TH>นั่งฟัง</span></p>
<img src="file:///C:/Users/a/clip_image001.png"><!--EndFragment--></body></html>"""

PASTE = """([html, picture]) => {
  const given = new DataTransfer();
  if (html) given.setData("text/html", html);
  if (picture) {
    const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
    given.items.add(new File([bytes], "bench.png", { type: "image/png" }));
  }
  const target = document.querySelector(".ProseMirror") ?? document.querySelector("textarea[name=body]");
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def page(chromium: Any, live_server: Any, malee: Person) -> Iterator[Any]:
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    sign_in(context, live_server.url, malee)
    yield context.new_page()
    close(context)


def enter(page: Any, path: str = "/write/how") -> None:
    page.goto(path)
    page.click("textarea[name=body]:visible, .ProseMirror, .editor-stand-in")
    page.wait_for_selector(".ProseMirror")


def save(page: Any) -> Note:
    page.click("button[data-move=save]")
    page.wait_for_url("**/edit")
    return Note.objects.get()


def shape(body: str) -> str:
    """Return the tags and words of a body without language spans and spaces between."""
    return re.sub(r">\s+<", "><", re.sub(r"</?span[^>]*>", "", body))


def test_lists_from_word_become_lists(page: Any) -> None:
    said = heard(page)
    enter(page)
    page.evaluate(PASTE, [LISTS, ""])
    page.wait_for_selector(".ProseMirror li")
    body = shape(save(page).body)
    assert body == (
        "<p><strong>สิ่งที่ทำ</strong></p><ul><li><p>แจกบัตร</p><ul><li><p>สามสี</p></li></ul></li>"
        "<li><p>ถามทีละคน</p></li></ul><p>แล้วก็</p><ol><li><p>นั่งฟัง</p></li></ol>"
    )
    assert said == []


def test_a_table_from_word_becomes_a_plain_table(page: Any) -> None:
    enter(page)
    page.evaluate(PASTE, [f'<html xmlns:o="urn:schemas-microsoft-com:office:office">{WORD}</html>', ""])
    page.wait_for_selector(".ProseMirror table")
    body = save(page).body
    assert re.findall(r"<td[^>]*>(.*?)</td>", body, re.DOTALL) == ["<p><strong>สี</strong></p>", "<p>เขียว</p>"]
    assert "style" not in body


REMARKS = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<h1><span lang=TH>รายงาน</span></h1>
<p class=MsoNormal>เราได้<ins cite="mailto:a" datetime="2024-01-01">เพิ่ม</ins><del cite="mailto:a" datetime="2024-01-01">
คำที่ลบ</del><span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[A1]</a></span> แล้ว</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>๓.<span>&nbsp;</span></span>ข้อสาม</p>
<table><tr><td colspan=2><p class=MsoNormal>รวม</p></td></tr><tr><td>ก</td><td>ข</td></tr>
<tr height=0><td width=100></td><td></td></tr></table>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p
class=MsoCommentText>ความเห็นหัวหน้า</p></div></div>
</body></html>"""


def test_remarks_and_struck_words_from_word_stay_behind(page: Any) -> None:
    enter(page)
    page.evaluate(PASTE, [REMARKS, ""])
    page.wait_for_selector(".ProseMirror table")
    assert shape(save(page).body) == (
        '<h2>รายงาน</h2><p>เราได้เพิ่ม แล้ว</p><ol start="3"><li><p>ข้อสาม</p></li></ol><table><tbody>'
        '<tr><td colspan="2"><p>รวม</p></td></tr><tr><td><p>ก</p></td><td><p>ข</p></td></tr></tbody></table>'
    )


def test_pictures_in_pasted_text_come_in_and_those_of_other_sites_are_told(page: Any) -> None:
    out = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "PNG")
    inside = base64.b64encode(out.getvalue()).decode()
    said = heard(page)
    enter(page)
    html = (
        f'<p><span style="font-style:italic">เอียง</span><img src="data:image/png;base64,{inside}"></p>'
        '<p>ต่อ<img src="https://elsewhere.example/a.png" width="300"><img src="https://e.example/s.png" alt="(ยิ้ม)"></p>'
    )
    page.evaluate(PASTE, [html, ""])
    page.wait_for_selector(".ProseMirror figure img")
    page.wait_for_selector("text=มี 1 ภาพมากับข้อความไม่ได้")
    body = save(page).body
    assert body.startswith("<p><em>เอียง</em></p><p>ต่อ(ยิ้ม)</p>")
    assert f'src="{Attachment.objects.get().get_absolute_url()}"' in body
    assert "elsewhere" not in body
    assert said == []


def test_several_pictures_stand_in_the_order_in_which_they_were_given(page: Any) -> None:
    files = []
    for at, side in enumerate((900, 30, 600, 20)):
        out = BytesIO()
        Image.effect_noise((side, side), 80).save(out, "PNG")
        files.append({"name": f"p{at}.png", "mimeType": "image/png", "buffer": out.getvalue()})
    enter(page)
    page.set_input_files("input[name=uploads]", files)
    page.wait_for_selector(".ProseMirror figure img >> nth=3")
    assert re.findall(r"/(p\d)\.png", page.input_value("textarea[name=body]")) == ["p0", "p1", "p2", "p3"]


def test_what_is_pasted_before_the_editor_has_come_is_kept_too(page: Any) -> None:
    page.goto("/write/how")
    page.evaluate(PASTE, [LISTS, ""])
    page.wait_for_selector(".ProseMirror li")
    assert "แจกบัตร" in page.inner_text(".ProseMirror")


def test_a_pasted_picture_stands_in_the_text_with_its_description(page: Any) -> None:
    out = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "PNG")
    enter(page)
    page.keyboard.type("ม้านั่ง")
    page.evaluate(PASTE, ["", base64.b64encode(out.getvalue()).decode()])
    page.wait_for_selector(".ProseMirror figure img")
    page.fill(".uploads input", "ม้านั่งหน้าห้องบัตร")
    page.press(".uploads input", "Tab")
    page.wait_for_selector('.ProseMirror img[alt="ม้านั่งหน้าห้องบัตร"]')
    note = save(page)
    row = Attachment.objects.get()
    assert (row.note, row.alt, row.media_type) == (note, "ม้านั่งหน้าห้องบัตร", "image/png")
    assert f'src="{row.get_absolute_url()}"' in note.body
    assert 'alt="ม้านั่งหน้าห้องบัตร"' in note.body


def test_a_picture_that_did_not_get_through_can_be_tried_again(page: Any) -> None:
    out = BytesIO()
    Image.new("RGB", (6, 4), "teal").save(out, "PNG")
    page.route("**/media/new", lambda route: route.abort())
    enter(page)
    page.set_input_files(
        "input[name=uploads]", {"name": "a.png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    page.wait_for_selector("text=ไม่มีสัญญาณ")
    page.unroute("**/media/new")
    page.click("text=ลองใหม่")
    page.wait_for_selector(".ProseMirror figure img")
    assert Attachment.objects.count() == 1


def test_a_file_becomes_a_link_and_belongs_to_the_note(page: Any) -> None:
    enter(page)
    page.set_input_files(
        "input[name=uploads]", {"name": "แบบ.csv", "mimeType": "text/csv", "buffer": "ก,ข\n".encode()}
    )
    page.wait_for_selector(".ProseMirror a[href^='/media/']")
    note = save(page)
    assert Attachment.objects.get().note == note


def test_prompts_are_put_in_as_headings(page: Any) -> None:
    enter(page)
    page.click("[data-prompt] >> nth=1")
    page.keyboard.type("แจกบัตร")
    assert save(page).body == "<h2>เราทำอะไร</h2><p>แจกบัตร</p>"


def test_what_was_typed_before_the_editor_came_stays_where_it_was(page: Any) -> None:
    page.goto("/write/how")
    page.route("**/editor*.js", lambda route: (page.wait_for_timeout(0), route.continue_())[1])
    page.focus("textarea[name=body]")
    page.keyboard.type("ก่อน ")
    page.wait_for_selector(".ProseMirror")
    page.keyboard.type("หลัง")
    page.wait_for_timeout(300)
    assert page.input_value("textarea[name=body]") == "<p>ก่อน หลัง</p>"


def test_all_works_with_javascript_off(chromium: Any, live_server: Any, malee: Person) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, live_server.url, malee)
    page = context.new_page()
    page.goto("/write")
    page.click("text=เราทำอย่างไร")
    page.fill("input[name=title]", "ม้านั่ง")
    page.fill("textarea[name=body]", "ย่อหน้าหนึ่ง\n\nย่อหน้าสอง")
    page.fill("input[name=tags]", "คิว")
    page.click("button[data-move=save]")
    page.click("text=บันทึกร่างแล้ว")
    page.click("button[data-move=publish]")
    assert page.inner_text("h1") == "ม้านั่ง"
    note = Note.objects.get()
    assert (note.plain, note.published_at is not None) == ("ย่อหน้าหนึ่ง\nย่อหน้าสอง", True)
    close(context)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_pages_of_notes(
    chromium: Any, live_server: Any, malee: Person, write: Write, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    note = write(tags=["คิว", "ห้องบัตร"], highlight="เก้าอี้หกตัว", series="ชุด")
    write("อีกตอน", tags=["คิว"], series="ชุด")
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    sign_in(context, live_server.url, malee)
    wrong = []
    page = context.new_page()
    edit = f"/notes/{note.number}/edit"
    history = f"/notes/{note.number}/history?version=1"
    tag = note.taggings.first().tag.get_absolute_url()  # type: ignore[union-attr]
    places = ["/write", "/write/how", "/write/journal", edit, history, "/desk", note.get_absolute_url()]
    places += [
        note.notebook.get_absolute_url(),
        "/notebooks/new",
        "/tags",
        tag,
        f"/notes/{note.number}/withdraw",
    ]
    for path in places:
        page.goto(path)
        if path in (edit, "/write/how"):
            page.click("textarea[name=body]:visible, .ProseMirror, .editor-stand-in")
            page.wait_for_selector(".ProseMirror")
        found = Axe().run(page).response["violations"]
        wrong += [(path, v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            wrong.append((path, "scrolls sideways", [wide]))
    close(context)
    assert wrong == []
