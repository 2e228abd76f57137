"""Preparing a place: what must be made before the platform can start, each part only when its inputs changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from prakai.cli.preparing import catalogue, fonts
from prakai.cli.preparing.stamps import Stamps, alone, data_dir, of_files, package_files, versions

FOLDERS = ("files", "index", "made/fonts", "static")
Tell = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a preparation did: the names of the parts that were made (empty when all stood already)."""

    made: list[str] = field(default_factory=list)


def rows_stamp(migrations: list[Path]) -> str:
    """Return the stamp of the tables: the migrations, and the very database that they were run on."""
    url = os.environ.get("DATABASE_URL", "")
    place = data_dir() / "prakai.sqlite3"
    born = str(place.stat().st_ino) if not url and place.exists() and place.stat().st_size else ""
    return of_files(migrations, url, born, versions())


def prepare(tell: Tell, *, again: bool = False) -> Prepared:
    """Make what is missing or out of date in ``DATA_DIR``; ``again`` makes all of it. Return what was made.

    ``tell`` is called with a line in Thai and one in English before each part that takes time. Errors: ``OSError`` and
    database errors as they come (the command line tells them).
    """
    folder = data_dir()
    # Sessions, letters and drafts lie in it: made for its owner's eyes only (one that stands keeps its rights).
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    with alone(folder):
        return Prepared(_prepare(folder, Stamps(folder), tell, again))


def _prepare(folder: Path, stamps: Stamps, tell: Tell, again: bool) -> list[str]:
    files = package_files()
    made: list[str] = []
    if catalogue.stale(files["catalogue"]):
        catalogue.compile_catalogues(files["catalogue"])
        made.append("catalogue")

    font_stamp = of_files([*fonts.font_files().values(), Path(fonts.__file__)])
    woff2 = fonts.made_fonts(folder / "made" / "fonts")
    if again or stamps.get("fonts") != font_stamp or not all(path.exists() for path in woff2):
        tell("กำลังเตรียมฟอนต์สารบรรณ", "Making the Sarabun web fonts")
        fonts.make_fonts(folder / "made" / "fonts")
        stamps.keep("fonts", font_stamp)
        made.append("fonts")

    static_stamp = of_files([*files["static"], *woff2], versions())
    if again or stamps.get("static") != static_stamp or not (folder / "static" / "staticfiles.json").exists():
        tell("กำลังรวบรวมไฟล์หน้าเว็บ", "Collecting static files")
        _collect()
        stamps.keep("static", static_stamp)
        made.append("static")

    # Another server's tables may have been changed by others: only our own file is trusted to stand as we left it.
    ours = not os.environ.get("DATABASE_URL")
    if again or not ours or stamps.get("rows") != rows_stamp(files["rows"]):
        tell("กำลังเตรียมฐานข้อมูล", "Preparing the database")
        _migrate()
        stamps.keep("rows", rows_stamp(files["rows"]))
        made.append("rows")
    return made


def _collect() -> None:
    from django.core.management import call_command

    from prakai.cli.ready import ready

    ready()
    call_command("collectstatic", interactive=False, verbosity=0)


def _migrate() -> None:
    from django.core.management import call_command

    from prakai.cli.ready import ready

    ready()
    call_command("migrate", interactive=False, verbosity=0)
