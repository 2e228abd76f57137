"""Every row of golden.tsv against the real functions: what goes in, what must come out, what goes wrong elsewhere."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from prakai.thai.dates import FoundDate
from prakai.thai.order import order_key

MODULES = {
    "abbreviations", "dates", "digits", "folding", "graphemes", "names", "order", "slugs", "tags", "times", "words",
}  # fmt: skip


class Row(NamedTuple):
    line: int
    call: str
    given: str
    expected: str
    trouble: str


def written(cell: str) -> str:
    """A cell with its escapes read: \\uXXXX, \\n, \\r and \\\\; other characters as they are."""
    escapes = {"n": "\n", "r": "\r", "\\": "\\"}
    return re.sub(
        r"\\(?:u([0-9a-f]{4})|([nr\\]))",
        lambda found: chr(int(found[1], 16)) if found[1] else escapes[found[2]],
        cell,
    )


def rows() -> list[Row]:
    lines = Path(__file__).with_name("golden.tsv").read_text("utf-8").split("\n")[1:]
    found = []
    for number, line in enumerate(lines, 2):
        if line:
            call, given, expected, trouble = line.split("\t")
            found.append(Row(number, call, written(given), written(expected), trouble))
    return found


def shown(result: Any) -> str:
    """A result as the file writes it."""
    match result:
        case None:
            return ""
        case bool():
            return "yes" if result else "no"
        case (time(), time()):
            return f"{result[0]:%H:%M}–{result[1]:%H:%M}"
        case list():
            return (" " if any(isinstance(item, FoundDate) for item in result) else "|").join(
                map(shown, result)
            )
        case FoundDate():
            span = f"{result.start}" if result.start == result.end else f"{result.start}..{result.end}"
            return span if result.year_given else f"{span}?"
        case time():
            return f"{result:%H:%M}"
        case date():
            return result.isoformat()
        case _:
            return str(result)


def arguments(words: list[str]) -> dict[str, Any]:
    read: dict[str, Callable[[str], Any]] = {"limit": int, "near": date.fromisoformat}
    pairs = (word.split("=", 1) for word in words)
    return {name: read.get(name, str)(value) for name, value in pairs}


def answer(row: Row) -> str:
    name, *given = row.call.split(" ")
    if name == "order.sorted":
        return " | ".join(sorted(row.given.split(" | "), key=order_key))
    module, _, function = name.partition(".")
    call = getattr(importlib.import_module(f"prakai.thai.{module}"), function)
    positional: list[Any] = [row.given]
    if function == "same_abbreviation":
        positional = row.given.split(" = ")
    elif function in {"write_date", "write_range"}:
        positional = [date.fromisoformat(part) for part in row.given.split(" ")]
    elif function == "write_moment":
        positional = [datetime.fromisoformat(row.given)]
    try:
        return shown(call(*positional, **arguments(given)))
    except ValueError:
        return "!ValueError"


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.line}-{row.call}")
def test_golden_row(row: Row) -> None:
    expected = "" if row.expected == " " else row.expected
    assert answer(row) == expected, row.trouble


def test_golden_file_is_large_and_covers_every_module() -> None:
    found = rows()
    assert len(found) >= 250
    assert {row.call.split(".")[0] for row in found} == MODULES


def test_golden_rows_are_told_apart_and_each_names_its_trouble() -> None:
    found = rows()
    repeated = [pair for pair, times in Counter((row.call, row.given) for row in found).items() if times > 1]
    assert repeated == []
    assert [row.line for row in found if len(row.trouble) < 5] == []
