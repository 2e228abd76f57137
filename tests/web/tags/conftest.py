"""The cast of notes, for tags."""

from tests.web.notes.conftest import (  # noqa: F401
    hospital,
    malee,
    nothing_read_before,
    somchai,
    steward,
    unknown_names_show,
    write,
)
