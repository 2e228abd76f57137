"""One Tantivy index on disk: its fields, how a prepared document becomes one of its documents, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import tantivy

from prakai.search.documents import Prepared
from prakai.search.engine.sought import Candidate

TOKENS: Final = ("words", "grams", "title_words", "title_grams")
MARKS: Final = ("kind", "unit", "province", "tag", "network", "year")
"""Fields that results are narrowed and counted by."""
GUARDS: Final = ("key", "audience", "about", "under", "person")
_TOKENIZER: Final = "tokens"


def schema() -> tantivy.Schema:
    """Return the fields of the index. Tokens keep how often they stand, not where: ranking reads the letters."""
    building = tantivy.SchemaBuilder()
    for name in TOKENS:
        building.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="freq")
    for name in MARKS:
        building.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in GUARDS:
        building.add_text_field(name, stored=name == "key", tokenizer_name="raw", index_option="basic")
    building.add_integer_field("at", stored=True, indexed=False, fast=True)
    building.add_bytes_field("head", stored=True)
    building.add_bytes_field("letters", stored=True)
    return building.build()


def index_at(folder: Path) -> tantivy.Index:
    """Return the index in ``folder``, made when it is empty; raises ``ValueError`` or ``OSError`` when it is spoilt."""
    index = tantivy.Index(schema(), path=str(folder))
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def document_of(ready: Prepared) -> tantivy.Document:
    """Return what Tantivy keeps of a prepared document."""
    told = ready.document
    made = tantivy.Document(
        words=ready.words,
        grams=ready.grams,
        title_words=ready.title_words,
        title_grams=ready.title_grams,
        key=told.key,
        kind=told.kind,
        at=told.at,
        head=ready.head.encode(),
        letters=ready.letters.encode(),
    )
    several = {
        "audience": told.audiences,
        "about": (told.key, *told.about),
        "under": told.units,
        "person": told.people,
        "tag": told.tags,
        "network": told.networks,
        "unit": (told.unit,) if told.unit is not None else (),
        "province": (told.province,) if told.province else (),
        "year": (told.year,) if told.year is not None else (),
    }
    for name, values in several.items():
        for value in values:
            made.add_text(name, str(value))
    return made


def candidate_of(document: tantivy.Document, score: float, title_score: float) -> Candidate:
    """Return a stored document as a candidate."""
    kind, _, number = str(document.get_first("key")).partition(":")
    return Candidate(
        kind=kind,
        pk=int(number),
        score=score,
        title_score=title_score,
        head=bytes(document.get_first("head") or b"").decode(),
        letters=bytes(document.get_first("letters") or b"").decode(),
        at=int(document.get_first("at") or 0),
    )
