"""The docs tell the truth of today: what they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_docs_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_in_docs_exist(page: Path) -> None:
    named = re.findall(
        r"`((?:prakai|tests|bench|tools|docs)/[\w./-]+\.\w+)`", page.read_text(encoding="utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists() and "out/" not in name] == []


def test_make_targets_named_in_docs_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    named = {n for page in PAGES for n in re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8"))}
    assert sorted(named - targets) == []


def test_decisions_have_their_four_parts() -> None:
    wrong = []
    for page in sorted((ROOT / "docs/decisions").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        wrong += [
            f"{page.name}: {part}"
            for part in ("Context", "Decision", "Consequences", "Rejected")
            if part not in text
        ]
    assert wrong == []


def test_glossary_nouns_are_the_models_nouns() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").lower()
    nouns = re.findall(r"^\| ([a-z ]+) \|", glossary, re.M)
    assert {"unit", "person", "note", "notebook", "comment", "appreciation", "entry", "tag"} <= {
        n.strip() for n in nouns
    }


def test_every_setting_is_told_in_operating() -> None:
    told = set(re.findall(r"`([A-Z][A-Z_]{2,})`", (ROOT / "docs/operating.md").read_text(encoding="utf-8")))
    read: set[str] = set()
    pattern = re.compile(
        r"""(?:environ(?:\.get|\.pop|\.setdefault)?[\[(]|_flag\(|_words\(|_number\(|envvar=)\s*["']([A-Z][A-Z_]{2,})["']"""
    )
    for path in (ROOT / "prakai").rglob("*.py"):
        read |= set(pattern.findall(path.read_text(encoding="utf-8")))
    wsgi = {"PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "REQUEST_METHOD", "DJANGO_SETTINGS_MODULE"}
    read = {name for name in read if not name.startswith("HTTP_") and name not in wsgi}
    assert sorted(read - told) == []
    assert sorted(told - read) == []


QUOTED = re.compile(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)```", re.M | re.S)


def flat(text: str) -> str:
    """Return ``text`` without indentation: a formatter may pull a quoted piece to the margin."""
    return "\n".join(line.strip() for line in text.splitlines())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_docs_quote_is_what_the_program_says(page: Path) -> None:
    wrong = [
        f"{name}: {quoted[:60]!r}"
        for name, quoted in QUOTED.findall(page.read_text(encoding="utf-8"))
        if flat(quoted) not in flat((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_the_eight_steps_are_shown_with_real_code() -> None:
    text = (ROOT / "docs/adding-a-feature.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d)\.", text, re.M) == list("12345678")
    assert len(QUOTED.findall(text)) >= 10
