"""What must have happened before every page has something to show: done by hand, in a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.conftest import MAIL, PASSWORD, Place

# Written by us in the form of a saved page, all rights reserved: it becomes a link card.
SAVED_PAGE = """ก๊อกน้ำหน้าอนามัย

วันนี้เล่าเรื่องก๊อกน้ำหน้าสถานีอนามัยที่รั่วมาสามปี แล้วป้าข้างบ้านเป็นคนซ่อมให้
เราขอบคุณป้าด้วยการชวนมานั่งเป็นกรรมการ

สมศรี  ใจดี

บันทึกนี้เขียนที่ GotoKnow โดย สมศรี ใน เรื่องเล็กในอนามัย

คำสำคัญ (Tags)#ก๊อกน้ำ#อนามัย

หมายเลขบันทึก: 990017, เขียน: 12 Mar 2008 @ 09:15 (), แก้ไข: 12 Mar 2008 @ 09:15 (), สัญญาอนุญาต: สงวนสิทธิ์ทุกประการ, อ่าน: คลิก

ความเห็น (0)
"""


@dataclass(slots=True)
class Stage:
    """Addresses of what was set up, by name."""

    at: dict[str, str] = field(default_factory=dict)


def _path(page: Any) -> str:
    return str(page.evaluate("decodeURI(location.pathname)"))


def _press(page: Any, name: str) -> None:
    """Press the visible button with these words; the one that only answers to Enter is passed over."""
    page.locator("main button:not(.seen-by-ear)").filter(has_text=re.compile(name)).first.click()


def set_up(place: Place, open_window: Callable[..., Any]) -> Stage:
    """Bring in a link card, write, withdraw, save, answer, hold, report, merge and invite; return where it stands."""
    stage = Stage()
    page = place.folder / "saved-page.txt"
    page.write_text(SAVED_PAGE, encoding="utf-8")
    place.command("import", str(page), "--as", "steward@demo.prakai.example", "--rights", "link")
    stage.at["link card"] = "/notes/990017"
    _write(stage, open_window(role="writer", scripts=False))
    _talk(stage, open_window)
    _look_after(stage, open_window(role="steward", scripts=False))
    _join(open_window(scripts=False))
    _look_around(stage, open_window(scripts=False))
    _found_network(stage, open_window)
    _find_forums(stage, open_window(scripts=False), open_window(role="facilitator", scripts=False))
    stage.at["stop page"] = _stop_page(place)
    return stage


def _stop_page(place: Place) -> str:
    """Where a letter about saved searches leads who wants no more of them: a demo person's, for letters come at six."""
    asked = (
        "from prakai.people.models import Person; from prakai.search.stopping import stop_word;"
        " print('/searches/stop/' + stop_word(Person.objects.get(email='writer@demo.prakai.example')))"
    )
    return place.command("django", "shell", "-c", asked).stdout.split()[-1]


def _join(visitor: Any) -> None:
    visitor.goto("/accounts/signup/")
    visitor.locator("[name=given_th]").fill("ดวงใจ")
    visitor.locator("[name=family_th]").fill("ริมน้ำ")
    visitor.locator("[name=email]").fill(MAIL)
    visitor.locator("[name=password1]").fill(PASSWORD)
    for box in visitor.locator("main form input[type=checkbox][required]").all():
        box.check()
    _press(visitor, "เข้าร่วม")


def _look_around(stage: Stage, visitor: Any) -> None:
    """Find one example of each kind that the demo network holds."""
    visitor.goto("/")
    stage.at["older"] = "/" + str(visitor.get_by_role("link", name="เก่ากว่า").get_attribute("href"))
    for name, page, link in (
        ("person", "/notes/37", "main a[rel=author]"),
        ("unit", "/notes/37", ".byline a[href^='/units/']"),
        ("tag", "/notes/37", "main a[rel=tag]"),
        ("unit notebook", "/notes/10", ".byline a[href^='/notebooks/']"),
    ):
        visitor.goto(re.sub(r"\{(.+)\}", lambda found: stage.at[found[1]], page))
        stage.at[name] = str(visitor.locator(link).first.get_attribute("href"))
    stage.at["knowledge"] = re.findall(r"/units/\d+", stage.at["unit"])[0] + "/knowledge"
    stage.at["tag number"] = re.findall(r"\d+", stage.at["tag"])[0]


