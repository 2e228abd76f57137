"""The seam of search: what the room asks of an engine, and which one stands behind it (``SEARCH_URL``).

An engine knows tokens, filters and numbers; it knows neither Thai nor who may see what. Another engine is another
module here with the same functions, held by the same tests.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from prakai.search.engine.sought import Engine


def the_engine() -> Engine:
    """Return the engine of this place; the same one each time as long as ``SEARCH_URL`` is the same."""
    return _engine_at(settings.SEARCH_URL)


@lru_cache(maxsize=4)
def _engine_at(url: str) -> Engine:
    from prakai.search.engine.tantivy_side import TantivyEngine

    return TantivyEngine(Path(unquote(urlsplit(url).path)))
