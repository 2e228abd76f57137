"""Markdown files with front matter in YAML or TOML, as blogs and note takers keep them; the body is turned into HTML.

Front matter is read as plain texts, lists and mappings: no tags, no anchors, no guessing of types, so that a tag
`no` stays "no" and nothing in it can grow or run.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from email.utils import parseaddr
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml
from markdown_it import MarkdownIt

from .addresses import canonical_address, note_number
from .folders import Source
from .hostile import LIMITS, Refusal
from .items import Item, State, Trouble
from .licences import licence_of
from .lines import tidy
from .media import media_in, places_of
from .moments import read_iso, read_written
from .seen import check_body, dates_seen, first_words, language_of, text_of

BODY_LIMIT: Final = 400_000
"""Characters of one Markdown body; more is no note."""
_FENCE = re.compile(r"\ufeff?\s*(---|\+\+\+)[ \t]*\n")
_ENDS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-.+")
_NO = frozenset({"", "false", "no", "0", "off"})
_KNOWN: Final = frozenset(
    {
        "title", "date", "published_at", "created", "updated", "modified", "lastmod", "author", "authors", "tags",
        "keywords", "categories", "category", "licence", "license", "rights", "notebook", "slug", "lang", "language",
        "draft", "status", "published", "url", "canonical", "canonical_url", "permalink", "aliases", "description",
        "summary", "excerpt", "highlight", "layout",
    }
)  # fmt: skip


class _PlainLoader(yaml.SafeLoader):
    """YAML as texts: every scalar a string, anchors refused."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (the name and shape are the library's)

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("anchors are not read")
        return super().compose_node(parent, index)


def has_front_matter(text: str) -> bool:
    """Whether a text begins with front matter in YAML or TOML."""
    return _fences(text) is not None


def _fences(text: str) -> tuple[re.Match[str], re.Match[str]] | None:
    start = _FENCE.match(text)
    end = (
        _ENDS[start[1]].search(text, start.end(), start.end() + LIMITS.front_matter_bytes) if start else None
    )
    return (start, end) if start and end else None


def begins_with_heading(text: str) -> bool:
    """Whether a text begins with a Markdown heading of the first level."""
    return _heading(text) is not None


