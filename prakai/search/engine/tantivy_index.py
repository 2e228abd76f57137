"""One Tantivy index on disk: its fields, how a prepared document becomes one of its documents, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple

import tantivy

from prakai.search.documents import Prepared
from prakai.search.engine.sought import Candidate

TOKENS: Final = ("words", "grams", "title_words", "title_grams")
MARKS: Final = ("kind", "unit", "province", "tag", "network", "year")
"""Fields that results are narrowed and counted by."""
GUARDS: Final = ("key", "audience", "about", "under", "person")
BEGINS: Final = "begins"
"""How the names of a thing begin, each beginning a token: it is so called or not, none says more than another."""
_TOKENIZER: Final = "tokens"
_SETTINGS: Final = "meta.json"
_KEPT: Final = "kept"
"""All that is read back of a document, as one piece: several fields cost twice the time."""


def schema() -> tantivy.Schema:
    """Return the fields of the index. Tokens keep how often they stand, not where: ranking reads the letters."""
    building = tantivy.SchemaBuilder()
    for name in TOKENS:
        building.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="freq")
    for name in MARKS:
        building.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in GUARDS:
        building.add_text_field(name, tokenizer_name="raw", index_option="basic")
    building.add_text_field(BEGINS, tokenizer_name=_TOKENIZER, index_option="basic")
    building.add_integer_field("at", indexed=False, fast=True)
    building.add_bytes_field(_KEPT, stored=True)
    return building.build()


def index_at(folder: Path) -> tantivy.Index:
    """Return the index in ``folder``, made when it is empty; raises ``ValueError`` or ``OSError`` when it is spoilt."""
    if not (folder / _SETTINGS).exists():
        _begin(folder)
    index = tantivy.Index(schema(), path=str(folder))
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _begin(folder: Path) -> None:
    """Make an empty index that keeps documents as they are, in small blocks: a page reads a hundred and more of them.

    The binding does not pass these settings on; Tantivy reads them from the index's own file.
    """
    tantivy.Index(schema(), path=str(folder))
    told = json.loads((folder / _SETTINGS).read_bytes())
    told["index_settings"] |= {"docstore_compression": "none", "docstore_blocksize": 4096}
    (folder / _SETTINGS).write_text(json.dumps(told))


def document_of(ready: Prepared) -> tantivy.Document:
    """Return what Tantivy keeps of a prepared document."""
    made = tantivy.Document(
        words=ready.words,
        grams=ready.grams,
        title_words=ready.title_words,
        title_grams=ready.title_grams,
        begins=ready.begins,
        key=ready.key,
        kind=ready.kind,
        at=ready.at,
        kept=_packed(ready).encode("latin-1"),
    )
    for audience in ready.audiences:
        made.add_text("audience", audience)
    for name, value in zip(ready.marks[::2], ready.marks[1::2], strict=True):
        made.add_text(name, value)
    return made


class Read(NamedTuple):
    """What is read back of a document."""

    key: str
    at: int
    audiences: tuple[str, ...]
    head: str
    letters: str

    def candidate(self, score: float = 0.0, title_score: float = 0.0) -> Candidate:
        """Return it as a candidate with these scores."""
        return Candidate(self.key, score, title_score, self.head, self.letters, self.at)


def read(document: tantivy.Document) -> Read:
    """Return what a stored document says, its letters in compact form."""
    about, head, letters = bytes(document.get_first(_KEPT) or b"").decode("latin-1").split("\n", 2)
    key, at, *audiences = about.split(" ")
    return Read(key, int(at), tuple(audiences), head, letters)


def _packed(ready: Prepared) -> str:
    """A line with key, moment and audiences, one with the letters of the title, one with those of the text."""
    return f"{ready.key} {ready.at} {' '.join(ready.audiences)}\n{ready.head}\n{ready.letters}"
