"""The styleguide, and the pages that say no: each says why and what to do next."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template

from prakai.web.base.examples import styleguide_pieces


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every part with real Thai words, in light and dark."""
    return render(request, "base/styleguide.html", styleguide_pieces(request.GET.get("theme", "auto")))


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what Django itself cannot read, such as a host that is not ours. No template: it may ask for that host."""
    words = "อ่านคำขอนี้ไม่เข้าใจ · This request could not be understood.\n"
    return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")


def forbidden(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """403: what Django itself refuses. A room's own refusal comes with its verdict through the middleware."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """404: there is nothing here, or nothing that this reader may see; the page does not tell which."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: something of ours broke. Rendered without request, rows or context, since any of them may be what broke."""
    return HttpResponseServerError(get_template("500.html").render())