def _heading(text: str) -> tuple[str, int] | None:
    """The text of a first-level heading at the start, and where the body begins after it."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start, start + 1000)
    end = end if end >= 0 else min(len(text), start + 1000)
    line = text[start:end]
    shown = tidy(line[1:].rstrip("# \t")) if line.startswith(("# ", "#\t")) else ""
    return (shown, end) if shown else None


def read_markdown(source: Source, text: str, media_folder: Path | None) -> Item:
    """The item of one Markdown file; raises `Refusal`."""
    fields, body, line = _split(text)
    check_body(body, line)
    if len(body) > BODY_LIMIT:
        raise Refusal("item-too-large", "This item is too large for one note.", line)
    problems: list[Trouble] = []
    title = tidy(_text(fields, "title"))
    heading = _heading(body)
    if heading and (not title or heading[0] == title):
        title, body = heading[0], body[heading[1] :]
    html = _rendered(body)
    plain = text_of(html)
    if not title and not plain and "<img" not in html:
        raise Refusal("empty", "This file holds neither a title nor a text.", line)
    if not title:
        title = first_words(plain) or source.relative
        problems.append(Trouble("no-title", "The file has no title; its first words stand for it."))
    written_at = _moment(fields, ("date", "published_at", "created"), problems) or _named_day(source)
    link = next(
        (told for name in ("canonical_url", "canonical", "url") if (told := _text(fields, name))), None
    )
    number = note_number(link or "")
    url = canonical_address(number) if number else link if link and "://" in link else None
    author, email = _author(fields)
    licence_text = next(
        (written for name in ("licence", "license", "rights") if (written := _text(fields, name))), None
    )
    licence = licence_of(licence_text)
    if licence_text and licence is None:
        problems.append(Trouble("licence-unknown", f"The licence is not understood: {licence_text[:120]}"))
    others = [link or "", *(alias for alias in _list(fields, "aliases") if "://" in alias)]
    return Item(
        source=source.name,
        line=line,
        origin="markdown",
        key=f"gotoknow:{number}" if number else source.relative,
        number=number,
        title=title,
        author=author,
        author_email=email,
        notebook=tidy(_text(fields, "notebook")) or None,
        tags=_tags(fields),
        written_at=written_at,
        edited_at=_moment(fields, ("updated", "modified", "lastmod"), problems),
        licence=licence,
        licence_text=licence_text,
        reads=None,
        comments=(),
        comment_count=None,
        url=url,
        other_urls=tuple(dict.fromkeys(each for each in others if "://" in each and each != url)),
        body_html=html,
        highlight=next(
            (t for name in ("highlight", "excerpt", "summary") if (t := tidy(_text(fields, name)))), None
        ),
        dates=dates_seen(plain, written_at),
        raw="\n".join(f"{name}: {value}" for name, value in fields.items() if name not in _KNOWN),
        media=media_in(html, places_of(source, media_folder)),
        language=(_text(fields, "lang") or _text(fields, "language"))[:2].lower() or language_of(plain),
        status=_state(fields),
        problems=tuple(problems),
    )


def _split(text: str) -> tuple[dict[str, Any], str, int]:
    """Front matter as a mapping of lower-case names, the body, and the line where the item begins."""
    fences = _fences(text)
    if fences is None:
        return {}, text, 1
    start, end = fences
    written = text[start.end() : end.start()]
    found = _read_toml(written) if start[1] == "+++" else _read_yaml(written)
    if found is None or found == "":
        found = {}
    if not isinstance(found, dict):
        raise Refusal("bad-front-matter", "The front matter is not a list of names and values.", 1)
    return (
        {str(name).strip().lower(): value for name, value in found.items()},
        text[end.end() :].lstrip("\n"),
        1,
    )


def _read_yaml(written: str) -> Any:
    try:
        return yaml.load(written, Loader=_PlainLoader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        raise Refusal("bad-front-matter", "The front matter is not YAML that can be read.", line) from None


def _read_toml(written: str) -> Any:
    try:
        return _as_texts(tomllib.loads(written))
    except (ValueError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) + 1 if at else 1
        raise Refusal("bad-front-matter", "The front matter is not TOML that can be read.", line) from None


def _as_texts(value: Any) -> Any:
    """TOML as YAML is read here: every value a text."""
    if isinstance(value, dict):
        return {name: _as_texts(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_texts(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _rendered(body: str) -> str:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return str(markdown.render(body.replace("\u00a0", " "))).strip()


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value.strip() if isinstance(value, str) else ""


def _list(fields: dict[str, Any], name: str) -> list[str]:
    """A field that may be a list, or one text with commas."""
    value = fields.get(name)
    if isinstance(value, str):
        return [piece.strip() for piece in value.split(",") if piece.strip()]
    return [piece.strip() for piece in value if isinstance(piece, str)] if isinstance(value, list) else []


def _tags(fields: dict[str, Any]) -> tuple[str, ...]:
    names = ("tags", "keywords", "categories", "category")
    tags = (tidy(tag.lstrip("#")) for name in names for tag in _list(fields, name))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _author(fields: dict[str, Any]) -> tuple[str | None, str | None]:
    """Name and address of the author: "Name <address>", a mapping with name and email, or a list of names."""
    value = fields.get("author") or fields.get("authors")
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tidy(", ".join(value)) or None, None
    if isinstance(value, dict):
        return tidy(_text(value, "name")) or None, _text(value, "email") or None
    if isinstance(value, str) and "<" in value:
        name, email = parseaddr(value)
        return tidy(name) or None, email or None
    return (tidy(value) or None, None) if isinstance(value, str) else (None, None)


def _moment(fields: dict[str, Any], names: tuple[str, ...], problems: list[Trouble]) -> datetime | None:
    for name in names:
        written = _text(fields, name)
        moment = read_written(written)
        if moment is None and written:
            problems.append(Trouble("bad-date", f"A date is not understood: {written[:80]}"))
        if moment is not None:
            return moment
    return None


def _named_day(source: Source) -> datetime | None:
    """The day that a name such as 2007-01-29-title.md tells."""
    named = _DATED_NAME.fullmatch(PurePosixPath(source.relative).stem)
    return read_iso(named[1]) if named else None


def _state(fields: dict[str, Any]) -> State:
    status = _text(fields, "status").lower()
    if status == "private":
        return "private"
    draft = _text(fields, "draft").lower() not in _NO or _text(fields, "published").lower() in {"false", "no"}
    return "draft" if draft or status == "draft" else "published"
