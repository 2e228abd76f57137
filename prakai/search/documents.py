"""What the index holds of one thing: its words for finding, and what it is narrowed and guarded by."""

from __future__ import annotations

from dataclasses import dataclass

from prakai.search.analysis import form_of, grams_of, letters_of, loose, tokens_of
from prakai.search.sections import sections

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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document after the analysis: tokens joined by spaces, and the loose letters that ranking looks into."""

    document: Document
    words: str
    grams: str
    title_words: str
    title_grams: str
    head: str
    letters: str
    begins: str = ""


def prepared(document: Document) -> Prepared:
    """Return the document with its words, grams and letters worked out."""
    title, names = form_of(document.title), form_of("\n".join(document.names))
    body = form_of(document.body[:MOST_BODY])
    head, tail = loose(letters_of(title)), loose(letters_of(body))
    title_words, title_grams = " ".join(tokens_of(title) + _laws(title)), " ".join(grams_of(head))
    named = loose(letters_of(names))
    return Prepared(
        document=document,
        words=" ".join(
            (title_words, " ".join(tokens_of(names) * 2), " ".join(tokens_of(body) + _laws(body)))
        ),
        grams=" ".join((title_grams, " ".join(grams_of(named)), " ".join(grams_of(tail)))),
        title_words=title_words,
        title_grams=title_grams,
        head=head,
        letters=f"{tail} {named}" if named else tail,
        begins=" ".join(dict.fromkeys(beginnings(head, *map(_loosely, document.called)))),
    )


def beginnings(*names: str) -> list[str]:
    """Return how each of these names (in loose letters) begins: ก กา การ, up to a length that says enough."""
    return [name[:end] for name in names for end in range(1, min(len(name), LONGEST_BEGINNING) + 1)]


def _loosely(text: str) -> str:
    return loose(letters_of(form_of(text)))


def _laws(form: str) -> list[str]:
    """Sections of laws as tokens: มาตรา 39/1 is one, and not 39."""
    if "มาตรา" not in form and "ม." not in form:
        return []
    return [section.token for section in sections(form) if section.is_sure]


def all_prepared(documents: list[Document]) -> list[Prepared]:
    """Return many documents prepared: what a helping process is given and gives back."""
    return [prepared(document) for document in documents]
