"""The web manifest: what a phone shows when somebody keeps this place among their apps."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_safe

PAPER = "#fbf9f4"


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Answer name, colours and icons in the language of the page; three shortcuts to where people go most."""
    language = (get_language() or "th").split("-")[0]
    ways = [
        ("/write", pgettext("navigation", "Write")),
        ("/search", pgettext("navigation", "Search")),
        ("/desk", pgettext("navigation", "My desk")),
    ]
    answer = JsonResponse(
        {
            "id": "/",
            "name": settings.SITE_NAME,
            "short_name": settings.SITE_NAME,
            "description": pgettext("site title", "Good work, told by those who did it"),
            "lang": language,
            "dir": "ltr",
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": [
                {
                    "src": static(f"icons/icon-{size}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": "any maskable",
                }
                for size in (192, 512)
            ],
            "shortcuts": [{"name": name, "url": url} for url, name in ways],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
    patch_cache_control(answer, max_age=3600)
    return answer
