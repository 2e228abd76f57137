"""Words that mean the same: the list that comes with the platform, and what stewards add to it and strike out."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.search.actions import add_equivalents, strike_equivalents
from prakai.search.models import Equivalents
from prakai.search.queries.equivalents import GATE, LIST, built_in, equivalents, gated_forms, headed, key_of
from prakai.thai.folding import clean


def group_of(form: str) -> set[str]:
    return {one for group in equivalents() if key_of(form) in map(key_of, group) for one in group}


def test_the_list_is_well_formed() -> None:
    wrong = []
    for number, line in enumerate(LIST.read_text("utf-8").splitlines(), 1):
        forms = [form.strip() for form in line.split("|")]
        if line.startswith("#") or not line:
            continue
        if clean(line) != line or line != line.strip() or "  " in line:
            wrong.append(f"{number}: not clean")
        if len(forms) < 2 or not all(key_of(form) for form in forms):
            wrong.append(f"{number}: fewer than two forms")
        if len({key_of(form) for form in forms}) < len(forms):
            wrong.append(f"{number}: one form twice: {line}")
    assert wrong == []
    assert len(built_in()) >= 250


def test_a_form_is_on_one_line_only_unless_it_is_gated() -> None:
    lines = defaultdict(set)
    for number, forms in enumerate(built_in()):
        for form in forms:
            lines[key_of(form)].add((number, form.startswith(GATE)))
    twice = {
        key: found for key, found in lines.items() if len(found) > 1 and not all(gated for _, gated in found)
    }
    assert twice == {}


def test_short_forms_that_are_also_words_are_gated() -> None:
    alone = {key_of(form) for forms in built_in() for form in forms if not form.startswith(GATE)}
    assert (
        alone & {"ม", "อ", "ก", "ต", "จ", "นม", "กบ", "ตก", "จบ", "พบ", "สบ", "อก", "เลย", "it", "or", "set"}
        == set()
    )


def test_every_line_stands_under_a_heading() -> None:
    assert [line for _, lines in headed() for line in lines] == list(built_in())
    assert all(heading and lines for heading, lines in headed())


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("กพร", "OPDC"),
        ("opdc", "สำนักงานคณะกรรมการพัฒนาระบบราชการ"),
        ("ธกส", "ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร"),
        ("รพสต", "โรงพยาบาลส่งเสริมสุขภาพตำบล"),
        ("ปวิอ", "ประมวลกฎหมายวิธีพิจารณาความอาญา"),
        ("โคราช", "นครราชสีมา"),
        ("การจัดการความรู้", "KM"),
        ("คอม", "คอมพิวเตอร์"),
    ],
)
@pytest.mark.django_db
def test_what_people_type_is_known_by_its_other_names(form: str, other: str) -> None:
    assert other in group_of(form)


@pytest.mark.django_db
def test_gated_forms_are_told_apart_and_shown_without_their_mark() -> None:
    assert not any(form.startswith(GATE) for group in equivalents() for form in group)
    assert ("นม" in gated_forms(), "กพร" in gated_forms()) == (True, False)


def test_a_line_counts_from_the_next_question_until_it_is_struck_out(cast: SimpleNamespace) -> None:
    assert group_of("ศรช") == set()
    forms = ["ศ.ร.ช.", "  ศูนย์การเรียนรู้  ชุมชน ", "ศรช", "~ ศร.", ""]
    line = add_equivalents(forms, by=cast.steward)
    assert line.forms == ("ศ.ร.ช.", "ศูนย์การเรียนรู้ ชุมชน", "~ศร.")
    assert group_of("ศรช") == {"ศ.ร.ช.", "ศูนย์การเรียนรู้ ชุมชน", "ศร."}
    assert "ศร" in gated_forms()
    struck = strike_equivalents(line, by=cast.steward)
    assert (group_of("ศรช"), "ศร" in gated_forms()) == (set(), False)
    assert (struck.by, struck.struck_by, struck.struck_at is not None) == (cast.steward, cast.steward, True)
    said = Entry.objects.filter(verb__startswith="equivalents").order_by("pk")
    assert list(said.values_list("verb", "by_id", "facts")) == [
        ("equivalents.added", cast.steward.pk, {"forms": 3}),
        ("equivalents.struck", cast.steward.pk, {}),
    ]


def test_striking_an_older_line_also_counts_at_once(cast: SimpleNamespace) -> None:
    first = add_equivalents(["ศรช", "ศูนย์การเรียนรู้ชุมชน"], by=cast.steward)
    add_equivalents(["ผญ", "ผู้หญิงเก่ง"], by=cast.steward)
    assert group_of("ศรช") != set()
    strike_equivalents(first, by=cast.steward)
    assert (group_of("ศรช"), group_of("ผญ") != set()) == (set(), True)


def test_asking_again_costs_one_small_query(cast: SimpleNamespace) -> None:
    add_equivalents(["ศรช", "ศูนย์การเรียนรู้ชุมชน"], by=cast.steward)
    equivalents()
    with CaptureQueriesContext(connection) as queries:
        equivalents()
    assert len(queries) == 1


@pytest.mark.parametrize(
    "forms",
    [
        [],
        ["ศรช"],
        ["ศรช", "ศ.ร.ช."],
        ["ศรช", " "],
        ["ก" * 121, "ศรช"],
        [f"คำ{n}" for n in range(13)],
        ["~", "ศรช"],
    ],
)
def test_what_is_no_line_is_told(cast: SimpleNamespace, forms: list[str]) -> None:
    with pytest.raises(ValidationError):
        add_equivalents(forms, by=cast.steward)
    assert Equivalents.objects.count() == 0


def test_what_stands_already_is_not_added_again(cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError):
        add_equivalents(["กพร", "opdc"], by=cast.steward)
    line = add_equivalents(["ศรช", "ศูนย์การเรียนรู้ชุมชน"], by=cast.steward)
    with pytest.raises(ValidationError):
        add_equivalents(["ศูนย์การเรียนรู้ชุมชน", "ศ.ร.ช."], by=cast.steward)
    assert add_equivalents(["ศรช", "ศูนย์การเรียนรู้ชุมชน", "ศูนย์ชุมชน"], by=cast.steward).pk != line.pk


def test_only_stewards_add_and_strike_and_only_once(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused):
        add_equivalents(["ศรช", "ศูนย์การเรียนรู้ชุมชน"], by=cast.malee)
    line = add_equivalents(["ศรช", "ศูนย์การเรียนรู้ชุมชน"], by=cast.steward)
    with pytest.raises(Refused):
        strike_equivalents(line, by=cast.malee)
    strike_equivalents(line, by=cast.steward)
    with pytest.raises(Refused):
        strike_equivalents(line, by=cast.steward)
