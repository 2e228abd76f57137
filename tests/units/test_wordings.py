from __future__ import annotations

import time

import pytest

from prakai.units.kinds import find_kind, kind_of_name
from prakai.units.models import UnitKind
from prakai.units.provinces import find_province, province, provinces
from prakai.units.wordings import name_key, open_up, short_key, without_place


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("รพ.สต.บ้านนา", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา"),
        ("รพ.สต. บ้านนา", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา"),
        ("รพสต.บ้านนา", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา"),
        ("รพสตบ้านนา", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา"),
        ("ร.พ.ส.ต.บ้านนา", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา"),
        ("รพ. สตูล", "โรงพยาบาลสตูล"),
        ("รพ.สตูล", "โรงพยาบาลสตูล"),
        ("รพ.ปง", "โรงพยาบาลปง"),
        ("สสจ.น่าน", "สำนักงานสาธารณสุขจังหวัดน่าน"),
        ("อบต.ควนไทรย้อย", "องค์การบริหารส่วนตำบลควนไทรย้อย"),
        ("ร.ร.บ้านนา", "โรงเรียนบ้านนา"),
        ("สนง.เกษตร จ.น่าน", "สำนักงานเกษตร จังหวัดน่าน"),
        ("ม.สงขลานครินทร์", "มหาวิทยาลัยสงขลานครินทร์"),
        # No abbreviation at all: a word that begins with the same letters stays a word.
        ("จันทบุรี", "จันทบุรี"),
        ("ทนายความ", "ทนายความ"),
        ("รพี", "รพี"),
        ("ม.อ.", "ม.อ."),
        ("รพ.สต.", "รพ.สต."),
        ("กรมอนามัย", "กรมอนามัย"),
    ],
)
def test_abbreviations_are_opened_at_the_head_of_a_name(written: str, opened: str) -> None:
    assert open_up(written) == opened


def test_name_key_is_one_for_all_spellings() -> None:
    keys = {name_key(text) for text in ("รพ.สต.บ้านนา", "รพสต. บ้านนา", "โรงพยาบาลส่งเสริมสุขภาพตำบล บ้านนา")}
    assert keys == {"โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา"}


def test_short_key_is_one_however_dotted() -> None:
    assert {short_key(text) for text in ("ก.พ.ร.", "กพร.", "กพร", "ก. พ. ร.")} == {"กพร"}


def test_hostile_names_cost_little() -> None:
    started = time.process_time()
    for text in ("ร." * 50_000, "จ. " * 50_000, "(" * 50_000, "ก จังหวัด" * 20_000):
        name_key(text)
        without_place(text)
        find_province(text)
    assert time.process_time() - started < 2


def test_province_at_the_end_is_parted_from_the_name() -> None:
    assert without_place("รพ.สต.บ้านนา จ.น่าน") == ("รพ.สต.บ้านนา", "น่าน")
    assert without_place("โรงเรียนบ้านนา (จังหวัดน่าน)") == ("โรงเรียนบ้านนา", "น่าน")
    assert without_place("สำนักงานสาธารณสุขจังหวัดน่าน") == ("สำนักงานสาธารณสุขจังหวัดน่าน", "")


def test_there_are_77_provinces_in_thai_order() -> None:
    names = [row.name_th for row in provinces()]
    assert len(names) == 77
    assert names[:3] == ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี"]
    assert names.index("เชียงใหม่") < names.index("ตรัง")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("น่าน", "55"), ("จ.น่าน", "55"), ("จังหวัดน่าน", "55"), ("จ. น่าน", "55"), ("จว.น่าน", "55"), ("nan", "55"),
        ("Nan Province", "55"), ("55", "55"), ("จันทบุรี", "22"), ("จ.จันทบุรี", "22"), ("กทม.", "10"), ("กรุงเทพฯ", "10"),
        ("โคราช", "30"), ("นครศรีฯ", "80"), ("สุราษฎร์", "84"), ("นครศรีธรรมราด", "80"), ("Khonkaen", "40"),
        ("khon kaen", "40"), ("Phang Nga", "82"),
    ],
)  # fmt: skip
def test_a_province_is_found_however_it_is_written(written: str, code: str) -> None:
    assert find_province(written) == province(code)


@pytest.mark.parametrize("written", ["", "สมุทร", "นคร", "Atlantis", "จังหวัด", "x" * 500])
def test_no_province_is_guessed(written: str) -> None:
    assert find_province(written) is None


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("hospital", UnitKind.HOSPITAL), ("โรงพยาบาล", UnitKind.HOSPITAL), ("รพ.", UnitKind.HOSPITAL),
        ("รพ.สต.", UnitKind.HEALTH_CENTRE), ("health centre", UnitKind.HEALTH_CENTRE),
        ("health_centre", UnitKind.HEALTH_CENTRE), ("Health Center", UnitKind.HEALTH_CENTRE),
        ("อบต.", UnitKind.SUBDISTRICT), ("เทศบาลตำบล", UnitKind.MUNICIPALITY), ("โรงเรียม", UnitKind.SCHOOL),
        ("กระทรวง", UnitKind.MINISTRY), ("เครือข่าย", UnitKind.NETWORK),
    ],
)  # fmt: skip
def test_a_kind_is_found_however_it_is_written(written: str, kind: str) -> None:
    assert find_kind(written) == kind


@pytest.mark.parametrize("written", ["", "ขนม", "zoo"])
def test_no_kind_is_guessed(written: str) -> None:
    assert find_kind(written) is None


def test_the_first_words_of_a_name_tell_its_kind() -> None:
    names = ("รพ.สต.บ้านนา", "โรงพยาบาลดอยคำ", "เทศบาลเมืองหนองบัวหวาน", "สภากาแฟ")
    assert [kind_of_name(name) for name in names] == [
        UnitKind.HEALTH_CENTRE,
        UnitKind.HOSPITAL,
        UnitKind.MUNICIPALITY,
        UnitKind.OFFICE,
    ]
