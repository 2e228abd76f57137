"""What the styleguide shows: made-up people and words, shaped like the real things that the parts are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from prakai.web.base.forms import Gentle

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Named:
    """Anything with a name and a page: a unit, a notebook."""

    name: str
    address: str = "/styleguide"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.address


@dataclass(frozen=True, slots=True)
class Somebody(Named):
    """A person as the parts see her."""

    initial: str = ""
    tint: int = 0
    portrait_url: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A note as lists show it."""

    title: str
    people: list[Somebody]
    unit: Named
    moment: datetime
    highlight: str = ""
    institution: str = ""
    tags: list[SimpleNamespace] = field(default_factory=list)

    def get_absolute_url(self) -> str:
        return "/styleguide"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment or a reply."""

    anchor: str
    person: Somebody | None
    unit: Named | None
    moment: datetime
    body: SafeString
    signed: str = ""
    builds_on: bool = False
    is_by_visitor: bool = False
    held: bool = False
    reply_url: str = ""
    report_url: str = "/styleguide#report"
    replies: list[Said] = field(default_factory=list)

    def get_absolute_url(self) -> str:
        return f"/styleguide#{self.anchor}"


class SampleForm(Gentle, forms.Form):
    """Every kind of field; left half empty, so that it shows what it misses."""

    title = forms.CharField(label="ชื่อเรื่อง", max_length=200)
    place = forms.CharField(label="ที่ไหน", required=False, help_text="เช่น แผนกผู้ป่วยนอก หรือศาลากลางหลังเก่า")
    email = forms.EmailField(label="อีเมล", help_text="เราใช้ติดต่อเรื่องบันทึกนี้เท่านั้น")
    audience = forms.ChoiceField(
        label="ใครอ่านได้",
        help_text="เปลี่ยนภายหลังได้ทุกเมื่อ",
        choices=[("unit", "หน่วยของฉัน"), ("members", "สมาชิก"), ("public", "ทุกคน")],
        widget=forms.RadioSelect,
        initial="members",
    )
    kind = forms.ChoiceField(label="เป็นบันทึกแบบไหน", choices=[("how", "เราทำอย่างไร"), ("short", "อนุทิน")])
    tell_me = forms.BooleanField(label="บอกฉันเมื่อมีคนมาคุยด้วย", required=False, initial=True)
    story = forms.CharField(label="เรื่องที่อยากเล่า", widget=forms.Textarea, required=False)
    pictures = forms.FileField(
        label="ภาพประกอบ", required=False, help_text="วาง ลากมา หรือถ่ายด้วยกล้อง ครั้งละหลายภาพก็ได้"
    )


AUDIENCE_HINTS = {
    "unit": "เห็นเฉพาะคนในหน่วยเดียวกัน",
    "members": "คนที่ลงชื่อเข้าใช้แล้วทุกคน",
    "public": "ใครก็เปิดอ่านได้ รวมทั้งเครื่องมือค้นหา",
}


def _tag(name: str) -> SimpleNamespace:
    return SimpleNamespace(name=name, url="/styleguide")


def _people() -> dict[str, Any]:
    malee = Somebody("มาลี ศรีสุข", initial="ม", tint=0)
    return {
        "malee": malee,
        "people_in_tints": [
            malee,
            Somebody("สมชาย ใจดี", initial="ส", tint=1),
            Somebody("ปิ่นแก้ว วงศ์ทอง", initial="ป", tint=2),
            Somebody("ฐิติพร น้ำผึ้ง", initial="ฐ", tint=3),
            Somebody("อาทิตย์ ภูผา", initial="อ", tint=4),
            Somebody("ญาณี เกื้อกูล", initial="ญ", tint=5),
            Somebody("Nok Saeng", initial="N", tint=6),
            Somebody("วรรณา ปู่คำ", initial="ว", tint=7),
        ],
        "clinic": Named("โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านปู่คำ"),
    }


def _notes(now: datetime, people: dict[str, Any]) -> dict[str, Any]:
    first = Told(
        "ที่นั่งรอ ๖ ตัวที่ทำให้คนไข้หันมาคุยกัน",
        [people["malee"]],
        people["clinic"],
        now - timedelta(hours=3),
        "เราแค่หันเก้าอี้เข้าหากัน ป้าคนแรกถามยายข้าง ๆ ว่ากินยาตัวเดียวกันหรือเปล่า แล้วทั้งแถวก็เริ่มเล่าเรื่องของตัวเอง",
        "จังหวัดสมมติบุรี",
        [_tag("งานบริการ"), _tag("ผู้ป่วยเบาหวาน"), _tag("เรื่องเล็กที่ได้ผล")],
    )
    second = Told(
        "น้ำท่วมปีนั้น เทศบาลใช้กลุ่มไลน์ของแม่ครัวหาคนตกค้าง",
        [people["people_in_tints"][1], people["people_in_tints"][2]],
        Named("เทศบาลตำบลท่าน้ำผึ้ง"),
        now - timedelta(days=400),
        "แม่ครัวรู้ว่าบ้านไหนยังไม่มารับข้าว",
    )
    return {"note": first, "notes": [first, second]}


def _talk(now: datetime, people: dict[str, Any]) -> dict[str, Any]:
    reply = Said(
        "c47",
        people["malee"],
        people["clinic"],
        now - timedelta(minutes=12),
        mark_safe("<p>ใช้เก้าอี้เดิมทั้งหมดค่ะ แค่เลื่อนตู้เอกสารออกหนึ่งตู้</p>"),
    )
    comment = Said(
        "c45",
        people["people_in_tints"][4],
        Named("ที่ว่าการอำเภอภูผา"),
        now - timedelta(hours=1),
        mark_safe(
            "<p>ที่อำเภอลองหันเก้าอี้แบบนี้แล้ว คนที่มาทำบัตรช่วยกันกรอกแบบฟอร์มเองโดยไม่ต้องรอเจ้าหน้าที่"
            " ขอถามว่าตอนแรกต้องขอพื้นที่เพิ่มไหมครับ</p>"
        ),
        builds_on=True,
        reply_url="/styleguide#reply",
        replies=[reply],
    )
    held = Said(
        "c46",
        None,
        None,
        now - timedelta(minutes=5),
        mark_safe("<p>แม่ดิฉันเป็นคนหนึ่งในแถวนั้น ขอบคุณมากค่ะ</p>"),
        is_by_visitor=True,
        held=True,
    )
    return {
        "comments": [comment, held],
        "appreciation": SimpleNamespace(
            people=[people["people_in_tints"][3]],
            unit=Named("สำนักงานสาธารณสุขจังหวัดสมมติบุรี"),
            moment=now - timedelta(days=2),
            saw="พยาบาลลุกจากโต๊ะมานั่งแถวเดียวกับคนไข้",
            effect="คนไข้กล้าถามเรื่องยาที่ไม่เคยถาม เดือนนี้กินยาครบมากขึ้น",
            wants_to_learn=True,
        ),
        "spark": SimpleNamespace(
            text="ถามคนที่รออยู่ว่ารออะไร แล้วเราจะรู้ว่าต้องแก้ตรงไหนก่อน",
            signed="คุณหมอหนุ่ม",
            moment=now - timedelta(minutes=40),
        ),
    }


def _writing(now: datetime) -> dict[str, Any]:
    body = mark_safe("<p>เราแค่หันเก้าอี้เข้าหากัน แล้วทั้งแถวก็เริ่มคุย</p>")
    later = mark_safe("<p>เราหันเก้าอี้หกตัวเข้าหากัน แล้วทั้งแถวก็เริ่มคุย</p>")
    return {
        "form": SampleForm(),
        "form_with_errors": SampleForm(
            {"title": "", "email": "malee", "place": "แผนกผู้ป่วยนอก", "audience": ""}, auto_id="wrong_%s"
        ),
        "audience_hints": AUDIENCE_HINTS,
        "runs": [
            SimpleNamespace(kind="same", text="เรา"),
            SimpleNamespace(kind="removed", text="แค่"),
            SimpleNamespace(kind="same", text="หันเก้าอี้"),
            SimpleNamespace(kind="added", text="หกตัว"),
            SimpleNamespace(kind="same", text="เข้าหากัน แล้วทั้งแถวก็เริ่มคุย"),
        ],
        "versions": [
            SimpleNamespace(label="ที่เครื่องนี้", moment=now - timedelta(minutes=2), body=later, value="here"),
            SimpleNamespace(
                label="ที่เก็บไว้บนระบบ", moment=now - timedelta(minutes=30), body=body, value="kept"
            ),
        ],
        "head": ["หน่วยงาน", "บันทึก", "เริ่มเมื่อ"],
        "rows": [
            ["รพ.สต. บ้านปู่คำ", "12", "2566"],
            ["เทศบาลตำบลท่าน้ำผึ้ง", "7", "2567"],
            ["ที่ว่าการอำเภอภูผา", "3", "2568"],
        ],
    }


def styleguide_pieces(theme: str = "auto") -> dict[str, Any]:
    """Return everything that the styleguide's templates name. ``theme`` is the light to show them in."""
    now = timezone.now()
    people = _people()
    labels = {
        "auto": pgettext("styleguide", "As the device"),
        "light": pgettext("styleguide", "Light"),
        "dark": pgettext("styleguide", "Dark"),
    }
    return {
        "shown_theme": theme if theme in THEMES else "auto",
        "theme_tabs": [
            SimpleNamespace(label=labels[name], url=f"/styleguide?theme={name}", current=name == theme)
            for name in THEMES
        ],
        "trail": [
            SimpleNamespace(label="หน่วยงาน", url="/units"),
            SimpleNamespace(label="จังหวัดสมมติบุรี", url="/units"),
        ],
        **people,
        **_notes(now, people),
        **_talk(now, people),
        **_writing(now),
    }
