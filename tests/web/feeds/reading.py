"""Reading feeds as their readers do: parsed, never by looking at text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree
from django.test import Client

ATOM = "{http://www.w3.org/2005/Atom}"
TOMB = "{http://purl.org/atompub/tombstones/1.0}"
TEXT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as a reader of feeds sees it."""

    guid: str
    url: str
    title: str
    author: str
    html: str
    summary: str


def read(path: str, **headers: str) -> list[Told]:
    """Return the entries of the feed at ``path``."""
    answer = Client().get(path, **headers)
    assert answer.status_code == 200, answer.status_code
    return entries(answer.content, path.rpartition(".")[2])


def entries(content: bytes, kind: str) -> list[Told]:
    if kind == "json":
        return [_of_json(item) for item in json.loads(content)["items"]]
    root = ElementTree.fromstring(content)
    if kind == "atom":
        return [_of_atom(entry) for entry in root.findall(f"{ATOM}entry")]
    return [_of_rss(item) for item in root.iter("item")]


def gone(path: str) -> list[str]:
    """Return the identities of what an Atom feed reports as withdrawn."""
    root = ElementTree.fromstring(Client().get(path).content)
    return [entry.attrib["ref"] for entry in root.findall(f"{TOMB}deleted-entry")]


def _of_json(item: dict[str, Any]) -> Told:
    author = item["authors"][0]["name"]
    return Told(item["id"], item["url"], item["title"], author, item["content_html"], item["summary"])


def _of_atom(entry: Any) -> Told:
    def text(name: str) -> str:
        return entry.findtext(f"{ATOM}{name}") or ""

    link = entry.find(f"{ATOM}link").attrib["href"]
    author = entry.findtext(f"{ATOM}author/{ATOM}name") or ""
    return Told(text("id"), link, text("title"), author, text("content"), text("summary"))


def _of_rss(item: Any) -> Told:
    def text(name: str) -> str:
        return item.findtext(name) or ""

    creator = text("{http://purl.org/dc/elements/1.1/}creator") or text("author")
    return Told(text("guid"), text("link"), text("title"), creator, text(TEXT), text("description"))
