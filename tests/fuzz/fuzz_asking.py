"""Coverage-guided fuzzing (atheris) of all that looks at a query before it reaches an engine: ``make fuzz``.

It looks for errors, for a query that reads itself in another way, and for work that grows without bound. A query
that failed is written to a file; give that file as the only argument to see it again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from zlib import crc32

import atheris
import django

with atheris.instrument_imports(include=["prakai.search", "prakai.thai"]):
    # The list of other wordings is a module of tables; no database is opened.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prakai.settings")
    django.setup()
    from prakai.search import asking, numbering, sections
    from prakai.search.compact import compact
    from prakai.search.engine.sought import GOES_ON, Candidate, Term
    from prakai.search.passages import Marker
    from prakai.search.queries.equivalents import GATE, built_in, key_of
    from prakai.search.question import LONGEST_STRICT, MOST_GRAMS, MOST_WORDS, Question, question_of
    from prakai.search.ranking import rank
    from prakai.search.wordings import wordings_of
    from prakai.thai import keyboard

SIZE = 10_000
GROUPS = tuple(tuple(form.lstrip(f"{GATE} ") for form in line) for line in built_in())
GATED = frozenset(key_of(form) for line in built_in() for form in line if form.startswith(GATE))
WORDINGS = wordings_of(GROUPS, GATED)


def text_of(given: bytes) -> str:
    """Half of the time what the bytes say, half of the time Thai letters and signs by the bytes' numbers."""
    if given[:1] < b"\x80":
        return given.decode("utf-8", "replace")
    return "".join(chr(0x0E00 + byte - 0x80) if byte >= 0x80 else chr(byte) for byte in given[1:])


def frequencies(terms: Iterable[Term]) -> dict[Term, int]:
    """An index that knows some of the terms, each in a number of documents of its own."""
    return {
        term: max(0, crc32("".join(term).encode("utf-8", "replace")) % SIZE - SIZE // 3) for term in terms
    }


def one(given: bytes) -> None:
    """Read one query in every way, and hold what must be true of each."""
    text = text_of(given)
    read = asking.read_asked(text)
    assert asking.read_asked(read.text) == read, text
    assert len(read.text) <= asking.MOST_LETTERS
    for kept in (read.phrases, read.without, read.tags, read.units, read.by):
        assert len(kept) == len(set(kept)) <= asking.MOST_PARTS
    if any(sign.isalnum() for sign in read.text):
        assert read.words or read.tags or read.units or read.by or read.after or read.before, text
    asked, meant = asking.read_meant(text)
    assert asked.text == read.text
    assert not meant or meant != read.text
    assert keyboard.as_typed_on_english(keyboard.as_typed_on_thai(text)).isascii() or not text.isascii()
    for section in sections.sections(text):
        assert 0 <= section.first < section.last <= len(text)
    numbering.years_said(text)
    sections.law_asked(text)
    ask(asked, text)


def ask(asked: asking.Asked, text: str) -> None:
    """Make the question ready, and look for it in its own words: what holds all of it is found to do so."""
    question = question_of(asked, frequencies, SIZE, WORDINGS)
    assert question == question_of(asked, frequencies, SIZE, WORDINGS), text
    assert len(question.slots) <= MOST_WORDS
    assert len(question.grams) <= MOST_GRAMS
    assert len(question.terms) == len(question.title_terms) <= 120
    assert len(question.strict.must) <= LONGEST_STRICT + asking.MOST_PARTS
    assert all(slot.letters and slot.weight > 0 for slot in question.slots), text
    ways = [way for ways in question.strict.must for way in ways] + list(question.strict.must_not)
    assert all(ways), text
    for _, token in [*question.terms, *question.title_terms, *(term for way in ways for term in way)]:
        assert token, text
        assert not token.endswith(GOES_ON), text
        assert token == "".join(token.split()), text
    look(question, text)


def look(question: Question, text: str) -> None:
    """Rank what says just this, and cut a passage of it."""
    letters = compact(question.letters)
    [ranked] = rank(question, [Candidate("note:1", 1.0, 1.0, letters, letters, 0)])
    assert ranked.score >= 0
    assert 0 <= ranked.covers <= 1.001, text
    assert 0 <= ranked.alike <= 1, text
    said = "".join(piece.text for piece in Marker(question).passage(text))
    assert len(said) <= 2000, text


def main() -> None:
    """Hand over to libFuzzer with the arguments of the command line."""
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
