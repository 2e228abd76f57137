"""What the index holds of one thing: its words for finding, and what it is narrowed and guarded by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from prakai.search.compact import compact
from prakai.search.views import views_of

MOST_BODY = 200_000
"""Letters of a body that are indexed; a longer one is cut."""
LONGEST_BEGINNING = 24
"""Letters of a name by each of which it is known while somebody types it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing as its room tells it. ``names`` are found like the body but weigh more (tags, people, units).

    ``called`` are other names of the thing itself, which are known, like its title, from their first letters on.
    ``audiences`` says for whom it is ("public", "members", "unit:7", "person:3"); ``about`` which things decide
    whether it may be seen, so that it can be set aside while one of them has changed and the index has not.
    ``at`` counts seconds since 1970; ``units`` are the unit and all above it.
    """

    kind: str
    pk: int
    title: str
    body: str = ""
    names: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ("public",)
    about: tuple[str, ...] = ()
    unit: int | None = None
    units: tuple[int, ...] = ()
    province: str = ""
    tags: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    networks: tuple[int, ...] = ()
    year: int | None = None
    at: int = 0

    @property
    def key(self) -> str:
        """The document's identity in the index."""
        return f"{self.kind}:{self.pk}"


class Prepared(NamedTuple):
    """A document after the analysis: tokens joined by spaces, and the loose letters that ranking looks into, of the
    title (``head``) and of all else, in compact form.

    ``marks`` are the other fields by which it is narrowed and guarded: a name, a value, a name, a value. It is all
    plain words and numbers, for helping processes hand over many of them.
    """

    kind: str
    pk: int
    at: int
    audiences: tuple[str, ...]
    words: str
    grams: str
    title_words: str
    title_grams: str
    head: str
    letters: str
    begins: str
    marks: tuple[str, ...]

    @property
    def key(self) -> str:
        """The document's identity in the index, as ``Document.key`` has it."""
        return f"{self.kind}:{self.pk}"


def prepared(document: Document) -> Prepared:
    """Return the document with its words, grams and letters worked out."""
    title, body = views_of(document.title), views_of(document.body[:MOST_BODY])
    names = views_of("\n".join(document.names))
    title_words = f"{title.words} {title.laws}"
    called = [views_of(name).letters for name in document.called]
    return Prepared(
        kind=document.kind,
        pk=document.pk,
        at=document.at,
        audiences=document.audiences,
        words=f"{title_words} {names.words} {names.words} {body.words} {body.laws}",
        grams=f"{title.grams} {names.grams} {body.grams}",
        title_words=title_words,
        title_grams=title.grams,
        head=compact(title.letters),
        letters=compact(f"{body.letters} {names.letters}" if names.letters else body.letters),
        begins=" ".join(dict.fromkeys(beginnings(title.letters, *called))),
        marks=tuple(_marks(document)),
    )


def beginnings(*names: str) -> list[str]:
    """Return how each of these names (in loose letters) begins: ก กา การ, up to a length that says enough."""
    return [name[:end] for name in names for end in range(1, min(len(name), LONGEST_BEGINNING) + 1)]


def _marks(document: Document) -> Iterator[str]:
    for name, values in (
        ("about", (document.key, *document.about)),
        ("under", document.units),
        ("person", document.people),
        ("tag", document.tags),
        ("network", document.networks),
        ("unit", () if document.unit is None else (document.unit,)),
        ("province", (document.province,) if document.province else ()),
        ("year", () if document.year is None else (document.year,)),
    ):
        for value in values:
            yield name
            yield str(value)


class Batch(Protocol):
    """Some documents in the order of their numbers. Rows may be read only when it is looked through, in whatever

    process that is; ``len`` says how many documents it has at most.
    """

    def __len__(self) -> int:
        """At most so many documents."""

    def __iter__(self) -> Iterator[Document]:
        """Yield the documents."""


def all_prepared(documents: Batch) -> list[Prepared]:
    """Return many documents prepared: what a helping process is given and gives back."""
    return [prepared(document) for document in documents]
