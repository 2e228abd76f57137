"""Who acts. Rooms below ``people`` know an actor only by this shape."""

from __future__ import annotations

from typing import Protocol


class Actor(Protocol):
    """A person who does something, as the lower rooms see her. ``None`` stands for a visitor without a name."""

    pk: int

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def is_steward(self) -> bool: ...

    @property
    def display_name(self) -> str: ...
