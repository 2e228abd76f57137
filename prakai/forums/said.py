"""What somebody says, on its way into a review: a promise, or a whole sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Promised:
    """What is said of a promise: its words, and what its owner agreed to."""

    words: str
    first_step: str = ""
    due_on: date | None = None
    helper: str = ""
    email: str = ""
    reminds: bool = False
    tells_next: bool = False
    is_named: bool = False
    language: str = "th"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person wrote on paper or in a row of a table: a name, and words by the id of a question.

    Each line of an answer is a point of its own; the words to the question of promises are one promise. ``key`` tells
    this sheet from all others: brought in again, it is the same.
    """

    key: str
    name: str = ""
    words: Mapping[int, str] = field(default_factory=dict)
