"""Looking at a page as its readers and their programs do: what axe finds, the language of its words, its weight."""

from __future__ import annotations

import html
import re
from importlib.resources import files
from typing import Any
from urllib.parse import urldefrag, urljoin

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

NOT_FOLLOWED = re.compile(r"[?&]lang=|/demo/enter/|/logout/|\.zip$|[?&]after=")

# Every visible run of text and every spoken attribute, with the language that a screen reader would speak it in.
RUNS = """() => {
  const runs = [];
  const language = (e) => (e.closest('[lang]')?.getAttribute('lang') || '').slice(0, 2);
  const spared = 'script, style, template, code, kbd, pre, textarea, noscript, svg, [aria-hidden=true]';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    const text = node.textContent.replace(/\\s+/g, ' ').trim();
    if (!text || e.closest(spared)) continue;
    if (!e.checkVisibility() && !e.closest('option, dialog')) continue;
    runs.push([language(e), text]);
  }
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], img[alt], [data-copied]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-copied']) {
      const text = e.getAttribute(name);
      if (text?.trim()) runs.push([language(e), text.trim()]);
    }
  }
  const about = document.querySelector('main h1')?.lang || document.querySelector('main article')?.lang;
  runs.push([(about || document.documentElement.lang).slice(0, 2), document.title]);
  return runs;
}"""

SHAPE = """() => ({
  headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1])),
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  title: document.title,
  twice: [...new Set([...document.querySelectorAll('[id]')].map((e) => e.id)
    .filter((id, at, all) => all.indexOf(id) !== at))],
  language: document.documentElement.lang,
})"""

# What one reads in the page proper; buttons and fields that only scripts bring are not reading.
READING = """() => {
  const main = document.querySelector('main').cloneNode(true);
  const spared = ['script', 'style', 'noscript', 'template', 'code', '.mark', 'button', 'form', '[hidden]',
    'time[data-ago]', 'dialog', '[data-editor]', '.share', '[data-core-hint]'];
  // A form may have a button of the name "remove".
  for (const e of main.querySelectorAll(spared.join())) Element.prototype.remove.call(e);
  return main.textContent.replace(/\\s+/g, '');
}"""


def violations(page: Any, *, only: str = "") -> list[tuple[str, list[Any]]]:
    """Return what axe finds on the page as it stands: (rule, the first places); ``only`` names the one rule to ask."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE + "; undefined")
    asked = {"resultTypes": ["violations"]} | ({"runOnly": [only]} if only else {})
    found = page.evaluate("asked => axe.run(document, asked)", asked)
    return [(v["id"], [node["target"][0] for node in v["nodes"]][:4]) for v in found["violations"]]


def runs_of(page: Any) -> list[tuple[str, str]]:
    """Return (language, text) for everything that one sees or hears on the page."""
    return [(language, text) for language, text in page.evaluate(RUNS)]


def shape_of(page: Any) -> dict[str, Any]:
    """Return headings (levels in order), the pixels that stick out to the side, title and language."""
    found: dict[str, Any] = page.evaluate(SHAPE)
    return found


def reading_of(page: Any) -> str:
    """Return the words of the page proper, without what only scripts bring."""
    return str(page.evaluate(READING))


def skipped_levels(headings: list[int]) -> list[tuple[int, int]]:
    """Return the steps of more than one level down: (from, to)."""
    return [
        (above, below) for above, below in zip([0, *headings], headings, strict=False) if below > above + 1
    ]


def links_in(markup: str, address: str) -> list[str]:
    """Return the addresses on this site to which a page leads, without fragments, languages, and ways out."""
    found = []
    for target in re.findall(r"""<(?:a|link|img|script)\b[^>]*?\s(?:href|src)=["']([^"']+)["']""", markup):
        way = urldefrag(urljoin(address, html.unescape(target)))[0]
        if way.startswith("/") and not way.startswith("//") and not NOT_FOLLOWED.search(way):
            found.append(way)
    return found


def weight_of(page: Any, address: str) -> int:
    """Return the bytes that a first visit brings over the wire, as compressed, without pictures."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    types: dict[str, str] = {}

    def answered(told: dict[str, Any]) -> None:
        kinds[told["requestId"]] = told["type"]
        types[told["requestId"]] = told["response"]["mimeType"]

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", lambda t: sizes.update({t["requestId"]: int(t["encodedDataLength"])}))
    page.goto(address, wait_until="networkidle")
    wire.detach()
    return sum(
        size
        for request, size in sizes.items()
        if kinds.get(request) != "Image" or types.get(request) == "image/svg+xml"
    )
