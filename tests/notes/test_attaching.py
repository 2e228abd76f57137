"""Pictures and files from strangers: what they really are, and that nothing else of them is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from prakai.kernel.verdicts import Refused
from prakai.notes import actions
from prakai.notes.models import Attachment
from tests.factories.notes import make_note

Picture = Callable[..., BytesIO]


def docx(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if "[Content_Types].xml" not in parts:
            archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"<w:document/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def with_place() -> bytes:
    """A JPEG that says where it was taken."""
    file, exif = BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (18.0, 47.0, 12.0)
    exif[0x010F] = "ยี่ห้อกล้อง".encode().decode("latin-1")
    Image.new("RGB", (60, 40), (1, 90, 60)).save(file, "JPEG", exif=exif)
    return file.getvalue()


HTML = b"<html><script>alert(1)</script></html>"
HEVC = b"\x00\x00\x00\x18ftyphevc" + b"\x00" * 100
HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HIDDEN = b'<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
BOMB = docx(word__media=b"\x00" * 40_000_000)
GARBAGE = b"\xff\xd8\xff" + b"\x07" * 400


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("โทรศัพท์.jpg", HEIC, "heic"),
        ("รูป.png", SVG, "svg"),
        ("วีดิทัศน์.heic", HEVC, "heic"),
        ("หน้า.html", HTML, "type"),
        ("หน้า.jpg", HTML, "type"),
        ("เก่า.doc", OLE, "type"),
        ("มาโคร.docx", docx(**{"word__vbaProject.bin": b"x"}), "macros"),
        ("ตัวใหญ่.docx", docx(**{"word__VBAPROJECT.BIN": b"x"}), "macros"),
        ("ชื่ออื่น.docx", docx(**{"[Content_Types].xml": HIDDEN, "word__x.bin": b"x"}), "macros"),
        ("แผ่นงาน.xlsx", docx(**{"xl__macrosheets__sheet1.xml": b"x"}), "macros"),
        ("เบสิก.odt", docx(**{"Basic__Standard__Module1.xml": b"x"}), "macros"),
        ("ระเบิด.docx", BOMB, "bomb"),
        ("พัง.docx", b"PK\x03\x04" + b"\x00" * 200, "damaged"),
        ("ว่าง.txt", b"", "empty"),
        ("พัง.jpg", GARBAGE, None),
        ("โปรแกรม.txt", b"MZ\x00\x01", "type"),
    ],
)
def test_attach_when_the_file_is_hostile_or_odd(
    cast: SimpleNamespace, name: str, content: bytes, code: str | None
) -> None:
    with pytest.raises(ValidationError) as told:
        actions.attach(BytesIO(content), name=name, by=cast.malee)
    assert code in (None, told.value.error_list[0].code)
    assert Attachment.objects.count() == 0


def test_attach_when_it_is_larger_than_allowed(
    cast: SimpleNamespace, settings: LazySettings, picture: Picture
) -> None:
    content = picture().read()
    actions.attach(BytesIO(content), name="พอดี.jpg", by=cast.malee)
    settings.UPLOAD_MOST_BYTES = len(content) - 1
    for upload in (BytesIO(content), SimpleUploadedFile("ใหญ่.jpg", content)):
        with pytest.raises(ValidationError):
            actions.attach(upload, name="ใหญ่.jpg", by=cast.malee)


def test_attach_when_not_a_writer(cast: SimpleNamespace, picture: Picture) -> None:
    note = make_note(cast.malee)
    assert actions.attach(picture(), name="ก.jpg", by=cast.malee, note=note).note == note
    for person in (cast.somchai, cast.steward, cast.waiting):
        with pytest.raises(Refused):
            actions.attach(picture(), name="ก.jpg", by=person, note=note)


def test_a_picture_is_written_anew_without_place_and_camera(cast: SimpleNamespace) -> None:
    row = actions.attach(
        BytesIO(with_place()), name="../../etc/ที่นั่ง รอ.JPEG", by=cast.malee, alt=" เก้าอี้\nหก ตัว "
    )
    with row.file.open() as file:
        kept = file.read()
    with Image.open(BytesIO(kept)) as opened:
        assert (dict(opened.getexif()), opened.size) == ({}, (60, 40))
    assert (row.name, row.alt, row.media_type, row.kind) == (
        "ที่นั่ง-รอ.jpg",
        "เก้าอี้ หก ตัว",
        "image/jpeg",
        "picture",
    )
    assert (row.size, row.file.name.endswith(f"/{row.public_id}.jpg")) == (len(kept), True)


def test_what_hides_behind_a_picture_does_not_come_along(cast: SimpleNamespace, picture: Picture) -> None:
    content = picture("PNG").read() + HTML + docx()
    row = actions.attach(BytesIO(content), name="สองหน้า.png", by=cast.malee)
    with row.file.open() as file:
        kept = file.read()
    assert (b"<script" in kept, b"PK\x03\x04" in kept) == (False, False)


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("รายงาน.html", b"%PDF-1.4 \xe2\xe3", "รายงาน.pdf"),
        ("รูป.exe", None, "รูป.jpg"),
        ("คู่มือ.html", docx(), "คู่มือ.docx"),
        ("หน้าเว็บ.csv", b"<script>alert(1)</script>", "หน้าเว็บ.csv"),
        ("บันทึก.md", "# หัวข้อ".encode(), "บันทึก.txt"),
        ("เก่า.txt", "ภาษาไทยเก่า".encode("cp874"), "เก่า.txt"),
    ],
)
def test_the_ending_follows_from_what_a_file_is(
    cast: SimpleNamespace, picture: Picture, name: str, content: bytes | None, kept: str
) -> None:
    row = actions.attach(
        BytesIO(content if content is not None else picture().read()), name=name, by=cast.malee
    )
    assert row.name == kept
    assert row.file.name.rpartition(".")[2] == kept.rpartition(".")[2]


def test_describe_attachment_when_it_is_hers(cast: SimpleNamespace, picture: Picture) -> None:
    row = actions.attach(picture(), name="ก.jpg", by=cast.malee)
    assert actions.describe_attachment(row, alt="เก้าอี้หกตัว", by=cast.malee).alt == "เก้าอี้หกตัว"
    with pytest.raises(Refused):
        actions.describe_attachment(row, alt="อื่น", by=cast.somchai)
    row.refresh_from_db()
    assert row.alt == "เก้าอี้หกตัว"


def test_a_picture_of_far_too_many_pixels_is_refused_before_it_is_read(cast: SimpleNamespace) -> None:
    file = BytesIO()
    Image.new("1", (9_000, 9_000)).save(file, "PNG")
    with pytest.raises(ValidationError) as told:
        actions.attach(BytesIO(file.getvalue()), name="ใหญ่.png", by=cast.malee)
    assert told.value.error_list[0].code == "too_many_pixels"
