"""The pages that members share, as a server has them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from prakai.notes.actions import reading
from prakai.web.pagecache import members


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[members.MemberPages]:
    """The shared pages, switched on and empty."""
    fresh = members.MemberPages()
    fresh.is_on = True
    monkeypatch.setattr(members, "kept", fresh)
    reading._waiting.clear()
    yield fresh
    reading._waiting.clear()
