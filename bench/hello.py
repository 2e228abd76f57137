"""What the pages are compared with: the same server answering "hello", and Django answering "hello" as it comes."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

BODY = b"<!doctype html><title>hello</title><p>hello</p>"


def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer "hello" as WSGI."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))])
    return [BODY]


async def asgi(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Answer "hello" as ASGI."""
    if scope["type"] != "http":
        return
    head = [(b"content-type", b"text/html"), (b"content-length", str(len(BODY)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": BODY})


# The middleware of a project that Django itself begins (django-admin startproject).
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
APPS = ["auth", "contenttypes", "sessions", "messages"]


def django() -> Any:
    """Return a Django of one view with the middleware that a new project has, as WSGI."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    def hello(request: HttpRequest) -> HttpResponse:
        return HttpResponse(BODY, headers={"Content-Length": str(len(BODY))})

    urls = type(sys)("hello_urls")
    urls.urlpatterns = [path("", hello)]  # type: ignore[attr-defined]
    sys.modules["hello_urls"] = urls
    settings.configure(
        ROOT_URLCONF="hello_urls",
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="bench",
        MIDDLEWARE=MIDDLEWARE,
        INSTALLED_APPS=[f"django.contrib.{name}" for name in APPS],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )
    return get_wsgi_application()


def main() -> None:
    """Serve one of them: ``python -m bench.hello wsgi|asgi|django PORT``."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    kind, port = sys.argv[1], int(sys.argv[2])
    more: dict[str, Any] = {} if kind == "asgi" else {"blocking_threads": 4}
    Granian(
        f"hello.{kind}",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI if kind == "asgi" else Interfaces.WSGI,
        workers=1,
        websockets=False,
        log_level=LogLevels.warning,
        **more,
    ).serve(target_loader=Loader(kind), wrap_loader=False)


class Loader:
    """Gives granian its application inside the worker process."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return django() if self.kind == "django" else {"wsgi": wsgi, "asgi": asgi}[self.kind]


if __name__ == "__main__":
    main()
