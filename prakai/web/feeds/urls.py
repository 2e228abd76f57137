"""Addresses of feeds, site map and cards."""

from __future__ import annotations

from django.urls import path, register_converter

from prakai.web.feeds import cards, maps, views


class Kind:
    """The ending of a feed."""

    regex = "rss|atom|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Kind, "feed")

urlpatterns = [
    path("feeds", views.explained, name="feeds"),
    path("feeds/all.<feed:kind>", views.everything, name="feed"),
    path("feeds/units/<int:number>.<feed:kind>", views.of_unit, name="unit-feed"),
    path("feeds/people/<slug:public_id>.<feed:kind>", views.of_person, name="person-feed"),
    path("feeds/notebooks/<int:number>.<feed:kind>", views.of_notebook, name="notebook-feed"),
    path("feeds/tags/<int:number>.<feed:kind>", views.of_tag, name="tag-feed"),
    path("feeds/notes/<int:number>/comments.<feed:kind>", views.of_comments, name="comments-feed"),
    path("sitemap.xml", maps.site_map, name="site-map"),
    path("sitemap-places.xml", maps.map_of_places, name="map-of-places"),
    path("sitemap-notes-<int:part>.xml", maps.map_of_notes, name="map-of-notes"),
    path("cards/notes/<int:number>.png", cards.of_note, name="note-card"),
    path("cards/site.png", cards.of_site, name="site-card"),
]
