"""The text of WordPress: paragraphs as blank lines, pictures with captions, signs of plug-ins, sized pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLOCK = re.compile(
    r"</?(?:p|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|caption|blockquote|pre|h[1-6]|hr|figure|figcaption"
    r"|section|article|iframe|form|address)[\s/>]",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\[caption[^\[\]]*\]((?:<a\s[^<>]*>)?\s*<img\s[^<>]*>\s*(?:</a>)?)([^\[]*)\[/caption\]", re.IGNORECASE
)
_EDITOR = re.compile(r"<!--\s{0,9}/?wp:[^<>]*-->")
_VERBATIM = re.compile(r"(<pre[\s>]|</pre>)", re.IGNORECASE)
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9_-]{2,30}(?:\s[^\[\]<>]{0,500})?\]")
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.[A-Za-z0-9]{2,5}$)")


def with_paragraphs(text: str) -> str:
    """The text as HTML: WordPress keeps paragraphs as blank lines and line ends, and adds their tags on showing."""
    text = _EDITOR.sub("", text.replace("\r\n", "\n").replace("\u00a0", " ").replace("&nbsp;", " "))
    text = _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", text)
    parts: list[str] = []
    for stretch, verbatim in _stretches(text):
        chunks = [stretch] if verbatim else re.split(r"\n[ \t]*\n", stretch)
        parts.extend(chunk if verbatim else _paragraph(chunk.strip()) for chunk in chunks if chunk.strip())
    return "\n".join(parts)


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text in stretches, and of each whether its line ends stay as they are: from <pre> to </pre>."""
    start, verbatim = 0, False
    for sign in _VERBATIM.finditer(text):
        closing = sign[0].startswith("</")
        if closing == verbatim:
            cut = sign.end() if closing else sign.start()
            yield text[start:cut], verbatim
            start, verbatim = cut, not verbatim
    yield text[start:], False


def _paragraph(chunk: str) -> str:
    return chunk if _BLOCK.match(chunk) else "<p>" + chunk.replace("\n", "<br>\n") + "</p>"


def has_shortcodes(html: str) -> bool:
    """Whether signs of plug-ins ("[gallery ids=…]") are left in the text."""
    return _SHORTCODE.search(html) is not None


def unsized(url: str) -> str:
    """An address of a picture without scheme, query, and the size that WordPress adds to smaller copies."""
    return _SIZED.sub("", url.partition("?")[0]).partition("://")[2]
