"""What both places last agreed on, so that a merge knows who has changed what."""

from __future__ import annotations

from typing import Any

from prakai.exchange.forum_days.reading import Opened, State
from prakai.exchange.forum_days.signing import digest
from prakai.forums.models import Parcel


class Bases:
    """For each column: the digest of what the other place said when both last heard of one another.

    Either the newest of its files that came here, or the newest of ours that it had before it; both moments are by our
    clock, and the later one counts. A digest has a second half, after ``/``, where a row here cannot say the same words
    (a person who goes by another id).
    """

    def __init__(self, opened: Opened, last: Parcel | None, place: str) -> None:
        ours = opened.bases.get(place)
        # There the halves are the other way round: what they heard of us came from here.
        known: list[tuple[Any, State]] = [(ours[0], _turned(ours[1]))] if ours is not None else []
        if last is not None:
            known.append((last.at, last.state))
        known.sort(key=lambda base: base[0], reverse=True)
        self.states = [state for _, state in known]

    def of(self, kind: str, *names: str) -> dict[str, str]:
        """Return the digests of a row that goes by one of these names, by column; empty if neither had it."""
        found: dict[str, str] = {}
        for state in reversed(self.states):
            rows = state.get(kind, {})
            for name in names:
                if name in rows:
                    found.update(rows[name])
                    break
        return found

    def rows(self, kind: str) -> list[str]:
        """Return the names of all rows that both had, when they last heard of one another."""
        return list(self.states[0].get(kind, {})) if self.states else []


def _turned(state: State) -> State:
    return {
        kind: {
            name: {column: "/".join(reversed(kept.split("/"))) for column, kept in columns.items()}
            for name, columns in rows.items()
        }
        for kind, rows in state.items()
    }


def digests(there: Any, here: Any) -> str:
    """Return what is kept of one value: its digest as it came, and as it is said here if that differs."""
    came, said = digest(there), digest(here)
    return came if came == said else f"{came}/{said}"


def is_as_came(kept: str | None, there: Any) -> bool:
    """Return whether the other place says what it said before."""
    return kept is not None and kept.partition("/")[0] == digest(there)


def is_as_kept(kept: str | None, here: Any) -> bool:
    """Return whether this place still says what the other said before."""
    return kept is not None and kept.rpartition("/")[2] == digest(here)


def told_digests(columns: dict[str, Any]) -> dict[str, str]:
    """Return what is kept of a row that stays away: each column as it came."""
    return {name: digests(value, value) for name, value in columns.items()}
