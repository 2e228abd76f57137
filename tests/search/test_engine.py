"""What every side of the seam keeps: who is told of what, whatever scores best."""

from __future__ import annotations

from pathlib import Path

import pytest

from prakai.search.analysis import grams_of
from prakai.search.documents import Document
from prakai.search.engine.sought import Engine, Narrowing, Strict, Term
from prakai.search.engine.tantivy_side import TantivyEngine

HIDDEN = 300
GRAM = grams_of("ขนมครก")[2]


@pytest.fixture(params=[1_500, 100], ids=["nearly all may be seen", "little may be seen"])
def crowded(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """What is hidden answers far better, and there is more of it than candidates are asked for."""
    documents = [
        Document("note", number, "เรื่องหนึ่ง", "ระหว่างทางเราแวะตลาด") for number in range(1, request.param + 1)
    ]
    documents += [
        Document("note", 5_000 + number, "ขนมครก", "ขนมครก ขนมครก", audiences=("unit:7",))
        for number in range(HIDDEN)
    ]
    for number in (9_001, 9_002):
        documents.append(Document("note", number, "วันหนึ่ง", "ระหว่างทางเราแวะซื้อขนมครกกับข้าวแกงที่ตลาดของอำเภอ"))
    engine = TantivyEngine(tmp_path)
    engine.build(lambda done: [documents], lambda: 1, told=lambda made: None)
    return engine


@pytest.mark.parametrize(
    "without", [(), ((("words", "ปลาทู"),),)], ids=["alone", "beside what must not stand"]
)
def test_nothing_hidden_is_a_candidate_and_nothing_seen_is_crowded_out(
    crowded: Engine, without: tuple[tuple[Term, ...], ...]
) -> None:
    texts: dict[Term, float] = {("grams", GRAM): 1.0}
    titles: dict[Term, float] = {("title_grams", GRAM): 1.0}
    public = Narrowing((("audience", ("public",)),))
    for must in ((), (((("grams", GRAM),),),)):
        told, strict = crowded.candidates(texts, titles, Strict(must, without), public, most=60)
        assert {one.key for one in told} == {"note:9001", "note:9002"}
        assert strict == ({"note:9001", "note:9002"} if must else set())
    theirs = Narrowing((("audience", ("public", "unit:7")),))
    told, _ = crowded.candidates(texts, titles, Strict((), without), theirs, most=60)
    assert any(5_000 <= one.pk < 9_000 for one in told)


@pytest.mark.parametrize(("reader", "are_many"), [("public", False), ("unit:7", True)])
def test_that_many_are_strict_is_told_before_the_answer_is_there(
    crowded: Engine, reader: str, are_many: bool
) -> None:
    told: list[str] = []
    _, strict = crowded.candidates(
        {("grams", GRAM): 1.0},
        {},
        Strict((((("grams", GRAM),),),)),
        Narrowing((("audience", (reader,)),)),
        most=60,
        many=lambda: told.append("many"),
    )
    assert (strict is None) is are_many
    assert told == ["many"] or not are_many
