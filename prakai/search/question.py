"""A query made ready for the engine and for ranking: its words with their other wordings, and its letters."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from typing import Final

from prakai.search.analysis import dotted, form_of, grams_of, is_abbreviation, letters_of, loose, words_of
from prakai.search.asking import Asked
from prakai.search.documents import LONGEST_BEGINNING
from prakai.search.engine.sought import Strict, Term, Way
from prakai.search.numbering import years_said
from prakai.search.sections import law_asked
from prakai.thai.letters import LETTERS

MOST_WORDS: Final = 60
MOST_GRAMS: Final = 160
"""Different ones of a query that are looked at; a pasted page has more, and its first lines say enough."""

RAREST_WORDS: Final = 14
RAREST_GRAMS: Final = 20
"""So many of the rarest choose the candidates: the common ones cost the most and tell the least."""

MOST_PARTS: Final = 12

LONGEST_STRICT: Final = 12
"""Words up to which a query is expected to be answered by all of them."""

BY_CHANCE: Final = 4
"""So few letters stand in other words by chance (กพร in ติ๊กพร่ำ)."""

_SHORTEST: Final = 3
_GRAM_WEIGHT: Final = 0.5
_CHANCE_WEIGHT: Final = 0.1
_OTHER_WEIGHT: Final = 0.7
_SECTION_WEIGHT: Final = 2.0
_LONGEST_WORDING: Final = 12

_ASKING: Final = (
    "อะไร อะไรบ้าง ใคร ใครบ้าง ที่ไหน ไหน เมื่อไร เมื่อไหร่ อย่างไร อย่างไรบ้าง ยังไง ทำไม เท่าไร เท่าไหร่ เท่าใด "
    "ใด ใดบ้าง สิ่งใด ผู้ใด คนใด ที่ใด เมื่อใด หรือไม่ หรือเปล่า ไหม มั้ย บ้าง เพราะอะไร เพราะเหตุใด แบบไหน อันไหน"
)
_ASKING_WORDS: Final = frozenset(loose(word) for word in _ASKING.split())
"""Words that ask and are not looked for."""
_THAI: Final = re.compile(f"[{LETTERS}]+")
_HOW_MANY: Final = "กี่"
_ASKS: Final = re.compile(f"{_HOW_MANY}(?!ทอ|กระตุก|พื้นเมือง|เอว)|[?？] *$")
"""What asks besides: how many (but no loom), a question mark at the end."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """Loose letters of a wording → the other wordings of the same thing, in loose letters.

    ``gated`` ones are short or also mean something else: they hold where the query shows that they are meant so.
    """

    sure: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gated: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def meant(self, words: str) -> Mapping[str, tuple[str, ...]]:
        """Return those that hold in a query: gated ones with their dot, or when they are all that was asked."""
        shown = [loose(letters_of(form)) for form in (form_of(words), *dotted(words))]
        opened = {key: self.gated[key] for key in shown if key in self.gated}
        return ChainMap(opened, self.sure) if opened else self.sure


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a query: its loose letters, those of its other wordings, and how much it tells (idf)."""

    letters: str
    others: tuple[str, ...]
    weight: float
    token: str = ""

    is_whole: bool = False

    @property
    def ways(self) -> tuple[Way, ...]:
        """The terms by which the engine finds it: as a word, inside other words, in another wording.

        An abbreviation that the index knows (``is_whole``) stands inside other words by chance. Where a Thai word of
        more than one cluster stands, its grams do: then these alone are asked, for half the time.
        """
        own: list[Way] = [(("words", self.token),)] if self.token else []
        if not self.is_whole and (inside := way_of(self.letters)):
            own = [inside] if _THAI.fullmatch(self.letters) else [*own, inside]
        return tuple(own + [way for text in self.others if (way := _way_of_other(text))])

    @property
    def forms(self) -> tuple[str, ...]:
        """Its letters, and those of each other wording but the ``short`` ones."""
        return (self.letters, *(text for text in self.others if not is_short(text)))

    @property
    def short(self) -> tuple[str, ...]:
        """Wordings that tell something only where they stand alone: inside other words they do by chance."""
        own = (self.letters,) if self.is_whole and is_short(self.letters) else ()
        return (*own, *(text for text in self.others if is_short(text)))


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for. ``letters`` are those of the query, ``wordings`` the same with other wordings put in."""

    letters: str
    slots: tuple[Slot, ...] = ()
    grams: tuple[tuple[str, float], ...] = ()
    wordings: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    terms: Mapping[Term, float] = field(default_factory=dict)
    title_terms: Mapping[Term, float] = field(default_factory=dict)
    strict: Strict = field(default_factory=Strict)
    asks: bool = False


def question_of(
    asked: Asked,
    frequencies: Callable[[Iterable[Term]], Mapping[Term, int]],
    size: int,
    wordings: Wordings | None = None,
) -> Question:
    """Return the question that ``asked`` puts to an index of ``size`` documents with these ``frequencies``."""
    form = form_of(asked.words)
    letters = loose(letters_of(form))[: MOST_GRAMS * 3]
    tokens = list(dict.fromkeys(words_of(form)))[:MOST_WORDS]
    asks = _ASKS.search(form) is not None
    telling = [
        one for one in tokens if not (loose(one) in _ASKING_WORDS or (asks and one == _HOW_MANY))
    ] or tokens
    spans = _spans(telling, wordings.meant(asked.words)) if wordings else [(token, ()) for token in telling]
    years = years_said(form)
    spans = [(token, (*others, *years.get(token, ()))) for token, others in spans]
    grams = list(dict.fromkeys(grams_of(letters)))[:MOST_GRAMS]
    more = list(
        dict.fromkeys(
            gram
            for _, others in spans
            for other in others[:3]
            if not is_short(other)
            for gram in grams_of(other)
        )
    )[:40]
    counts = frequencies(
        [("words", token) for token in telling] + [("grams", gram) for gram in (*grams, *more)]
    )
    shown = dotted(asked.words)
    slots = [
        Slot(
            loose(letters_of(token)),
            others,
            _idf(_held_by(token, counts), size),
            token,
            is_whole=_is_meant_short(token, shown) and bool(counts.get(("words", token))),
        )
        for token, others in spans
    ]
    slots = [slot for slot in slots if slot.letters]
    words = sorted((t for t in telling if counts[("words", t)]), key=lambda t: counts[("words", t)])
    rare = sorted((g for g in grams if counts[("grams", g)]), key=lambda g: counts[("grams", g)])
    other = sorted((g for g in more if counts[("grams", g)]), key=lambda g: counts[("grams", g)])
    weighed = dict.fromkeys(words[:RAREST_WORDS], 1.0)
    weighed |= {section.token: _SECTION_WEIGHT for section in law_asked(form)[0]}
    by_chance = len(letters) <= BY_CHANCE and bool(words)
    parts = dict.fromkeys(rare[:RAREST_GRAMS], _CHANCE_WEIGHT if by_chance else _GRAM_WEIGHT)
    parts |= {g: _GRAM_WEIGHT * _OTHER_WEIGHT for g in other[:RAREST_GRAMS] if g not in parts}
    phrases = tuple(text for phrase in asked.phrases if (text := loose(letters_of(form_of(phrase)))))
    return Question(
        letters=letters,
        slots=tuple(slots),
        grams=tuple((gram, _idf(counts[("grams", gram)] or size, size)) for gram in grams),
        wordings=_rewritten(letters, spans),
        phrases=phrases,
        parts=_parts(form),
        terms=_weighted("words", weighed) | _weighted("grams", parts),
        title_terms=_weighted("title_words", weighed) | _weighted("title_grams", parts),
        strict=_strictly(slots, _begun(letters, slots, counts), phrases, asked.without),
        asks=asks or len(telling) < len(tokens),
    )


def _held_by(token: str, counts: Mapping[Term, int]) -> int:
    """In how many documents a word stands; of a wording that several words make up, its rarest word says."""
    inner = (counts.get(("words", word), 0) for word in words_of(token))
    return counts.get(("words", token), 0) or min((count for count in inner if count), default=1)


def is_short(letters: str) -> bool:
    """Whether a wording is so short that it stands inside other words by chance (สอ. in สอง)."""
    return len(letters) < _SHORTEST


def _is_meant_short(token: str, shown: Sequence[str]) -> bool:
    """Whether a word is an abbreviation: as its letters have it, or, where it is short, by its dot (``shown``)."""
    return is_abbreviation(token) or (is_short(token) and token in shown)


def _way_of_other(letters: str) -> Way:
    """Return the terms of another wording: an abbreviation is looked for as a word, all else also inside others."""
    if is_short(letters) or is_abbreviation(letters):
        return (("words", letters),)
    return way_of(letters)


def way_of(letters: str) -> Way:
    """Return the terms that stand together where these loose letters stand: all their grams."""
    return tuple(("grams", gram) for gram in dict.fromkeys(grams_of(letters)[:40]))


def _parts(form: str) -> tuple[str, ...]:
    """The letters between spaces, as somebody set apart what she looks for."""
    parts = dict.fromkeys(loose(letters_of(part)) for part in form.split()[:MOST_PARTS])
    return tuple(part for part in parts if len(part) > 1)


def _begun(letters: str, slots: Sequence[Slot], counts: Mapping[Term, int]) -> tuple[Way, ...]:
    """The way by which a name holds every word that begins so: the last may be half typed (โรงพ, มาล).

    A word that is known by itself is looked for as that word.
    """
    is_word = len(slots) == 1 and bool(counts.get(("words", slots[0].token)))
    return ((("begins", letters),),) if 1 < len(letters) <= LONGEST_BEGINNING and not is_word else ()


def _strictly(
    slots: Sequence[Slot], begun: tuple[Way, ...], phrases: Sequence[str], without: Sequence[str]
) -> Strict:
    must = tuple(slot.ways + begun for slot in slots) if len(slots) <= LONGEST_STRICT else ()
    exactly = tuple((way,) for phrase in phrases if (way := way_of(phrase)))
    never: list[Way] = []
    for word in without:
        form = form_of(word)
        tokens = words_of(form)
        if len(tokens) == 1:
            never.append((("words", tokens[0]),))
        if way := way_of(loose(letters_of(form))):
            never.append(way)
    return Strict(must=must + exactly, must_not=tuple(never))


def _spans(
    tokens: Sequence[str], wordings: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, tuple[str, ...]]]:
    """The tokens, those that make up a known wording put together with the other wordings of it; the longest wins."""
    parts = [loose(letters_of(token)) for token in tokens]
    spans: list[tuple[str, tuple[str, ...]]] = []
    at = 0
    while at < len(parts):
        for end in range(min(len(parts), at + _LONGEST_WORDING), at, -1):
            others = wordings.get("".join(parts[at:end]))
            if others:
                spans.append(("".join(tokens[at:end]), others))
                at = end
                break
        else:
            spans.append((tokens[at], ()))
            at += 1
    return spans


def _rewritten(letters: str, spans: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """The whole query in its other wordings: each span in turn, and all of them at once; at most four."""
    found: list[str] = []
    all_at_once, past = "", 0
    for token, others in spans:
        own = loose(letters_of(token))
        at = letters.find(own, past)
        if at < 0:
            continue
        after = at + len(own)
        found += [letters[:at] + other + letters[after:] for other in others[:2]]
        all_at_once += letters[past:at] + (others[0] if others else own)
        past = after
    all_at_once += letters[past:]
    return tuple(
        text for text in dict.fromkeys((all_at_once, *found)) if text != letters and not is_short(text)
    )[:4]


def _weighted(name: str, tokens: Mapping[str, float]) -> dict[Term, float]:
    return {(name, token): weight for token, weight in tokens.items()}


def _idf(count: int, size: int) -> float:
    """BM25's weight of a token that stands in ``count`` of ``size`` documents (Robertson and Spärck Jones 1976)."""
    return log(1 + (size - count + 0.5) / (count + 0.5))


def neighbours(slots: Sequence[Slot]) -> list[list[str]]:
    """Return for each two neighbouring words the letters of both together, also in other wordings."""
    return [[one + other for one in a.forms[:3] for other in b.forms[:3]] for a, b in pairwise(slots)]
