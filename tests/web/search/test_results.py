"""What the page makes of what was found: links that keep the other choices, words that stay words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from prakai.forums.models import Forum
from prakai.notes.models import Note
from prakai.notes.queries.lists import rows_for
from prakai.people.models import Person
from prakai.search.asking import Asked
from prakai.search.queries.answers import FACETS, KINDS, SORTS, Choice, Found, Hit, Piece, as_html
from prakai.search.wishes import Wish
from prakai.web.search import wordings
from prakai.web.search.results import SHOWN_AT_ONCE, chosen_of, facets_of, page_of, shown, sorts_of
from tests.factories.forums import make_forum
from tests.factories.networks import make_network
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.talk import make_comment
from tests.factories.units import make_unit

WISH = Wish("น้ำ", {"kind": ["note"], "year": ["2550"]}, "newest", 3)


def found_with(**facets: list[Choice]) -> Found:
    return Found(asked=Asked("น้ำ", "น้ำ"), total=9, facets=facets)


def test_a_facet_is_a_link_that_keeps_the_others_and_begins_at_the_first_page() -> None:
    found = found_with(
        kind=[Choice("note", "บันทึก", 7, True), Choice("tag", "คำสำคัญ", 2)], province=[Choice("55", "น่าน", 3)]
    )
    facets = facets_of(found, WISH)
    assert [(facet.name, [link.url for link in facet.open]) for facet in facets] == [
        (
            "kind",
            [
                "/search?q=%E0%B8%99%E0%B9%89%E0%B8%B3&year=2550&sort=newest",
                "/search?q=%E0%B8%99%E0%B9%89%E0%B8%B3&kind=note&kind=tag&year=2550&sort=newest",
            ],
        ),
        (
            "province",
            ["/search?q=%E0%B8%99%E0%B9%89%E0%B8%B3&kind=note&province=55&year=2550&sort=newest"],
        ),
    ]
    assert [link.current for link in facets[0].open] == [True, False]


def test_a_facet_that_says_nothing_new_is_left_out() -> None:
    assert facets_of(found_with(kind=[Choice("note", "บันทึก", 9)], tag=[]), WISH) == []


def test_many_values_are_folded_away() -> None:
    [facet] = facets_of(found_with(tag=[Choice(str(n), f"คำ {n}", 1) for n in range(1, 11)]), WISH)
    assert (len(facet.open), len(facet.folded)) == (SHOWN_AT_ONCE, 10 - SHOWN_AT_ONCE)


def test_what_was_chosen_can_be_let_go_also_when_no_facet_tells_of_it() -> None:
    wish = Wish("น้ำ", {"kind": ["note"], "unit": ["12"], "province": ["55"], "year": ["2550"]})
    with translation.override("th"):
        chosen = chosen_of(found_with(kind=[Choice("note", "บันทึก", 9, True)]), wish)
    assert [link.label for link in chosen] == ["บันทึก", "หน่วยงาน (ที่เลือกไว้)", "น่าน", "ปี 2550"]
    assert chosen[1].url == "/search?q=%E0%B8%99%E0%B9%89%E0%B8%B3&kind=note&province=55&year=2550"


def test_orders_are_links_and_the_usual_one_is_not_told() -> None:
    assert [(link.url[-11:], link.current) for link in sorts_of(Wish("x"))] == [
        ("/search?q=x", True),
        ("sort=newest", False),
        ("sort=oldest", False),
    ]


def test_everything_that_can_be_found_and_chosen_has_words() -> None:
    assert (set(wordings.KINDS), set(wordings.FACETS), set(wordings.SORTS)) == (
        set(KINDS),
        set(FACETS),
        set(SORTS),
    )


@pytest.mark.parametrize("name", ["by", "by_name"])
def test_a_comment_says_who_said_it(name: str) -> None:
    said = SimpleNamespace(by="มาลี" if name == "by" else None, by_name="ป้าแดง" if name == "by_name" else "")
    [row] = shown([Hit("comment", 1, 1.0, said, (Piece("เก้าอี้หกตัว"),), address="/notes/1#c1")])
    assert row.facts == ["มาลี" if name == "by" else "ป้าแดง"]


def test_marks_stand_around_words_and_never_let_markup_in() -> None:
    pieces = (
        Piece("<img src=x onerror=alert(1)>"),
        Piece("<b>น้ำ</b>", True),
        Piece(" & ใต้ถุน \"'"),
    )
    assert as_html(pieces) == (
        "&lt;img src=x onerror=alert(1)&gt;<mark>&lt;b&gt;น้ำ&lt;/b&gt;</mark> &amp; ใต้ถุน &quot;&#x27;"
    )


# ── the page of a whole answer ──────────────────────────────────────────────────────────────────────────────────────


def page_with(wish: Wish = WISH, **found: Any) -> str:
    """The page as a visitor gets it, for an answer that an index gave."""
    request = RequestFactory().get("/search")
    request.user = AnonymousUser()
    context = {"wish": wish, "words": wish.text, "most_letters": 9, "operators": (), "kept": []}
    answer = Found(asked=Asked(wish.text, wish.text), **found)
    with translation.override("th"):
        return render_to_string("search/search.html", context | page_of(answer, wish), request)


def hit_of(kind: str, thing: Any) -> Hit:
    return Hit(
        kind, thing.pk, 1.0, thing, (Piece("มี"), Piece("น้ำ", True)), (Piece("ใต้ถุน"),), f"/{kind}", None
    )


def test_a_whole_answer_is_shown_with_all_kinds_and_no_further_query(malee: Person) -> None:
    note = make_note(malee, "น้ำใต้ถุน", tags=["น้ำ"])
    comment = make_comment(note.conversation, malee)
    [row] = rows_for(Note.objects.filter(pk=note.pk))
    things = {
        "note": row,
        "comment": comment,
        "person": malee,
        "unit": make_unit(),
        "tag": note.taggings.get().tag,
    }
    with CaptureQueriesContext(connection) as queries:
        text = page_with(
            hits=[hit_of(kind, thing) for kind, thing in things.items()], total=48, page=3, pages=5
        )
    asked = [q["sql"] for q in queries if "search" not in q["sql"] and "demo" not in q["sql"]]
    assert asked == []
    assert text.count("มี<mark>น้ำ</mark></a></h3>") == 5
    assert ("พบ 48 รายการ" in text, "หน้า 3 จาก 5" in text) == (True, True)
    query = "q=%E0%B8%99%E0%B9%89%E0%B8%B3&amp;kind=note&amp;year=2550&amp;sort=newest"
    for rel, page in (("prev", 2), ("next", 4)):
        assert f'<link rel="{rel}" href="/search?{query}&amp;page={page}">' in text
    assert "<title>น้ำ · บันทึก · ปี 2550 · หน้า 3 · ค้นหา" in text


def test_a_weaker_answer_says_so(malee: Person) -> None:
    hits = [hit_of("person", malee)]
    words = ("ไม่พบตรงตัว แสดงผลใกล้เคียง", "ค้นหาเป็น “<bdi>น้ำ</bdi>”", "กำลังจัดทำดัชนีค้นหาใหม่")
    said = [
        [word in page_with(hits=hits, total=1, **how) for word in words]
        for how in ({}, {"only_near": True}, {"read_as": "น้ำ"}, {"rebuilding": True})
    ]
    assert said == [[False] * 3, [True, False, False], [False, True, False], [False, False, True]]


def test_facets_stand_for_phones_and_for_wide_screens(malee: Person) -> None:
    facets = {"tag": [Choice("3", "<b>น้ำ</b>", 4)]}
    text = page_with(hits=[hit_of("person", malee)], total=9, facets=facets)
    assert [
        text.count(part) for part in ("facets-small", "facets-wide", "&lt;b&gt;น้ำ&lt;/b&gt;", "<b>น้ำ")
    ] == [
        1,
        1,
        2,
        0,
    ]


def test_a_forum_tells_whose_it_is_a_units_or_a_networks(db: None) -> None:
    steward, unit = make_person("ประสาน", steward=True), make_unit("โรงพยาบาลดอยคำ")
    network = make_network(steward, "เครือข่ายห้องยาใกล้บ้าน", units=[unit])
    forums = [make_forum(steward, owner, place="ศาลาวัด") for owner in (unit, network)]
    rows = Forum.objects.select_related("unit", "network").in_bulk([one.pk for one in forums])
    hits = [Hit("forum", one.pk, 1.0, rows[one.pk], (Piece(one.title),)) for one in forums]
    assert [row.facts for row in shown(hits)] == [
        ["โรงพยาบาลดอยคำ", "ศาลาวัด"],
        ["เครือข่ายห้องยาใกล้บ้าน", "ศาลาวัด"],
    ]


def test_what_only_comes_close_is_marked_where_other_things_fit(malee: Person) -> None:
    exact, close = make_note(malee, "น้ำพอใช้"), make_note(malee, "น้ำแล้ง")
    hits = [
        Hit("note", one.pk, 1.0, one, (Piece(one.title),), is_near=is_near)
        for one, is_near in ((exact, False), (close, True))
    ]
    rows = shown(hits)
    assert [row.is_near for row in rows] == [False, True]
    with translation.override("th"):
        told = [render_to_string("search/hit.html", {"hit": row}) for row in rows]
    assert ["ใกล้เคียง" in text for text in told] == [False, True]
    # Where nothing fits, the page says so once, and not at each.
    assert [row.is_near for row in shown(hits[1:])] == [False]
