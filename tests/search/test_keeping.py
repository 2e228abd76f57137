"""The index stays true: it follows the journal, is made anew beside the live one, and outlives kills and bad disks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from prakai.journal.following import catch_up, followers
from prakai.journal.newest import newest_id
from prakai.notes.actions import save_note, withdraw_note
from prakai.notes.actions.writing import Writing
from prakai.people.models import Person
from prakai.search import keeping
from prakai.search.documents import Document, all_prepared
from prakai.search.engine import the_engine
from prakai.search.engine.making import COMMIT_EVERY
from prakai.search.engine.sought import Narrowing, Strict
from prakai.search.engine.tantivy_side import TantivyEngine
from prakai.search.queries.finding import find
from prakai.units.actions import rename_unit
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.units import make_unit

INDEXING = next(one for one in followers() if one.name == "search.indexing")


@pytest.fixture
def malee(db: None) -> Person:
    return make_person(unit=make_unit(), steward=True)


def titles(query: str, reader: Person | None = None) -> list[str]:
    return [hit.thing.title for hit in find(query, reader).hits if hit.kind == "note" and not hit.is_near]


def test_the_index_follows_the_journal(malee: Person, searched: Callable[[], int]) -> None:
    searched()
    note = make_note(malee, "กระถางแรก", "<p>ดาวเรือง</p>")
    assert titles("กระถางแรก") == []
    assert catch_up(INDEXING) > 0
    assert (titles("กระถางแรก"), the_engine().position()) == (["กระถางแรก"], newest_id())
    save_note(
        note, by=malee, writing=Writing(title="กระถางที่สอง", body="<p>บานชื่น</p>"), base_version=note.version
    )
    catch_up(INDEXING)
    assert (titles("กระถางแรก"), titles("บานชื่น")) == ([], ["กระถางที่สอง"])
    withdraw_note(note, by=malee)
    size = the_engine().size()
    catch_up(INDEXING)
    assert (titles("บานชื่น"), the_engine().size()) == ([], size - 1)


def test_what_carries_a_name_follows_the_name(malee: Person, searched: Callable[[], int]) -> None:
    unit = make_unit("ศูนย์หมากรุก")
    make_note(make_person("สมปอง", "เดินหมาก", unit=unit), "เดินทีละตา", unit=unit)
    searched()
    assert titles("ศูนย์หมากรุก") == ["เดินทีละตา"]
    rename_unit(unit, name_th="ศูนย์หมากฮอส", on=date(2016, 10, 1), by=malee)
    catch_up(INDEXING)
    assert titles("ศูนย์หมากฮอส") == ["เดินทีละตา"]
    assert INDEXING.verbs >= {
        "unit.renamed",
        "person.changed",
        "tag.merged",
        "attachment.read",
        "comment.hidden",
    }


def test_many_entries_are_carried_over_in_one_go(
    malee: Person, searched: Callable[[], int], monkeypatch: Any
) -> None:
    searched()
    for number in range(12):
        make_note(malee, f"ใบที่ {number}")
    written: list[int] = []
    update = TantivyEngine.update

    def counted(self: TantivyEngine, *given: Any) -> None:
        written.append(given[-1])
        update(self, *given)

    monkeypatch.setattr(TantivyEngine, "update", counted)
    assert catch_up(INDEXING) == 12
    assert written == [newest_id()]


def test_without_an_index_things_are_found_by_name_until_it_is_made(
    malee: Person, searched: Callable[[], int]
) -> None:
    make_note(malee, "ป้ายสีหน้าห้องยา")
    found = find("ป้ายสี", None)
    assert (found.rebuilding, [hit.kind for hit in found.hits]) == (True, ["note"])
    assert catch_up(INDEXING) > 0
    assert keeping.keep_whole() is True
    assert keeping.keep_whole() is False
    assert (find("ป้ายสี", None).rebuilding, titles("ป้ายสี")) == (False, ["ป้ายสีหน้าห้องยา"])


@pytest.mark.parametrize("harm", ["cut", "gone", "nonsense"])
def test_a_broken_index_is_made_anew_and_the_site_stays_up(
    malee: Person, searched: Callable[[], int], tmp_path: Path, harm: str
) -> None:
    make_note(malee, "ป้ายสีหน้าห้องยา")
    searched()
    [live] = (tmp_path / "index").glob("index-*")
    for part in live.iterdir():
        if harm == "gone":
            part.unlink()
        elif part.suffix not in (".lock",):
            part.write_bytes(part.read_bytes()[:7] if harm == "cut" else os.urandom(900))
    # Another process opens it fresh.
    from prakai.search.engine import _engine_at

    _engine_at.cache_clear()
    found = find("ป้ายสี", None)
    assert (found.rebuilding, len(found.hits)) == (True, 1)
    assert keeping.keep_whole() is True
    assert (find("ป้ายสี", None).rebuilding, titles("ป้ายสี")) == (False, ["ป้ายสีหน้าห้องยา"])


def test_the_change_to_a_new_index_has_no_gap(malee: Person, searched: Callable[[], int]) -> None:
    make_note(malee, "ป้ายสีหน้าห้องยา")
    searched()
    seen: list[list[str]] = []
    keeping.rebuild(lambda made: seen.append(titles("ป้ายสี")))
    assert [*seen, titles("ป้ายสี")] == [["ป้ายสีหน้าห้องยา"]] * (len(seen) + 1)
    assert seen != []


def test_what_happens_while_an_index_is_made_is_in_it(malee: Person, searched: Callable[[], int]) -> None:
    make_note(malee, "ใบแรก")
    added: list[str] = []

    def meanwhile(made: int) -> None:
        if not added:
            added.append(make_note(malee, "ระหว่างทาง").title)

    keeping.rebuild(meanwhile)
    assert (titles("ระหว่างทาง"), the_engine().position()) == (["ระหว่างทาง"], newest_id())


def many(done: Mapping[str, int]) -> Iterator[Sequence[Document]]:
    numbers = range(done.get("note", 0) + 1, COMMIT_EVERY + 3_001)
    for start in range(0, len(numbers), 500):
        yield [Document("note", number, f"บันทึก {number}") for number in numbers[start : start + 500]]


KILLED = """
import os, signal, sys
from pathlib import Path
from prakai.search.engine.tantivy_side import TantivyEngine
from tests.search.test_keeping import many
from prakai.search.engine.making import COMMIT_EVERY
if __name__ == "__main__":
    TantivyEngine(Path(sys.argv[1])).build(
        many, lambda: 7, told=lambda made: os.kill(os.getpid(), signal.SIGKILL) if made > COMMIT_EVERY + 600 else None
    )
