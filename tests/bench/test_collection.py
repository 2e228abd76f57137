"""Reading a collection, taking samples of it, and making more of the same."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from bench.searching.collection import Document, grown, read_documents, read_queries, sample
from tests.bench.collections import write_collection


def test_documents_and_queries_are_read_as_they_stand(tmp_path: Path) -> None:
    folder = write_collection(tmp_path)
    documents = read_documents(folder)
    assert [one.id for one in documents] == ["d1", "d2", "d3"]
    assert documents[2].title == ""
    assert documents[0].bytes == len((documents[0].title + documents[0].text).encode())
    queries = read_queries(folder)
    assert [one.grades for one in queries] == [{"d1": 1.0}, {"d2": 2.0, "d1": 0.0}, {"d3": 1.0}]


def test_tasks_are_chosen_and_sampled_evenly(tmp_path: Path) -> None:
    folder = write_collection(tmp_path)
    assert [one.id for one in read_queries(folder, ["bq"])] == ["q3"]
    assert [one.id for one in read_queries(folder, most=1)] == ["q1", "q3"]
    assert sample(range(100), 4) == [0, 25, 50, 75]
    assert sample([1, 2], 0) == [1, 2]


def test_more_documents_are_the_same_each_time_and_as_long_as_wanted() -> None:
    given = [Document(f"d{n}", f"ชื่อ ที่ {n} ของเรื่อง", f"เรื่องที่ {n} เล่าว่า " * 80) for n in range(20)]
    first, again = list(grown(given, 60)), list(grown(given, 60))
    assert first == again
    assert first[:20] == given
    assert len({one.id for one in first}) == 60
    assert len({one.text for one in first[20:]}) == 40
    assert all(297 <= len(one.text.encode()) <= 360 for one in list(grown(given, 30, 300))[20:])


def test_more_documents_are_made_one_at_a_time() -> None:
    given = [Document("d", "ก ข", "ค ง จ")]
    assert len(list(islice(grown(given, 10**9), 50))) == 50


def test_documents_of_no_words_still_grow() -> None:
    assert len(list(grown([Document("d", "", "")], 5, 10))) == 5
