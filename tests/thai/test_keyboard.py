"""Text that was typed on the wrong keyboard layout is known for what it is, and all other text is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakai.thai import keyboard
from prakai.thai.keyboard import (
    LONGEST,
    as_typed_on_english,
    as_typed_on_thai,
    meant_in_english,
    meant_in_thai,
)

KEYS = "".join(row[0] for row in keyboard._ROWS)
SIGNS = "".join(row[1] for row in keyboard._ROWS)

THAI_ON_ENGLISH_KEYS = [
    ("8;k,i^h", "ความรู้"),
    ("dki0yfdki8;k,i^h", "การจัดการความรู้"),
    ("c]dgx]ujpogiupoi^h", "แลกเปลี่ยนเรียนรู้"),
    ("g;mu c]dgx]ujpo", "เวที แลกเปลี่ยน"),
    ("Fi'rpk[k]lj'glib,l6-4kr", "โรงพยาบาลส่งเสริมสุขภาพ"),
    ("l6-4kr", "สุขภาพ"),
    ("dy[", "กับ"),
    ('lT" ij;,dy[', "สธ. ร่วมกับ"),
    (',"8" 2550 ij;,\'ko', "ม.ค. 2550 ร่วมงาน"),
    ("'ko;b0yp", "งานวิจัย"),
    ("gfnvo,dik8, @%%*", "เดือนมกราคม ๑๔๔๕"),
    ("g;mu 4.0", "เวที 4.0"),
    ('g;mu 4"0', "เวที 4.0"),
    ("m]\"101 g=up'.s,j", "ทล.101 เชียงใหม่"),
    ("F8;bf-19", "โควิด-19"),
    ("'[xit,kI2565", "งบประมาณ2565"),
    ("phe! it[[lkTkiIl6-", "ย้ำ! ระบบสาธารณสุข"),
    ("“gC]b,=yp” x]jvp", "“เฉลิมชัย” ปล่อย"),
    ('"8;k,i^h"', '"ความรู้"'),
    ("'gC]b,=yp' x]jvp", "'เฉลิมชัย' ปล่อย"),
    ("[dK\"] ditmi;'", "[กษ.] กระทรวง"),
    ("8;k,i^h KM", "ความรู้ KM"),
    ("ชุมชน glib,lihk'", "ชุมชน เสริมสร้าง"),
    ("  8;k,i^h   =6,=o ", "ความรู้ ชุมชน"),
]

ENGLISH_ON_THAI_KEYS = [
    ("าืนไสำกเำ", "knowledge"),
    ("าืนไสำกเำ ทฟืฟเำทำืะ", "knowledge management"),
    ("ิำหะ ยพฟแะรแำ", "best practice"),
    ("หทฟพะ ดฟพทำพ", "smart farmer"),
    ("ดำำกิฟแา", "feedback"),
    ("ฯยำื เนอำพืทำืะ", "Open government"),
    ("เนนเสำ", "google"),
    ("ษ? าืนไสำกเำ", "KM knowledge"),
    ("ฯษฑ ไนพาห้นย", "OKR workshop"),
    ("KM าืนไสำกเำ", "KM knowledge"),
    ('"าืนไสำกเำ"', '"knowledge"'),
    (".าืนไสำกเำ.", '"knowledge"'),
    ("แนอรก-19", "covid-19"),
]

MEANT_AS_TYPED = [
    "b \ufffd\ufffd\ufffd-2", "a ()[]{}",
    "", " ", "-", "KM", "km", "kpi", "OPDC", "opdc", "COVID-19", "covid19", "ATK", "atk", "PMQA 4.0",
    "pmqa", "Smart Farmer", "e-Service", "knowledge management", "best practice", "GotoKnow", "gotoknow",
    "wfh", "WFH", "me", "ok", "so", "dki", "muj", "R2R", "r2r", "AAR", "BAR/AAR", "CoP", "OKRs", "PDCA",
    "SWOT", "5S", "ISO 9001:2015", "GFMIS", "e-GP", "TQM/HA", "IoT", "Google Form", "Line OA", "iPhone",
    "PowerBI", "C++", "C#", ".NET", "node.js", "foo_bar", "v1.2.3", "a.b.c", "x=y;", "(RWD)[4][1]",
    "SARS-CoV-2", "B.1.1.7", "H5N1", "pH", "kWh", "m3/s", "10:30", "2550", "4,000", "50%", "#km",
    "@somchai", "somchai@example.org", "http://example.org/dki?k=;", "www.opdc.go.th",
    "opdc.go.th/8;k,i^h", "Chiang Mai", "somchai jaidee", "Krung Thep", "Prakai", "Phuket",
    "Ubon Ratchathani", "Khon Kaen", "don't", "it's", "rock 'n' roll", '"knowledge"',
    '"best practice" -kpi', "tag:km after:2550", "unit:opdc", "O'Brien", "ohhhhh", "wayyyy", "shhhh",
    "aaaa", "asdf", "qwerty", "zxcvbnm", "xxx", "hjkl", "lorem ipsum dolor sit amet", "guten Morgen",
    "naïve café", "señor", "İstanbul", "résumé", "kilo 5 kg", "Title: subtitle; part [2]", "A, B, C & D",
    "การจัดการความรู้", "กพร.", "ก.พ.ร.", "ม.ค. 2550", "ดร.สมชาย ใจดี", "จุรินทร์ ลักษณวิศิษฏ์",
    "โรลเลอร์โคสเตอร์ไทคูน", "ชวาทซ์วัลท์-ชตาดีอ็อน คืออะไร", "แวร์เนอร์ ไฮเซนแบร์ค", "ว็อล์ฟกัง เพาล์",
    "ลปรร", "พรบ จัดซื้อ ม.116", "หฟกฟหกฟหกฟห", "แฟะ", "ห้ำ", "เศ​รษ​ฐ กิจที่คำนึง", "ช่ วยลดผู้ติดเชื ้อ",
    "ร มว.สุชาติห่วงสา วอุดร", "โควิด-19", "๒๕๕๐", "ฯ", "ๆ", "ฟ", "ครั้งที่ ๑/๒๕๖๕", "5 ส.", "3ส", "ทำ",
    "ณ ตลาดคลอง", "ธนบัตร ๒๐ บาท", "\u0e48\u0e48\u0e48", "ัััััั", "เเเเเเ",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), THAI_ON_ENGLISH_KEYS)
def test_thai_that_was_typed_on_english_keys(typed: str, meant: str) -> None:
    assert (meant_in_thai(typed), meant_in_english(typed)) == (meant, "")


@pytest.mark.parametrize(("typed", "meant"), ENGLISH_ON_THAI_KEYS)
def test_english_that_was_typed_on_thai_keys(typed: str, meant: str) -> None:
    assert (meant_in_english(typed), meant_in_thai(typed)) == (meant, "")


@pytest.mark.parametrize("text", MEANT_AS_TYPED)
def test_what_was_meant_as_typed_is_left_alone(text: str) -> None:
    assert (meant_in_thai(text), meant_in_english(text)) == ("", "")


def test_every_key_gives_one_sign_and_back() -> None:
    assert len(KEYS) == len(SIGNS) == len(set(KEYS)) == len(set(SIGNS)) == 94
    assert as_typed_on_thai(KEYS) == SIGNS
    assert as_typed_on_english(SIGNS) == KEYS
    assert set(map(chr, range(0x21, 0x7F))) == set(KEYS)


@given(st.text(alphabet=KEYS + " \n"))
def test_keys_of_a_latin_text_lead_back_to_it(text: str) -> None:
    assert as_typed_on_english(as_typed_on_thai(text)) == text


@given(st.text(alphabet=SIGNS + " \n"))
def test_keys_of_a_thai_text_lead_back_to_it(text: str) -> None:
    assert as_typed_on_thai(as_typed_on_english(text)) == text


@given(st.text(alphabet=KEYS + SIGNS + " \u200b\x00\ud800“é"))
def test_judging_never_fails_and_is_content_with_its_answer(text: str) -> None:
    for judge in (meant_in_thai, meant_in_english):
        answer = judge(text)
        assert answer != text or not answer


def test_a_long_text_is_not_judged() -> None:
    assert meant_in_thai("8;k,i^h " * 37) != ""
    assert meant_in_thai("8;k,i^h " * (LONGEST // 8 + 1)) == ""
    assert meant_in_english("าืนไสำกเำ " * (LONGEST // 10 + 1)) == ""


@pytest.mark.parametrize(
    "piece", ["'", "[", '"', "9", "a", "A", ";", "8;k,", "' ", '"a" ', "[a] ", "-1", "!", "h", "gg", "เ", "่"]
)
def test_judging_looks_at_each_word_a_few_times(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    split_run = keyboard.split_run
    monkeypatch.setattr(keyboard, "split_run", lambda run: read.append(len(run)) or split_run(run))
    text = piece * (LONGEST // len(piece))
    meant_in_thai(text)
    meant_in_english(text)
    assert sum(read) <= 4 * LONGEST


@pytest.mark.parametrize("row", ["ฟหกด" * 70 + "ฟู", "ฟหก" * 12 + "ๆ", "ฟ" * 60 + "ฺ", "ฟหกดฟหกดฟห" * 3 + "ฟู"])
def test_a_row_of_keys_that_is_no_word_is_looked_at_once(row: str) -> None:
    """Each letter of it could end a word: a reading that tried all ways of parting it would never end."""
    assert meant_in_english(row) == ""
