"""Words in the wrong language: what is left in English on a Thai page, and in Thai on an English one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from prakai.exchange.demo import reading
from prakai.exchange.demo.forums import fixed_code

LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
THAI = re.compile(r"[ก-ฮ][ก-ฮะ-ูเ-๛ .,:“”]*|[เ-ไ][ก-ฮะ-ูเ-๛ .,:“”]+")
# What hints show as examples of what one may write: Thai dates, names and abbreviations, in any language of the page.
EXAMPLES = re.compile(r"\d+ [ตธ]\.ค\. \d+|สสจ\.น่าน|สนง\.สสจ\.น่าน|รพ\.สต\.บ้านนา|from ก to ฮ|^[ก-ฮ]$|“[^”]*”")
NOT_LETTERS = re.compile(r"[^ก-๛]+")
SHORT, LONG = 6, 18
ENDS = " .:“”"
ADDRESS = re.compile(
    r"\b[0-9a-z]{12}\b|(?:https?://|www\.|/)\S+|\S+@\S+|[\w.-]+\.(?:csv|zip|org|atom|th)\b|\.ics\b", re.I
)
# Names, formats and keys that Thai readers write in Latin letters.
PROPER = frozenset(
    LATIN.findall(
        "AA Atom Chromium Chrome Linux CSV Ctrl Enter English Esc Feed GotoKnow HTML JPEG JSON LINE MB KB Markdown PDF"
        " AAR BAR CKO PMQA Excel Shift Tab Ctrl"
        " BY BY-NC BY-NC-ND BY-NC-SA BY-ND BY-SA CC PNG Prakai RSS TOTP WCAG WebP Word WordPress ZIP KMI Thailand"
    )
)


@lru_cache(maxsize=1)
def _demo_latin() -> frozenset[str]:
    """Latin words of the demo network itself: names, and what Thai notes write in Latin letters."""
    told = [
        json.dumps(facts, ensure_ascii=False, default=str) for facts in (*reading.people(), *reading.units())
    ]
    for note in reading.notes():
        facts = note.facts
        told += [note.body, str(facts["title"])] if facts.get("language", "th") == "th" else [*facts["tags"]]
        told += [words["text"] for words in facts.get("comments") or []]
    told += [*_forum_words(), *(fixed_code(facts["key"]) for facts in reading.forums())]
    return frozenset(LATIN.findall(" ".join(told)))


def _strings(facts: Any) -> Iterator[str]:
    """Yield every string that stands somewhere in ``facts``, without the keys."""
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, dict | list):
        for one in facts.values() if isinstance(facts, dict) else facts:
            yield from _strings(one)


@lru_cache(maxsize=1)
def _forum_words() -> tuple[str, ...]:
    """What people of the demo network say, and are called, at its forums: whatever is written in Thai letters."""
    days = [
        reading.forum_day(facts["key"], what)
        for facts in reading.forums()
        for what in ("people", "stories", "wall", "review")
    ]
    return tuple(words for words in _strings([*reading.forums(), *days]) if THAI.search(words))


@lru_cache(maxsize=1)
def _told() -> str:
    """Everything that people of the demo network say, and what the stage adds: content, not ours to translate."""
    staged = Path(__file__).with_name("stage.py").read_text(encoding="utf-8")
    told = [staged, json.dumps([*reading.people(), *reading.units()], ensure_ascii=False, default=str)]
    for note in reading.notes():
        told += [note.body, json.dumps(note.facts, ensure_ascii=False, default=str)]
    told += [json.dumps(reading.forums(), ensure_ascii=False, default=str)]
    days = (reading.CONTENT / "forum_days").glob("*.yaml")
    told += [day.read_text(encoding="utf-8") for day in sorted(days)]
    return NOT_LETTERS.sub("", " ".join(told))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Short words of the demo network that may stand alone: names, nicknames, tags, notebooks."""
    names = {"ประกาย", "ดวงใจ ริมน้ำ", "สมศรี", "ก๊อกน้ำ", "อนามัย", "ฟฟฟฟ", "น้ำ", "ไทย", "นาง", "นาย", "นางสาว"}
    for facts in reading.people():
        names |= {facts[key] for key in ("given_th", "family_th", "nickname_th") if facts.get(key)}
        names |= {*facts["knows"]}
    for facts in reading.units():
        names |= {facts["name_th"], *facts["abbreviations"]}
    for note in reading.notes():
        names |= {note.facts["notebook"], *note.facts["tags"]}
    for words in _forum_words():
        names |= {part.strip() for line in words.splitlines() for part in line.split(",")}
    return frozenset(name.strip(ENDS) for name in names)


def english_left(runs: list[tuple[str, str]]) -> list[str]:
    """Return Thai-spoken runs that hold a Latin word which is neither a name nor an address."""
    return [
        text
        for language, text in runs
        if language == "th" and set(LATIN.findall(ADDRESS.sub(" ", text))) - PROPER - _demo_latin()
    ]


def thai_left(runs: list[tuple[str, str]]) -> list[str]:
    """Return English-spoken runs that hold Thai which nobody of the demo network said, and which is no example."""
    return [
        text
        for language, text in runs
        if language == "en" and any(not _is_content(piece) for piece in THAI.findall(EXAMPLES.sub(" ", text)))
    ]


def _is_content(piece: str) -> bool:
    """Whether somebody of the demo network says it: a name, or the beginning of a sentence."""
    if all(part.strip(ENDS) in _names() for part in piece.split(",")):
        return True
    bare = NOT_LETTERS.sub("", piece)
    return len(bare) > SHORT and bare[:LONG] in _told()
