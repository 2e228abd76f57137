"""Static files under names that change with their content, compressed at set-up and served from memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise
from whitenoise.storage import CompressedManifestStaticFilesStorage

HASHED = r"\.[0-9a-f]{12}\."
MOST_KEPT = 6 * 1024 * 1024
Headers = list[tuple[str, str]]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed; an unknown name falls back to itself, so that a page never dies of a missing icon."""

    manifest_strict = False
    keep_only_hashed_files = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """Return the name with its hash; the bare name when there is no such file (not yet collected, or missing)."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name


class ServedFiles:
    """Answers for ``STATIC_ROOT``: WhiteNoise decides (type, encoding, 304, ranges), small bodies stay in memory."""

    def __init__(self, root: Path, *, prefix: str = "/static/") -> None:
        self.prefix = prefix
        self._whitenoise = WhiteNoise(
            None,
            root=str(root) if root.is_dir() else None,
            prefix=prefix,
            max_age=60,
            immutable_file_test=HASHED,
            allow_all_origins=False,
            add_headers_function=_add_headers,
        )
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def answer(self, method: str, path: str, headers: Mapping[str, str]) -> tuple[int, Headers, bytes]:
        """Return status, headers and body for ``path``. ``headers`` are named as in WSGI (``HTTP_ACCEPT_ENCODING``)."""
        found = self._whitenoise.files.get(path)
        if found is None:
            return 404, [("Content-Type", "text/plain; charset=utf-8")], "ไม่พบไฟล์นี้ · no such file\n".encode()
        answer = found.get_response(method, headers)
        if answer.file is None:
            return int(answer.status), list(answer.headers), b""
        try:
            if int(answer.status) == 200:
                return 200, list(answer.headers), self._bytes_of(answer.file)
            return int(answer.status), list(answer.headers), answer.file.read()
        finally:
            answer.file.close()

    def _bytes_of(self, file: Any) -> bytes:
        name = str(file.name)
        with self._lock:
            known = self._kept.get(name)
            if known is not None:
                self._kept.move_to_end(name)
                return known
        body: bytes = file.read()
        if len(body) <= MOST_KEPT // 4:
            with self._lock:
                if name not in self._kept:
                    self._kept[name] = body
                    self._size += len(body)
                while self._size > MOST_KEPT:
                    self._size -= len(self._kept.popitem(last=False)[1])
        return body


def _add_headers(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
REASONS = {
    200: "OK",
    206: "Partial Content",
    304: "Not Modified",
    404: "Not Found",
    405: "Method Not Allowed",
}


def with_static_files(application: WSGI, files: ServedFiles) -> WSGI:
    """Return ``application`` with ``files`` answered before it."""
    prefix = files.prefix

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(prefix):
            return application(environ, start_response)
        status, headers, body = files.answer(environ["REQUEST_METHOD"], path, environ)
        start_response(f"{status} {REASONS.get(status, 'Answer')}", headers)
        return [body]

    return answer
