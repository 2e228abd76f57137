"""What of the likely candidates comes first, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from pathlib import Path

import pytest

from prakai.search.asking import read_asked
from prakai.search.compact import compact
from prakai.search.documents import Document
from prakai.search.engine.sought import Candidate, Narrowing
from prakai.search.engine.tantivy_side import TantivyEngine
from prakai.search.question import Question, Slot, Wordings, question_of
from prakai.search.ranking import LOOKED_INTO, Ranked, rank

Ask = Callable[..., list[Ranked]]
FILLING = "ระหว่างทางเราแวะตลาดของอำเภอแล้วคุยกับชาวบ้านเรื่องฝนที่มาช้ากว่าทุกปี "
PUBLIC = Narrowing((("audience", ("public",)),))


@pytest.fixture
def asked(tmp_path: Path) -> Ask:
    """Ask an index of these (title, text), whose numbers are their places."""
    engine = TantivyEngine(tmp_path)

    def ask(query: str, *told: tuple[str, str], wordings: Wordings | None = None) -> list[Ranked]:
        if told:
            documents = [Document("note", number, *one) for number, one in enumerate(told)]
            engine.build(lambda done: [documents], lambda: 1, told=lambda made: None)
        question = question_of(read_asked(query), engine.document_frequencies, engine.size(), wordings)
        found, _ = engine.candidates(question.terms, question.title_terms, question.strict, PUBLIC, most=60)
        return rank(question, found)

    return ask


def numbers(ranked: Sequence[Ranked]) -> list[int]:
    return [one.candidate.pk for one in ranked]


def one_of(number: int, head: str = "", letters: str = "", score: float = 1.0) -> Candidate:
    return Candidate(f"note:{number}", score, 0.0, compact(head), compact(letters), 0)


def test_a_word_that_all_likely_ones_have_tells_little_between_titles() -> None:
    both = "ชงกาแฟตอนเชา"
    question = Question(letters="กาแฟเชา", slots=(Slot("กาแฟ", (), 5.0), Slot("เชา", (), 1.0)))
    crowd = [one_of(number, letters="รานกาแฟ", score=0.5) for number in range(10, 40)]
    common, telling = one_of(1, "กาแฟของเรา", both), one_of(2, "เชาวันนั้น", both)
    assert numbers(rank(question, [common, telling, *crowd]))[:2] == [2, 1]
    # Where few have it, the rarer word tells as much, and the engine's order stands.
    assert numbers(rank(question, [common, telling]))[:2] == [1, 2]


def test_words_near_to_each_other_come_before_words_far_apart(asked: Ask) -> None:
    far = f"ปุ๋ยหมัก {FILLING * 4} ใบจามจุรี"
    near = f"{FILLING * 2} ปุ๋ยหมักดีจากใบจามจุรี {FILLING * 2}"
    assert numbers(asked("ปุ๋ยหมัก จามจุรี", ("เรื่องหนึ่ง", far), ("เรื่องสอง", near)))[0] == 1


def test_what_spaces_set_apart_is_looked_for_as_it_is(asked: Ask) -> None:
    across = ("เดินหน้าร่วมคิดเพื่อสร้างถนน", FILLING)
    parts = ("ร่วมสร้างความตระหนักและเดินหน้าดูแล", FILLING)
    assert numbers(asked("เดินหน้า ร่วมสร้าง", across, parts))[0] == 1


def test_a_title_that_holds_all_that_was_set_apart_comes_before_a_text_that_runs_it_together(
    asked: Ask,
) -> None:
    together = ("เรื่องเล่าจากตลาด", f"{FILLING} ครูใหญ่ชวนกันปลูกผักสวนครัวหลังโรงเรียน {FILLING}")
    title = ("ครูใหญ่โรงเรียนบ้านนาเล่าวันที่เด็กเริ่มปลูกผัก", FILLING)
    crowd = [(f"บันทึกวันที่ {day}", f"{FILLING} ครูใหญ่ ปลูกผัก") for day in range(10)]
    assert numbers(asked("ครูใหญ่ ปลูกผัก", together, title, *crowd))[0] == 1


def test_a_wording_of_several_words_tells_as_much_as_its_rarest_word() -> None:
    counts = {("words", "งาน"): 900, ("words", "สารบรรณ"): 30}
    wordings = Wordings(sure={"งานสารบรรณ": ("งานธุรการ",)})
    question = question_of(
        read_asked("งานสารบรรณ"), lambda terms: {term: counts.get(term, 0) for term in terms}, 1000, wordings
    )
    (slot,) = question.slots
    assert (slot.letters, slot.others) == ("งานสารบรรณ", ("งานธุรการ",))
    assert slot.weight == pytest.approx(log(1 + 970.5 / 30.5))


def test_what_stands_in_quotes_is_among_the_letters_once() -> None:
    question = question_of(read_asked("“หมอเมือง”เล่าเรื่องยา"), lambda terms: dict.fromkeys(terms, 1), 10)
    assert (question.letters, question.phrases) == ("หมอเมืองเลาเรืองยา", ("หมอเมือง",))


def test_a_title_that_begins_as_one_types_comes_first(asked: Ask) -> None:
    inside = ("อบรมการดูแลผู้สูงอายุ", FILLING)
    begins = ("การดูแลผู้สูงอายุที่บ้านของเราในวันที่ฝนตกหนัก", FILLING)
    assert numbers(asked("การดูแลผู้สูง", inside, begins))[0] == 1


def test_a_slip_of_the_pen_finds_the_title_among_many() -> None:
    crowd = [one_of(number, "ผูปกครองเดก", "ผูปกครอง") for number in range(10, 10 + LOOKED_INTO * 2)]
    meant = one_of(1, "หารือผูประกอบการชายแดน", "ตลาด", score=0.7)
    (first, *_) = rank(Question(letters="ผูประหอบการ"), [*crowd, meant])
    assert (first.candidate.pk, 0.85 < first.alike < 1) == (1, True)


def test_a_pasted_sentence_is_found_where_it_stands_however_little_the_engine_thinks_of_it() -> None:
    sentence = "พิจารณาผอนคลายการบังคับใชมาตรการ"
    crowd = [one_of(number, "", "พิจารณาเรื่องอื่น") for number in range(10, 10 + LOOKED_INTO * 2)]
    stands = one_of(1, "", f"เมื่อวาน{sentence}ตอไป", score=0.3)
    (first, *_) = rank(Question(letters=sentence), [*crowd, stands])
    assert (first.candidate.pk, first.alike) == (1, 1.0)


def test_of_two_answers_to_a_question_the_short_passage_comes_first(asked: Ask) -> None:
    answer = "ชาวบ้านปลูกข้าวพันธุ์สังข์หยดไว้กินเอง"
    long, short = ("", f"{answer} {FILLING * 12}"), ("", f"{answer} {FILLING}")
    question = "ชาวบ้านปลูกข้าวพันธุ์อะไร"
    gap = [one.score for one in asked(question, long, short)]
    assert numbers(asked(question)) == [1, 0]
    plain = [one.score for one in asked("ชาวบ้านปลูกข้าวพันธุ์")]
    assert gap[0] - gap[1] > plain[0] - plain[1] + 0.3


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("มีผู้ป่วยกี่คน", True),
        ("ใครเป็นผู้อำนวยการ", True),
        ("ผู้อำนวยการคือ ?", True),
        ("ผ้าทอกี่กระตุก", False),
        ("ผู้ป่วยนอก", False),
    ],
)
def test_a_question_is_known(query: str, asks: bool) -> None:
    question = question_of(read_asked(query), lambda terms: dict.fromkeys(terms, 1), 100)
    assert question.asks is asks


def test_how_many_is_not_looked_for() -> None:
    question = question_of(read_asked("มีผู้ป่วยกี่คน"), lambda terms: dict.fromkeys(terms, 1), 100)
    assert [slot.token for slot in question.slots] == ["มี", "ผู้ป่วย", "คน"]


def test_a_neighbour_counts_in_its_other_wording() -> None:
    question = Question(letters="?", slots=(Slot("นายกรัฐมนตรี", ("นายก",), 1.0), Slot("จุรินทร", (), 1.0)))
    apart, beside = one_of(1, "", "นายกเปดงานจุรินทร"), one_of(2, "", "เปดงานนายกจุรินทร")
    assert numbers(rank(question, [apart, beside])) == [2, 1]


SHORT = (
    ("ช่วยกันตอกพรม", "ตอกพรมทั้งวัน แล้วก็ตอกพรมที่เดิม"),
    ("ประชุมประจำปี", f"เมื่อวานเราไปหา กพร มา {FILLING}"),
    ("เรื่องอื่น", FILLING),
)


@pytest.mark.parametrize("query", ["กพร", "ก.พ.ร."])
def test_a_few_letters_stand_first_as_a_word_of_their_own(asked: Ask, query: str) -> None:
    assert numbers(asked(query, *SHORT))[0] == 1


def test_what_has_a_few_letters_only_across_words_is_no_answer(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    documents = [Document("note", number, *one) for number, one in enumerate(SHORT)]
    engine.build(lambda done: [documents], lambda: 1, told=lambda made: None)
    question = question_of(read_asked("กพร"), engine.document_frequencies, engine.size())
    _, strict = engine.candidates(question.terms, question.title_terms, question.strict, PUBLIC, most=60)
    assert strict == {"note:1"}


GATED = Wordings(
    sure={"นครราชสีมา": ("นม", "โคราช")}, gated={"นม": ("นครราชสีมา", "โคราช"), "ม": ("หมู", "มหาวิทยาลัย")}
)


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("น.ม.", ("นครราชสีมา", "โคราช")),
        ("นม", ("นครราชสีมา", "โคราช")),
        ("งานวัด จ. นม.", ("นครราชสีมา", "โคราช")),
        ("งานวัดจังหวัดน.ม.", ("นครราชสีมา", "โคราช")),
        ("ดื่มนมตอนเช้า", ()),
        ("ดื่ม นม ตอนเช้า", ()),
    ],
)
def test_a_short_form_stands_for_its_group_where_it_is_meant_so(query: str, others: tuple[str, ...]) -> None:
    question = question_of(read_asked(query), lambda terms: dict.fromkeys(terms, 1), 100, GATED)
    assert {slot.others for slot in question.slots if slot.others} == ({others} if others else set())


def test_another_wording_is_put_where_the_word_stands_and_not_inside_another() -> None:
    question = question_of(read_asked("ประมวล ม.ขอนแก่น"), lambda terms: dict.fromkeys(terms, 1), 100, GATED)
    assert question.wordings == ("ประมวลหมูขอนแกน", "ประมวลมหาวิทยาลัยขอนแกน")
