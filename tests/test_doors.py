"""Doors load, check the shape, call an action and answer; they write no rows. Each failure says where."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.test_architecture import DOORS, PACKAGE, ROOMS, name_of, python_files

WRITES = {
    "save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete",
    "asave", "acreate", "abulk_create", "abulk_update", "aupdate_or_create", "aget_or_create", "adelete", "aupdate",
}  # fmt: skip
CHANGES_MANY = {"add", "set", "remove", "clear"}
CHOOSES = {"objects", "filter", "exclude", "all", "visible_to", "readable_by", "order_by", "select_related"}
# What is saved here is a file: in the store of FILES_URL, or a font that is being made.
FILES = {"default_storage", "store", "font"}
# Rows of others, which have no actions of ours: allauth's (an action made the person) and the task queue's.
OTHERS = {"EmailAddress", "DBTaskResult"}
# Backup and restore take rows as they are, on purpose without actions (see the package's docstring).
KEEPING = PACKAGE / "cli" / "keeping"


def relations() -> set[str]:
    """Names under which rows of several to several are reached: ``note.coauthors``, ``conversation.hosts``."""
    found: set[str] = set()
    for model in apps.get_models():
        if model.__module__.startswith("prakai."):
            found |= {
                getattr(column, "get_accessor_name", lambda c=column: c.name)() or ""
                for column in model._meta.get_fields()
                if column.one_to_many or column.many_to_many
            }
    return found - {""}


def row_writes(source: str, related: set[str]) -> Iterator[tuple[int, str]]:
    """Yield line and text of each call in ``source`` that writes rows."""
    tree = ast.parse(source)
    said = {
        ast.unparse(n.targets[0]): ast.unparse(n.value) for n in ast.walk(tree) if isinstance(n, ast.Assign)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        verb, owner = node.func.attr, node.func.value
        last = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        root = re.split(r"[.(]", ast.unparse(owner), maxsplit=1)[0]
        chosen = {n.attr for n in ast.walk(owner) if isinstance(n, ast.Attribute)} & CHOOSES
        writes = (
            (verb in WRITES and last not in FILES and root not in OTHERS)
            or (verb == "update" and bool(chosen))
            or (verb in CHANGES_MANY and isinstance(owner, ast.Attribute) and last in related)
            or (verb in ("execute", "executemany") and not only_reads(node, said))
        )
        if writes:
            yield node.lineno, ast.unparse(node)[:80]


def only_reads(call: ast.Call, said: dict[str, str]) -> bool:
    """Return whether the SQL of ``call``, written there or in a name of the same file, only reads."""
    words = ast.unparse(call.args[0]) if call.args else ""
    return said.get(words, words).lstrip("f'\"").upper().startswith(("SELECT ", "PRAGMA QUICK_CHECK"))


@pytest.mark.parametrize("path", python_files(*(f"prakai/{door}" for door in DOORS)), ids=name_of)
def test_doors_write_no_rows(path: Path) -> None:
    if path.is_relative_to(KEEPING):
        return
    found = list(row_writes(path.read_text(encoding="utf-8"), relations()))
    assert found == [], f"{name_of(path)} writes rows: call one action of the room instead"


@pytest.mark.parametrize(
    ("text", "is_write"),
    [
        ("Note(title='x').save()", True),
        ("form.save()", True),
        ("found.delete()", True),
        ("Note.objects.create(title='x')", True),
        ("Note.objects.visible_to(reader).update(title='x')", True),
        ("Note.objects.filter(pk=1).delete()", True),
        ("note.coauthors.add(person)", True),
        ("conversation.hosts.set([person])", True),
        ("cursor.execute('DELETE FROM notes_note')", True),
        ("cursor.execute('SELECT 1')", False),
        ("await Note.objects.acreate(title='x')", True),
        ("default_storage.save(name, file)", False),
        ("seen.update(piece)", False),
        ("self._wake.set()", False),
        ("Note.objects.visible_to(reader).first()", False),
    ],
)
def test_a_door_that_writes_is_found_out(text: str, is_write: bool) -> None:
    source = f"async def view(request, reader):\n    {text}\n"
    assert bool(list(row_writes(source, relations()))) is is_write


# Public names of ``actions`` that are no actions: pure words and figures, and the counting of reads, which is
# nobody's deed and is written in batches (docs/decisions/0007-reads-are-counted-in-batches.md).
NOT_ACTIONS = {"FIELDS", "Writing", "writing_of", "note_read", "count_reads"}


def action_names(room: str) -> set[str]:
    file = PACKAGE / room / "actions" / "__init__.py"
    if not file.exists():
        return set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


@pytest.mark.parametrize("path", python_files(*(f"prakai/{door}" for door in DOORS)), ids=name_of)
def test_doors_call_only_what_a_room_lists_as_its_actions(path: Path) -> None:
    """What a room's ``actions/__init__.py`` lists is held to name ``by``, be atomic, ask a rule and be recorded."""
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (
            found := re.fullmatch(r"prakai\.(\w+)\.actions(\.\w+)?", node.module or "")
        ):
            known = action_names(found[1]) | NOT_ACTIONS
            wrong += [alias.name for alias in node.names if alias.name not in known]
    assert wrong == [], f"{name_of(path)}: list it in the __all__ of the room's actions, so that it is held"


def test_templates_static_files_and_letters_lie_in_web_and_mail_only() -> None:
    wrong = [
        name_of(folder)
        for room in [*ROOMS, "kernel", "thai", "api", "live", "cli"]
        for folder in (PACKAGE / room).rglob("*")
        if folder.is_dir() and folder.name in ("templates", "static")
    ]
    assert wrong == []
