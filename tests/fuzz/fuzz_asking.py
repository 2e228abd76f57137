"""Coverage-guided fuzzing (atheris) of all that looks at a query before it reaches an engine: ``make fuzz``.

It looks for errors, for a query that reads itself in another way, and for work that grows without bound. A query
that failed is written to a file; give that file as the only argument to see it again.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["prakai.search", "prakai.thai"]):
    from prakai.search import asking, numbering, sections
    from prakai.thai import keyboard


def text_of(given: bytes) -> str:
    """Half of the time what the bytes say, half of the time Thai letters and signs by the bytes' numbers."""
    if given[:1] < b"\x80":
        return given.decode("utf-8", "replace")
    return "".join(chr(0x0E00 + byte - 0x80) if byte >= 0x80 else chr(byte) for byte in given[1:])


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


def main() -> None:
    """Hand over to libFuzzer with the arguments of the command line."""
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
