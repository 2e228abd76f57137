"""The Thai catalogue is complete, fits the strings of today, and keeps every placeholder."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted(ROOT.glob("prakai/**/locale/th/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def test_every_string_has_its_thai() -> None:
    done = subprocess.run(
        [sys.executable, "tools/catalogue.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "/".join(path.relative_to(ROOT).parts[1:-4]))
def test_translations_keep_placeholders_and_are_thai(path: Path) -> None:
    wrong = []
    for entry in polib.pofile(str(path)):
        for thai in [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values()):
            english = entry.msgid_plural or entry.msgid
            if set(PLACEHOLDER.findall(thai)) - set(PLACEHOLDER.findall(entry.msgid + english)):
                wrong.append(f"placeholder: {entry.msgid!r} -> {thai!r}")
            if set(PLACEHOLDER.findall(english)) - set(PLACEHOLDER.findall(thai)):
                wrong.append(f"placeholder lost: {entry.msgid!r} -> {thai!r}")
            if "\u200b" in thai or "\u00a0" in thai:
                wrong.append(f"invisible character: {thai!r}")
    assert wrong == []


def test_one_string_in_one_context_has_one_translation() -> None:
    seen: dict[tuple[str | None, str], str] = {}
    wrong = []
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            key = (entry.msgctxt, entry.msgid)
            if entry.msgstr and seen.setdefault(key, entry.msgstr) != entry.msgstr:
                wrong.append(f"{key}: {seen[key]!r} and {entry.msgstr!r}")
    assert wrong == []


# Sentences of django-allauth, which gives them no context; our Thai stands before its own.
OTHERS = {("prakai/web/accounts/words.py", "")}


def test_every_translated_string_says_its_context() -> None:
    wrong = []
    for path in CATALOGUES:
        wrong += [e.msgid for e in polib.pofile(str(path)) if not e.msgctxt and set(e.occurrences) != OTHERS]
    assert wrong == []
