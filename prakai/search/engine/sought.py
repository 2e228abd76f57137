"""What is asked of an engine, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from prakai.search.documents import Batch, Prepared

Term = tuple[str, str]
"""A field ("words", "grams", "title_words", "title_grams", "begins") and one of its tokens."""

GOES_ON = "*"
"""At the end of a token: all tokens that begin so. A token is letters and digits alone, so it has no such sign."""


class NoIndex(Exception):
    """There is no index that could be read: it is being made, or it is broken and will be."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which documents count: of each of ``within`` (a field and values) one value must stand, of ``without`` none.

    ``after`` is the first moment that counts, ``before`` the first that does not, in seconds since 1970.
    """

    within: tuple[tuple[str, Sequence[str]], ...] = ()
    without: tuple[tuple[str, Sequence[str]], ...] = ()
    after: int | None = None
    before: int | None = None

    def among(self, keys: Iterable[str]) -> Narrowing:
        """Return this narrowing, kept to the documents with these keys."""
        return replace(self, within=(*self.within, ("key", sorted(keys))))

    def but_not(self, keys: Iterable[str]) -> Narrowing:
        """Return this narrowing without the documents with these keys."""
        return replace(self, without=(*self.without, ("key", sorted(keys))))

    def apart_from(self, about: Iterable[str]) -> Narrowing:
        """Return this narrowing without the documents that are about one of these things."""
        kept = sorted(about)
        return replace(self, without=(*self.without, ("about", kept))) if kept else self


Way = tuple[Term, ...]
"""Terms that stand together for one wording of one word."""


@dataclass(frozen=True, slots=True)
class Strict:
    """What must stand in a document: of each group of ``must`` one way, of ``must_not`` none."""

    must: tuple[tuple[Way, ...], ...] = ()
    must_not: tuple[Way, ...] = ()


class Candidate(NamedTuple):
    """A document that may answer, with what ranking looks into: its letters in compact form (``compact.py``).

    ``score`` is the engine's own (BM25); ``key`` is the document's identity in the index, as ``Document.key`` has it.
    """

    key: str
    score: float
    title_score: float
    head: str
    letters: str
    at: int

    @property
    def kind(self) -> str:
        """What kind of thing it is."""
        return self.key.partition(":")[0]

    @property
    def pk(self) -> int:
        """The number of its row."""
        return int(self.key.partition(":")[2])


class Engine(Protocol):
    """An index: it is written by one process at a time and read by many."""

    def exists(self) -> bool:
        """Whether there is an index that can be read."""

    def position(self) -> int:
        """Return the id of the last journal entry that the index knows of."""

    def forget(self) -> None:
        """Let there be no index: the rows are others now."""

    def size(self) -> int:
        """Return how many documents there are; raises ``NoIndex``."""

    def document_frequencies(self, terms: Iterable[Term]) -> dict[Term, int]:
        """Return in how many documents each term stands; raises ``NoIndex``."""

    def candidates(
        self,
        terms: Mapping[Term, float],
        title_terms: Mapping[Term, float],
        strict: Strict,
        narrowing: Narrowing,
        *,
        most: int,
        many: Callable[[], None] = lambda: None,
    ) -> tuple[list[Candidate], set[str] | None]:
        """Return up to ``most`` likely documents, and the keys of all strict ones or ``None`` when those are many.

        ``many`` is called as soon as those seem to be many, hidden ones among them, so that they can be counted
        meanwhile.
        """

    def counted(
        self, strict: Strict, narrowing: Narrowing, facets: Sequence[str]
    ) -> tuple[int, dict[str, list[tuple[str, int]]]]:
        """Return how many documents are strict, and for each facet its values with their counts."""

    def in_order(
        self, strict: Strict, narrowing: Narrowing, *, newest: bool, offset: int, most: int
    ) -> list[Candidate]:
        """Return strict documents by their moment."""

    def update(self, gone: Iterable[str], came: Iterable[Prepared], position: int) -> None:
        """Take out what is about one of ``gone``, put in what ``came``, and remember the position."""

    def build(
        self,
        documents: Callable[[Mapping[str, int]], Iterable[Batch]],
        position: Callable[[], int],
        *,
        told: Callable[[int], None],
        only_if_missing: bool = False,
    ) -> int:
        """Make the index anew beside the live one and put it in its place; return how many documents it has.

        With ``only_if_missing`` nothing is done (and 0 returned) when somebody else has made it meanwhile.
        """