def _found_network(stage: Stage, open_window: Callable[..., Any]) -> None:
    """Found a network, write its charter once more, bring in a unit, invite one, and let one ask; another rests."""
    keeper = open_window(role="facilitator", scripts=False)
    for name in ("เครือข่ายก๊อกน้ำไม่รั่ว", "เครือข่ายห้องบัตรไม่มีคิว"):
        keeper.goto("/networks/new")
        keeper.locator("[name=name_th]").fill(name)
        keeper.locator("[name=purpose]").fill("ให้ทุกสถานีอนามัยซ่อมของเล็ก ๆ ได้ในวันเดียว")
        keeper.locator("[name=promises]").fill("พบกันทุกสามเดือน\n\nแต่ละหน่วยงานเล่าหนึ่งเรื่อง")
        _press(keeper, "^ตั้งเครือข่าย")
    stage.at["resting network"] = _path(keeper)
    keeper.goto(re.findall(r"/networks/\d+", _path(keeper))[0] + "/rest")
    keeper.locator("[name=because]").fill("รอปีงบประมาณใหม่")
    _press(keeper, "^พัก")
    keeper.goto("/networks")
    link = keeper.locator("main .card-title a", has_text="เครือข่ายก๊อกน้ำไม่รั่ว").first
    stage.at["network"] = str(link.get_attribute("href"))
    stage.at["network number"] = re.findall(r"\d+", stage.at["network"])[0]
    address = f"/networks/{stage.at['network number']}"
    keeper.goto(f"{address}/charter")
    keeper.locator("[name=manners]").fill("เรื่องที่พลาดเล่าเพื่อเรียนรู้")
    _press(keeper, "^บันทึก")
    for name, words, button in (
        ("unit", "เทศบาลตำบลคลองลำพู", "^ชวนหน่วยงานนี้"),
        ("name", "มาลี ใจงาม", "^ชวนคนนี้"),
    ):
        keeper.goto(f"{address}/members")
        keeper.locator(f"main form [name={name}]").fill(words)
        _press(keeper, button)
    reader = open_window(role="reader", scripts=False)
    reader.goto("/networks")
    answer = str(reader.locator("main form[action$='/yes']").first.get_attribute("action"))
    stage.at["network invitation"] = answer.removesuffix("/yes")
    writer = open_window(role="writer", scripts=False)
    writer.goto(f"{address}/join")
    _press(writer, "^ขอเข้าร่วมในนามหน่วยงาน")
    keeper.goto(stage.at["network"])
    _press(keeper, "^ตอบรับ")
    writer.goto(stage.at["network"])
    stage.at["leaving"] = str(writer.locator("main a[href$='/end']").last.get_attribute("href"))


def _find_forums(stage: Stage, visitor: Any, facilitator: Any) -> None:
    """Find the forums of the demo network (the one that was, today's, the next), a story, and the code of the wall."""
    visitor.goto("/forums")
    for name, title in (("past", "ครั้งที่ 1"), ("today", "ครั้งที่ 2"), ("next", "ครั้งที่ 3")):
        link = visitor.locator("main .card-title a", has_text=f"คนหน้างานเล่าสู่กันฟัง {title}").first
        stage.at[f"{name} forum"] = str(link.get_attribute("href"))
        stage.at[name] = re.findall(r"/forums/\d+", stage.at[f"{name} forum"])[0]
    visitor.goto(f"{stage.at['past']}/stories")
    stage.at["story"] = str(visitor.locator("main .card-title a").first.get_attribute("href"))
    facilitator.goto(f"{stage.at['past']}/wall/list")
    stage.at["spark"] = str(facilitator.locator("main .spark-grow a").first.get_attribute("href"))
    facilitator.goto(f"{stage.at['today']}/wall/keep")
    stage.at["code"] = str(facilitator.locator(".wall-code-said").inner_text())