"""


@pytest.mark.slow
def test_a_making_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "DJANGO_SETTINGS_MODULE": "prakai.settings",
    }
    program = (
        f"import django; django.setup(); exec(compile(open({str(script)!r}).read(), {str(script)!r}, 'exec'))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "index")], env=env, check=False)
    assert done.returncode == -signal.SIGKILL
    engine = TantivyEngine(tmp_path / "index")
    assert not engine.exists()
    begun: list[int] = []

    def rest(done: Mapping[str, int]) -> Iterator[Sequence[Document]]:
        begun.append(done["note"])
        yield from many(done)

    made = engine.build(rest, lambda: 9, told=lambda made: None)
    assert (begun[0] >= COMMIT_EVERY, made, engine.size(), engine.position()) == (
        True,
        made,
        COMMIT_EVERY + 3_000,
        7,
    )


def test_two_makings_follow_one_another(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    documents = [Document("note", 1, "หนึ่ง"), Document("note", 2, "สอง", audiences=("members",))]
    assert engine.build(lambda done: [documents], lambda: 3, told=lambda made: None) == 2
    assert (
        engine.build(lambda done: [documents], lambda: 4, told=lambda made: None, only_if_missing=True) == 0
    )
    assert engine.build(lambda done: [documents[:1]], lambda: 5, told=lambda made: None) == 1
    assert (engine.size(), engine.position()) == (1, 5)
    engine.update(["note:1"], all_prepared(documents[1:]), 6)
    assert engine.counted(Strict(), Narrowing((("audience", ["public"]),)), ["kind"]) == (0, {"kind": []})
    assert engine.counted(Strict(), Narrowing((("audience", ["members"]),)), ["kind"]) == (
        1,
        {"kind": [("note", 1)]},
    )
