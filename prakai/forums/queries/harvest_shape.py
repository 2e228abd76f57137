"""What a harvest holds; and what of it may go on paper, without what stays among those who were there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from prakai.forums.asking import WORDS
from prakai.forums.meter import Meter
from prakai.forums.models import Forum, QuestionKind
from prakai.forums.queries.promises import Sums
from prakai.forums.queries.walls import WallSpark


@dataclass(frozen=True, slots=True)
class UnitThere:
    """How many came from a unit, and the names of those who agreed to be listed. No name: from no unit we can name."""

    name: str
    people: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story in one line; ``allows_quotes`` is empty when it stays among those who were there."""

    title: str
    teller: str
    unit: str
    address: str
    allows_quotes: bool


@dataclass(frozen=True, slots=True)
class ToldNugget:
    """A sentence with its teller, and where it stands; ``paraphrase`` says it in other words."""

    words: str
    paraphrase: str
    teller: str
    unit: str
    story: str
    address: str
    allows_quotes: bool


@dataclass(frozen=True, slots=True)
class ToldCore:
    """A core with its sentences; without a title, those that stand under none."""

    title: str
    nuggets: tuple[ToldNugget, ...]


@dataclass(frozen=True, slots=True)
class SparksTogether:
    """Sparks that were put together, in the order in which they came; without a title, the rest."""

    title: str
    sparks: tuple[WallSpark, ...]


@dataclass(frozen=True, slots=True)
class ToldPattern:
    """What answers say together, and the answers. Whose they are is not told, even of those who signed."""

    title: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What was revealed of the answers to one kind of question; ``own`` are its words, if it had words of its own."""

    kind: str
    own: str
    patterns: tuple[ToldPattern, ...]
    quotes: tuple[str, ...]

    @property
    def asked(self) -> str:
        """The question, in the reader's language if it had the usual words."""
        return self.own or str(WORDS[QuestionKind(self.kind)])

    @property
    def count(self) -> int:
        """How many answers there are."""
        return len(self.quotes) + sum(len(one.quotes) for one in self.patterns)


@dataclass(frozen=True, slots=True)
class GrownNote:
    """A note that grew out of this day, and what it grew out of; ``is_open``: everybody may read both."""

    title: str
    byline: str
    address: str
    origin: str
    origin_address: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Harvest:
    """All of it. ``at_door``: people were counted as they arrived; else those are counted who had a seat.

    ``beside`` is what fell short and what exceeded, always both, or nothing at all. ``kept_back``: how many stories
    were left out for paper. ``meter``: the day as it was planned, if it was.
    """

    forum: Forum
    at_door: bool
    units: tuple[UnitThere, ...]
    stories: tuple[ToldStory, ...]
    cores: tuple[ToldCore, ...]
    sparks: tuple[SparksTogether, ...]
    beside: tuple[Said, ...]
    improve: Said | None
    others: tuple[Said, ...]
    promises: Sums | None
    kept_back: int = 0
    grown: tuple[GrownNote, ...] = ()
    meter: Meter | None = None

    @property
    def people(self) -> int:
        """How many people came."""
        return sum(one.people for one in self.units)

    @property
    def named_units(self) -> int:
        """From how many units they came."""
        return sum(bool(one.name) for one in self.units)

    @property
    def is_empty(self) -> bool:
        """Whether its reader finds nothing in it."""
        said = self.beside or self.improve or self.others
        promised = self.promises is not None and self.promises.promises
        return not (self.units or self.stories or self.cores or self.sparks or self.grown or said or promised)

    @property
    def nugget_count(self) -> int:
        """How many sentences were marked."""
        return sum(len(one.nuggets) for one in self.cores)

    @property
    def core_count(self) -> int:
        """How many cores they were put under."""
        return sum(bool(one.title) for one in self.cores)

    @property
    def spark_count(self) -> int:
        """How many sparks stand on the wall."""
        return sum(len(one.sparks) for one in self.sparks)

    @property
    def echo_count(self) -> int:
        """How often somebody said "same here"."""
        return sum(spark.echoes for group in self.sparks for spark in group.sparks)

    def for_paper(self) -> Harvest:
        """Return what may leave the circle: a story without leave to quote stays behind, with the words it is told in.

        Of its sentences those go along that somebody has put in other words: those words, and no name.
        """
        cores = (replace(one, nuggets=tuple(_on_paper(one.nuggets))) for one in self.cores)
        stories = tuple(one for one in self.stories if one.allows_quotes)
        return replace(
            self,
            stories=stories,
            grown=tuple(one for one in self.grown if one.is_open),
            kept_back=len(self.stories) - len(stories),
            cores=tuple(one for one in cores if one.nuggets),
        )


def _on_paper(nuggets: Iterable[ToldNugget]) -> Iterable[ToldNugget]:
    for one in nuggets:
        if one.allows_quotes:
            yield one
        elif one.paraphrase:
            yield ToldNugget(one.paraphrase, "", "", "", "", "", allows_quotes=False)
