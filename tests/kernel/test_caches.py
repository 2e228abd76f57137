"""The shared cache: over Redis when it answers, in this process while it does not."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from prakai.kernel.caches import SharedCache
from tests.serving import free_port


def at(url: str) -> SharedCache:
    return SharedCache(url, {})


@pytest.fixture(params=["away", pytest.param("there", marks=pytest.mark.redis)])
def cache(request: pytest.FixtureRequest) -> Iterator[SharedCache]:
    url = os.environ["TEST_BUS_URL"] if request.param == "there" else f"redis://127.0.0.1:{free_port()}/0"
    cache = at(url)
    cache.delete("prakai-test")
    yield cache
    cache.delete("prakai-test")


def test_it_keeps_counts_and_forgets_whether_or_not_the_server_answers(cache: SharedCache) -> None:
    assert cache.get("prakai-test", "nothing") == "nothing"
    assert (cache.add("prakai-test", 1), cache.add("prakai-test", 9)) == (True, False)
    assert (cache.incr("prakai-test"), cache.get("prakai-test")) == (2, 2)
    cache.set("prakai-test", [1.5], timeout=60)
    assert (cache.get_many(["prakai-test"]), "prakai-test" in cache) == ({"prakai-test": [1.5]}, True)
    assert (cache.delete("prakai-test"), cache.get("prakai-test")) == (True, None)