def _write(stage: Stage, writer: Any) -> None:
    writer.goto("/write/journal")
    writer.locator("[name=body]").fill("เช้านี้ฝนตก คนไข้มาสาย เราเลยเลื่อนคิวให้โดยไม่ต้องขอ")
    _press(writer, "^บันทึกร่าง")
    writer.goto("/write/how")
    writer.locator("[name=title]").fill("ป้ายบอกทางด้วยกระถางดอกไม้")
    writer.locator("[name=body]").fill("เราวางกระถางสามสีแทนลูกศร\n\nคนแก่เดินตามสีได้เองโดยไม่ต้องถาม")
    _press(writer, "^เผยแพร่")
    stage.at["own note"] = _path(writer)
    number = re.findall(r"\d+", stage.at["own note"])[0]
    stage.at["own number"] = number
    writer.goto(f"/notes/{number}/edit")
    writer.locator("[name=body]").fill("เราวางกระถางสี่สีแทนลูกศร\n\nคนแก่เดินตามสีได้เองโดยไม่ต้องถามใคร")
    _press(writer, "^บันทึก")
    writer.goto(stage.at["own note"])
    writer.locator("a[href^='/notebooks/']").first.click()
    stage.at["own notebook"] = _path(writer)
    notebook = re.findall(r"\d+", stage.at["own notebook"])[0]
    stage.at["notebook number"] = notebook
    writer.goto(f"/notebooks/{notebook}/change")
    writer.locator("[name=allows_anonymous]").check()
    _press(writer, "บันทึก")
    writer.goto("/write/journal")
    writer.locator("[name=body]").fill("เรื่องนี้เขียนไว้เร็วไป ขอถอนก่อน")
    _press(writer, "^เผยแพร่")
    stage.at["withdrawn note"] = _path(writer)
    writer.goto(f"/notes/{re.findall(r'[0-9]+', stage.at['withdrawn note'])[0]}/withdraw")
    _press(writer, "ถอน")
    writer.goto("/search?q=น้ำ&kind=note&year=2568")
    _press(writer, "^เก็บคำค้น")


def _talk(stage: Stage, open_window: Callable[..., Any]) -> None:
    reader = open_window(role="reader", scripts=False)
    reader.goto(stage.at["own note"])
    reader.locator("textarea[name=body]").first.fill("ใช้กระถางกี่ใบครับ")
    _press(reader, "ความเห็น|ส่ง")
    reader.locator("a[href*='/talk/'][href$='/report']").first.click()
    stage.at["report page"] = _path(reader)
    reader.goto("/notes/37")
    stage.at["appreciate page"] = str(reader.locator("a[href$='/appreciate']").first.get_attribute("href"))
    reader.locator("a[href^='/talk/comments/'][href$='/report']").first.click()
    reader.locator("[name=reason]").first.check()
    _press(reader, "แจ้ง|ส่ง")
    visitor = open_window(scripts=False)
    visitor.goto(stage.at["own note"])
    stage.at["reply page"] = str(visitor.locator("main [data-key=reply]").first.get_attribute("href"))
    visitor.locator(".talk-say a").click()
    stage.at["comment page"] = _path(visitor)
    visitor.wait_for_timeout(3500)  # one who answers faster than a person can read is taken for a program
    visitor.locator("textarea[name=body]").first.fill("คุณแม่เดินเองได้เพราะกระถางสีเหลือง ขอบคุณค่ะ")
    _press(visitor, "ความเห็น|ส่ง")


def _look_after(stage: Stage, steward: Any) -> None:
    made = []
    for name in ("ศูนย์เรียนรู้ริมคลองทดลอง", "ศูนย์เรียนรู้ริมทะเลทดลอง"):
        steward.goto("/units/new")
        steward.locator("[name=name_th]").fill(name)
        _press(steward, "เพิ่ม")
        made.append(_path(steward))
    first, second = (re.findall(r"\d+", path)[0] for path in made)
    stage.at["other unit"] = made[1]
    steward.goto(f"/units/{first}/merge")
    steward.locator("[name=later]").fill("ศูนย์เรียนรู้ริมทะเลทดลอง")
    steward.locator("[name=on]").fill("1 ต.ค. 2568")
    _press(steward, "^รวม")
    stage.at["merged unit"] = made[0]
    stage.at["unit number"] = second
    for words in ("ศรท.\nศูนย์เรียนรู้ทดลอง", "ศรช.\nศูนย์เรียนรู้ชุมชน\nlearning centre"):
        steward.goto("/moderation/words")
        steward.locator("[name=forms]").fill(words)
        _press(steward, "^เพิ่ม")
    _press(steward, "^ขีดออก")
    steward.goto("/people/invitations")
    steward.locator("[name=note]").fill("เพื่อนจากงานวันศุกร์")
    _press(steward, "สร้างลิงก์")
    told = re.search(r"/join/[A-Za-z0-9_-]+", steward.content())
    stage.at["invitation"] = told[0] if told else ""
