"""Templates parse, and say what language their foreign runs are in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(ROOT.glob("prakai/web/*/templates/**/*.html"))


def name_of(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[parts.index("templates") + 1 :])


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_parses(path: Path) -> None:
    assert get_template(name_of(path)).origin.name == str(path)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_thai_is_written_into_a_template(path: Path) -> None:
    """Words for people go through the catalogue; names of languages and the brand are no translations."""
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"\{% translate .*? %\}", "", text)
    for allowed in ("ประกาย", "ไทย"):
        text = text.replace(allowed, "")
    thai = sorted(
        {line.strip() for line in text.splitlines() if any("\u0e01" <= c <= "\u0e5b" for c in line)}
    )
    # The page for our own faults must stand without any machinery, so it carries both languages itself.
    assert thai == [] or path.parts[-2] == "styleguide" or path.name == "500.html"


_INCLUDED = re.compile(r'\{% include "([^"]+)"([^%]*)%\}')


def _with_forms() -> set[str]:
    """Templates in which a form is sent, by themselves or by what they include."""
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in TEMPLATES}
    found = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    while more := {n for n, text in texts.items() if found & {i for i, _ in _INCLUDED.findall(text)}} - found:
        found |= more
    return found


def test_a_form_that_is_included_alone_gets_its_key() -> None:
    """``only`` keeps the key of the form away, too: without it every press of the button is refused."""
    with_forms, without_key = _with_forms(), []
    for path in TEMPLATES:
        for included, given in _INCLUDED.findall(path.read_text(encoding="utf-8")):
            words = given.split()
            if included in with_forms and "only" in words and "csrf_token=csrf_token" not in words:
                without_key.append((name_of(path), included))
    assert without_key == []
