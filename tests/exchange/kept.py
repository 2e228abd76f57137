"""All that is kept, as one value to compare; and what a report says, in short."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage

ROOMS = ("notes", "talk", "journal", "people", "units", "networks")
Rows = dict[str, list[Any]]


def everything() -> Rows:
    """All rows of all rooms, and the names of all files."""
    rows: Rows = {
        table._meta.label: sorted(map(repr, table._default_manager.values_list()))
        for room in ROOMS
        for table in apps.get_app_config(room).get_models()
    }
    folder = Path(default_storage.location)  # type: ignore[attr-defined]
    rows["files"] = sorted(str(path) for path in folder.rglob("*") if path.is_file())
    return rows


def statuses(report: Any) -> list[str]:
    return [line.status for line in report.lines]


def codes(report: Any) -> list[str]:
    return [problem["code"] for line in report.lines for problem in line.problems]
