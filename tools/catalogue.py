"""The Thai catalogue, without GNU gettext: extract, merge and check, one file a room.

    python tools/catalogue.py update    extract every string and merge it into each room's django.po
    python tools/catalogue.py check     fail when a string has no Thai, or a file is out of date

A room's strings lie in ``prakai/<room>/locale``; an area of the web door has its own, so that two people can work side
by side. Django reads them all.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "prakai"
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "_": None,
}
PLURAL = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
Key = tuple[str | None, str, str | None]


def home_of(path: Path) -> Path:
    """Return the folder whose locale holds the strings of ``path``: a room, or an area of the web door."""
    steps = path.relative_to(PACKAGE).parts
    if steps[0] == "web" and len(steps) > 2 and steps[1] not in ("templatetags", "static"):
        return PACKAGE / "web" / steps[1]
    if steps[0] == "web":
        return PACKAGE / "web" / "base"
    return PACKAGE / steps[0] if len(steps) > 1 else PACKAGE / "web" / "base"


def strings_of(path: Path) -> list[tuple[int, Key]]:
    """Return (line, (context, singular, plural)) for every translatable string of a Python file or a template."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = templatize(text, origin=str(path))
    found: list[tuple[int, Key]] = []
    calls: Any = extract_python(BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for line, function, messages, _ in calls:
        parts = [
            m
            for m in (messages if isinstance(messages, (tuple, list)) else (messages,))
            if isinstance(m, str)
        ]
        context: str | None = None
        if function in ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"):
            if len(parts) < 2:
                raise SystemExit(f"{path}:{line}: {function} wants literal strings")
            context, *parts = parts
        if not parts:
            raise SystemExit(f"{path}:{line}: {function} wants a literal string")
        plural = parts[1] if function in PLURAL else None
        found.append((line, (context, parts[0], plural)))
    return found


def extract() -> dict[Path, dict[Key, list[str]]]:
    """Return for each home its strings and where they stand."""
    homes: dict[Path, dict[Key, list[str]]] = defaultdict(dict)
    files = [
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("templates/**/*.html"),
        *PACKAGE.rglob("templates/**/*.txt"),
    ]
    for path in sorted(files):
        if "migrations" in path.parts:
            continue
        for line, key in strings_of(path):
            homes[home_of(path)].setdefault(key, []).append(f"{path.relative_to(ROOT)}:{line}")
    return homes


def catalogue_of(home: Path) -> Path:
    """Return where the Thai catalogue of a room lies."""
    return home / "locale" / "th" / "LC_MESSAGES" / "django.po"


def merged(home: Path, strings: dict[Key, list[str]]) -> polib.POFile:
    """Return the room's catalogue with today's strings: known translations kept, unused ones dropped."""
    path = catalogue_of(home)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known: dict[tuple[str | None, str], polib.POEntry] = {
        (entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete
    }
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Project-Id-Version": "prakai",
        "Language": "th",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for (context, singular, plural), places in sorted(
        strings.items(), key=lambda item: (item[0][1], item[0][0] or "")
    ):
        had = known.get((context, singular))
        entry = polib.POEntry(
            msgctxt=context, msgid=singular, occurrences=sorted({(p.rsplit(":", 1)[0], "") for p in places})
        )
        if plural is not None:
            entry.msgid_plural = plural
            entry.msgstr_plural = {0: (had.msgstr_plural.get(0, "") or had.msgstr) if had else ""}
        else:
            entry.msgstr = (had.msgstr or (had.msgstr_plural or {}).get(0, "")) if had else ""
        if "%(" in singular:
            entry.flags.append("python-format")
        new.append(entry)
    return new


def missing(catalogue: polib.POFile) -> list[str]:
    """Return the strings that have no Thai."""
    return [entry.msgid for entry in catalogue if not (entry.msgstr or (entry.msgstr_plural or {}).get(0))]


def update() -> int:
    """Write every catalogue anew."""
    for home, strings in extract().items():
        path = catalogue_of(home)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = merged(home, strings)
        catalogue.save(str(path))
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} strings, {len(missing(catalogue))} without Thai")
    return 0


def check() -> int:
    """Return 1 and say what is wrong when a catalogue is out of date or not complete."""
    wrong = 0
    for home, strings in extract().items():
        path = catalogue_of(home)
        fresh = merged(home, strings)
        lacking = missing(fresh)
        written = {(e.msgctxt, e.msgid) for e in polib.pofile(str(path))} if path.exists() else set()
        if written != {(e.msgctxt, e.msgid) for e in fresh}:
            print(f"{path.relative_to(ROOT)} is out of date: run make catalogue")
            wrong += 1
        for text in lacking:
            print(f"{path.relative_to(ROOT)}: no Thai for {text!r}")
            wrong += 1
    return 1 if wrong else 0


def main() -> int:
    """Do what the first argument says."""
    settings.configure(USE_I18N=True)
    actions = {"update": update, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in actions:
        print(__doc__)
        return 2
    return actions[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
