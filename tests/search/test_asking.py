"""What is read out of a query: each line is a query and all that it asks for."""

from __future__ import annotations

from datetime import date

import pytest

from prakai.search.asking import MOST_LETTERS, MOST_PARTS, Asked, read_asked, read_meant


def asked(text: str, words: str | None = None, **parts: object) -> Asked:
    return Asked(text=text, words=text if words is None else words, **parts)  # type: ignore[arg-type]


PLAIN = [
    "การจัดการความรู้",
    "ATK-19",
    "โควิด -19",
    "2550-2551",
    "ไทย - ลาว",
    "ไทย – นิวซีแลนด์",
    "ไทย--ลาว",
    "-",
    "--",
    "- -",
    "-คำ",
    "-กัมพูชา พร้อมรับ",
    "ไทย-กัมพูชา",
    "http://example.org/tag:x?by:y",
    "10:30",
    "4:51 นาที",
    "เวลา: 9 โมง",
    "ไอ้แมงมุม (อังกฤษ: Spider-Man)",
    "Re:LieF",
    "หน่วยงานที่: ดี",
    "ภายหลัง:2550",
    "tag:",
    "tag: ",
    "tag:,",
    "unit:-",
    "หน่วย:",
    "after:",
    "after:เมื่อวาน",
    "after:25501",
    "after:15 ก.พ.",
    "after:31 เม.ย. 2550",
    "before:12.5",
    "after: before:",
    "C# หรือ C++",
    "#1",
    "##",
    "page/#part",
    "5'10",
    "-tag:km",
    "-#km",
    "AND OR NOT",
    "(ก OR ข) AND [ค TO ง]",
    "title:ก^5 ~2 *",
    "\\ / ' `",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_syntax_is_words(text: str) -> None:
    assert read_asked(text) == asked(text.strip())


QUOTED = [
    ('"จัดการความรู้" ชุมชน', "จัดการความรู้ ชุมชน", ("จัดการความรู้",)),
    ("“จัดการ ความรู้”", "จัดการ ความรู้", ("จัดการ ความรู้",)),
    ('"อุตตม” พร้อม', "อุตตม พร้อม", ("อุตตม",)),
    ("„ก ข“ ค", "ก ข ค", ("ก ข",)),
    ("«ก ข» „ค”", "ก ข ค", ("ก ข", "ค")),
    ("＂ก ข＂", "ก ข", ("ก ข",)),
    ("ซึ้ง“นายก”สั่ง“รมว.”", "ซึ้ง นายก สั่ง รมว.", ("นายก", "รมว.")),
    ("“โฆษก “เผย รัฐ”", "โฆษก เผย รัฐ", ("เผย รัฐ",)),
    ("“คำ“ อื่น", "คำ อื่น", ("คำ",)),
    ('" คำ "', "คำ", ("คำ",)),
    ('"ก" "ก"', "ก ก", ("ก",)),
    ('"tag:x -ข after:2550"', "tag:x -ข after:2550", ("tag:x -ข after:2550",)),
    ("พร้อม “จุรินทร์", "พร้อม จุรินทร์", ()),
    ("” เช็คสภาพรถ", "เช็คสภาพรถ", ()),
    ('ไทยชนะ" ยอด', "ไทยชนะ ยอด", ()),
    ('"ก" "ข', "ก ข", ("ก",)),
    ('"" “” "…"', "…", ()),
    ('จอ 21" และ 24"', "จอ 21 และ 24", ()),
    ('"', "", ()),
    ('"""', "", ()),
]


@pytest.mark.parametrize(("text", "words", "phrases"), QUOTED)
def test_quotes_of_every_kind_hold_phrases(text: str, words: str, phrases: tuple[str, ...]) -> None:
    assert read_asked(text) == asked(text, words, phrases=phrases)


TAKEN_AWAY = [
    ("ไทย -กัมพูชา", "ไทย", ("กัมพูชา",)),
    ("ไทย −กัมพูชา –ลาว －พม่า", "ไทย", ("กัมพูชา", "ลาว", "พม่า")),
    ("ตรวจ -ATK-19", "ตรวจ", ("ATK-19",)),
    ('ไทย -"สอง คำ"', "ไทย", ("สอง คำ",)),
    ('-"สอง คำ" ไทย', "ไทย", ("สอง คำ",)),
    ("ไทย -tag:km -#kpi -unit:กพร.", "ไทย", ("km", "kpi", "กพร.")),
    ("(ไทย -ลาว)", "(ไทย", ("ลาว",)),
    ("ไทย -ลาว -ลาว", "ไทย", ("ลาว",)),
    ('ไทย -"ลาว', "ไทย - ลาว", ()),
]


@pytest.mark.parametrize(("text", "words", "without"), TAKEN_AWAY)
def test_a_minus_before_a_word_takes_it_away(text: str, words: str, without: tuple[str, ...]) -> None:
    assert read_asked(text) == asked(text, words, without=without)


def test_a_minus_hidden_behind_nothing_visible_is_read() -> None:
    assert read_asked("ไทย \u200b-\u200bลาว") == asked("ไทย -ลาว", "ไทย", without=("ลาว",))


def test_operators_in_both_languages_narrow_by_names() -> None:
    said = 'เวที tag:km #กพร. unit:"โรงพยาบาล ดอยคำ" by:มาลี'
    kept = {"tags": ("km", "กพร."), "units": ("โรงพยาบาล ดอยคำ",), "by": ("มาลี",)}
    assert read_asked(said) == asked(said, "เวที", **kept)
    said = "เวที แท็ก: km ป้าย:#กพร. หน่วย:“โรงพยาบาล ดอยคำ” โดย : มาลี"
    assert read_asked(said) == asked(said, "เวที", **kept)
    said = "TAG:km TAG：กพร. หน่วยงาน:«โรงพยาบาล ดอยคำ» เวที Author:มาลี"
    assert read_asked(said) == asked(said, "เวที", **kept)


def test_an_operator_whose_quote_stays_open_takes_the_word() -> None:
    assert read_asked('unit:"ดอยคำ เวที') == asked('unit:"ดอยคำ เวที', "unit: ดอยคำ เวที")


def test_an_operator_with_empty_quotes_is_a_word() -> None:
    assert read_asked('by:""') == asked('by:""', "by:")
    assert read_asked('tag:"…" ก') == asked('tag:"…" ก', "tag: … ก")


def test_an_operator_takes_no_other_operator() -> None:
    assert read_asked("tag: by:มาลี") == asked("tag: by:มาลี", "tag:", by=("มาลี",))


def test_two_tags_without_a_space_between_are_two() -> None:
    assert read_asked("#ก,#ข#ค") == asked("#ก,#ข#ค", ",#ข#ค", tags=("ก",))


DAYS = [
    ("2550", date(2007, 1, 1)),
    ("๒๕๕๐", date(2007, 1, 1)),
    ("2007", date(2007, 1, 1)),
    ("พ.ศ.2550", date(2007, 1, 1)),
    ("พ.ศ. 2550", date(2007, 1, 1)),
    ("ค.ศ. 2007", date(2007, 1, 1)),
    ("ปี 2550", date(2007, 1, 1)),
    ("พ.ศ. 2007", date(2007, 1, 1)),
    ("ค.ศ. 2550", date(2007, 1, 1)),
    ("50", date(2007, 1, 1)),
    ("68", date(2025, 1, 1)),
    ("07", date(2007, 1, 1)),
    ("25", date(2025, 1, 1)),
    ("99", date(1999, 1, 1)),
    ("2568", date(2025, 1, 1)),
    ("2099", date(2099, 1, 1)),
    ("2550-02", date(2007, 2, 1)),
    ("2/2550", date(2007, 2, 1)),
    ("02/2007", date(2007, 2, 1)),
    ("ก.พ.2550", date(2007, 2, 1)),
    ("กุมภาพันธ์ 2550", date(2007, 2, 1)),
    ("ก.พ. 50", date(2007, 2, 1)),
    ("ก.พ. 22", date(1979, 2, 1)),
    ("Feb 2007", date(2007, 2, 1)),
    ("february 2007", date(2007, 2, 1)),
    ("2007-02-15", date(2007, 2, 15)),
    ("2550-02-15", date(2007, 2, 15)),
    ("15/2/2550", date(2007, 2, 15)),
    ("15/2/50", date(2007, 2, 15)),
    ("๑๕ ก.พ. ๒๕๕๐", date(2007, 2, 15)),
    ("15 กุมภาพันธ์ พ.ศ. 2550", date(2007, 2, 15)),
    ("15 feb 2007", date(2007, 2, 15)),
]


@pytest.mark.parametrize(("said", "day"), DAYS)
def test_after_and_before_read_days_of_either_era(said: str, day: date) -> None:
    for name in ("after:", "หลัง:", "ตั้งแต่: "):
        assert read_asked(f"เวที {name}{said} ชุมชน") == asked(f"เวที {name}{said} ชุมชน", "เวที ชุมชน", after=day)
    for name in ("before:", "ก่อน: "):
        assert read_asked(f"{name}{said}") == asked(f"{name}{said}", "", before=day)
    assert read_asked(f'after:"{said}" ก') == asked(f'after:"{said}" ก', "ก", after=day)


def test_several_days_narrow_to_what_all_allow() -> None:
    said = "after:2549 after:2550 before:2553 before:2552"
    assert read_asked(said) == asked(said, "", after=date(2007, 1, 1), before=date(2009, 1, 1))


def test_a_minus_turns_days_around() -> None:
    assert read_asked("ก -after:2550") == asked("ก -after:2550", "ก", before=date(2007, 1, 1))
    assert read_asked("ก -before:2550") == asked("ก -before:2550", "ก", after=date(2007, 1, 1))


def test_only_exclusions_are_words() -> None:
    assert read_asked('-"ก ข" -ค') == asked('-"ก ข" -ค', "- ก ข -ค")
    assert read_asked("tag:km -ค") == asked("tag:km -ค", "", tags=("km",), without=("ค",))


def test_no_more_than_so_many_parts_are_kept_and_the_rest_is_words() -> None:
    many = [f"คำ{number}" for number in range(MOST_PARTS + 4)]
    read = read_asked("ก " + " ".join(f'"{word}"' for word in many))
    assert (read.phrases, read.words) == (tuple(many[:MOST_PARTS]), " ".join(["ก", *many]))
    read = read_asked("ก " + " ".join(f"-{word}" for word in many))
    assert (read.without, read.words) == (tuple(many[:MOST_PARTS]), " ".join(["ก", *many[MOST_PARTS:]]))
    read = read_asked(" ".join(f"tag:{word}" for word in many))
    assert read.tags == tuple(many[:MOST_PARTS])


def test_what_is_too_long_is_left_out() -> None:
    assert read_asked("ก" * (MOST_LETTERS + 9)) == asked("ก" * MOST_LETTERS)
    assert read_asked("\u200b" * 100_000 + "คำ\x00 \ud800อื่น") == asked("คำ อื่น")


MEANT = [
    ("8;k,i^h", "ความรู้", "ความรู้", ()),
    ("=6,=o W8;k,i^hW", 'ชุมชน "ความรู้"', "ชุมชน ความรู้", ("ความรู้",)),
    ('lT" -hk,', "สธ. ข้าม", "สธ. ข้าม", ()),
    ('r"i"["', "พ.ร.บ.", "พ.ร.บ.", ()),
    ("tag:km 8;k,i^h", "tag:km ความรู้", "ความรู้", ()),
    ("าืนไสำกเำ", "knowledge", "knowledge", ()),
    ('"best practice" -kpi', "", "best practice", ("best practice",)),
]


@pytest.mark.parametrize(("text", "meant", "words", "phrases"), MEANT)
def test_the_wrong_layout_is_turned_around_before_syntax_is_read(
    text: str, meant: str, words: str, phrases: tuple[str, ...]
) -> None:
    asked, read_as = read_meant(text)
    assert (asked.text, asked.words, asked.phrases, read_as) == (text, words, phrases, meant)
