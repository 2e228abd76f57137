"""Bringing in what was read: each item whole or not at all, once for each source, resumable at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction

from prakai.exchange.importing.items import Broken, Item, LooseComment, Reading
from prakai.exchange.importing.readers import read_paths
from prakai.exchange.importing.reports import ImportReport, Line, moment
from prakai.kernel.verdicts import Refused
from prakai.notes.actions import attach, bring_note, open_notebook
from prakai.notes.actions.bringing import Brought, rights_of
from prakai.notes.models import Licence, Note, Notebook, Origin
from prakai.notes.models.origins import Rights
from prakai.people.models import Audience, Person
from prakai.talk.actions import bring_comment

log = structlog.get_logger(__name__)

# So many items share one transaction, each under its own savepoint: a crash redoes at most these.
BATCH = 50
UNTITLED = "ไม่มีชื่อ"
SITES = {
    "gotoknow": "GotoKnow",
    "wordpress": "WordPress",
    "rss": "RSS",
    "atom": "Atom",
    "jsonfeed": "JSON Feed",
    "markdown": "Markdown",
}
Ask = Callable[[Item], bool]
Progress = Callable[[Line], None]


@dataclass(slots=True)
class Run:
    """One run of the importer: who brings in, on what ground, and what has been decided so far."""

    by: Person
    rights: str
    dry_run: bool
    ask: Ask | None
    notebooks: dict[str, Notebook] = field(default_factory=dict)
    answers: dict[tuple[str, str], bool] = field(default_factory=dict)
    people: dict[str, Person | None] = field(default_factory=dict)


class _Back(Exception):
    """Leave the transaction without keeping it (a dry run)."""


def bring_in(
    paths: Sequence[Path],
    *,
    by: Person,
    rights: str = "ask",
    dry_run: bool = False,
    media_folder: Path | None = None,
    progress: Progress | None = None,
    ask: Ask | None = None,
) -> ImportReport:
    """Read ``paths`` and bring in every item as ``by``; return the report.

    ``rights``: ``held`` (the importer holds them: full texts), ``link`` (link cards only), ``ask`` (full text where a
    licence grants it; else ``ask(item)`` once for each author and notebook, and a link card when nobody answers yes).
    """
    run = Run(by, rights, dry_run, ask)
    report = ImportReport(is_dry_run=dry_run)
    loose: list[LooseComment] = []
    for batch in _batches(read_paths(paths, media_folder=media_folder)):
        lines: list[Line] = []
        try:
            with transaction.atomic():
                for found in batch:
                    if isinstance(found, LooseComment):
                        loose.append(found)
                    else:
                        lines.append(_broken(found) if isinstance(found, Broken) else _bring(found, run))
                if dry_run:
                    raise _Back
        except _Back:
            run.notebooks.clear()
        for line in lines:
            report.add(line)
            if progress is not None:
                progress(line)
    for found in loose:
        line = _bring_loose(found, run)
        report.add(line)
        if progress is not None:
            progress(line)
    return report


def _batches(found: Iterable[Reading]) -> Iterator[list[Reading]]:
    stream = iter(found)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _broken(found: Broken) -> Line:
    where = {"line": found.line} if found.line is not None else {}
    return Line(found.source, "broken", problems=[{"code": found.code, "text": found.reason, **where}])


def _bring(item: Item, run: Run) -> Line:
    line = Line(
        source=item.source,
        status="broken",
        number=item.number,
        title=item.title or None,
        author=item.author,
        notebook=item.notebook,
        tags=list(item.tags),
        written_at=moment(item.written_at),
        edited_at=moment(item.edited_at),
        licence=item.licence,
        reads=item.reads,
        comments=item.comment_count if item.comment_count is not None else len(item.comments) or None,
        dates=[asdict(seen) for seen in item.dates],
        url=item.url,
        problems=[asdict(problem) for problem in item.problems],
    )
    try:
        with transaction.atomic():
            note, status, rights = _write(item, run)
    except (ValidationError, Refused) as trouble:
        text = "; ".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)
        line.problems.append({"code": "refused", "text": text, **({"line": item.line} if item.line else {})})
        return line
    except Exception as trouble:
        # One item that meets a bug must not stop the others; it is loud in the log and in the report.
        log.exception("import.item_failed", source=item.source)
        line.problems.append({"code": "bug", "text": f"{type(trouble).__name__}: {trouble}"[:300]})
        return line
    line.status, line.rights = status, str(rights)
    line.address = None if run.dry_run else note.get_absolute_url()
    if item.number is not None and note.number != item.number:
        line.problems.append(
            {"code": "number-taken", "text": f"Number {item.number} is taken here: it is {note.number}."}
        )
    line.number = item.number if item.number is not None else (None if run.dry_run else note.number)
    return line


def _write(item: Item, run: Run) -> tuple[Note, str, Rights]:
    guessed = any(problem.code in ("no-title", "title-guessed") for problem in item.problems)
    brought = Brought(
        key=item.key[:300],
        site=item.origin,
        title=item.title or UNTITLED,
        body_html=item.body_html,
        number=item.number if item.origin == "gotoknow" else None,
        author_name=item.author or "",
        author=_author(item, run),
        tags=item.tags,
        written_at=item.written_at,
        edited_at=item.edited_at,
        licence=item.licence,
        licence_text=item.licence_text or "",
        highlight=item.highlight or "",
        language=item.language or "th",
        url=item.url or "",
        old_paths=[path for url in (item.url, *item.other_urls) if (path := _path_of(url))],
        reads=item.reads,
        comment_count=item.comment_count,
        dates=[asdict(seen) for seen in item.dates],
        raw=item.raw,
        audience=Audience.MEMBERS if item.status == "private" else Audience.PUBLIC,
        is_draft=item.status == "draft",
        source=item.source,
        title_is_guessed=guessed,
    )
    rights = rights_of(brought, held=run.rights == "held" or _says_held(item, run), link=run.rights == "link")
    note, status = bring_note(brought, notebook=_notebook(item, run), rights=rights, by=run.by)
    if rights != Rights.LINK:
        if not run.dry_run and status != "unchanged":
            _bring_media(item, note, run)
        for comment in item.comments:
            bring_comment(
                note.conversation,
                origin_key=f"{item.key}/{comment.key}",
                body=comment.body_html,
                author_name=comment.author or "",
                made_at=comment.written_at or item.written_at,
                by=run.by,
            )
    return note, status, rights


def _says_held(item: Item, run: Run) -> bool:
    """Ask once for each author and notebook whether the importer holds the rights, where no licence grants reuse."""
    if run.rights != "ask" or run.ask is None or (item.licence and Licence(item.licence).grants_reuse):
        return False
    key = (item.author or "", item.notebook or "")
    if key not in run.answers:
        run.answers[key] = run.ask(item)
    return run.answers[key]


def _author(item: Item, run: Run) -> Person | None:
    """Return the member who wrote the item, known by e-mail only: a name alone may be somebody else's."""
    mail = (item.author_email or "").strip().lower()
    if not mail:
        return None
    if mail not in run.people:
        run.people[mail] = Person.objects.get_queryset().present().filter(email__iexact=mail).first()
    return run.people[mail]


def _notebook(item: Item, run: Run) -> Notebook:
    title = (item.notebook or SITES[item.origin])[:200]
    if title not in run.notebooks:
        known = Notebook.objects.filter(owner=run.by, title=title).order_by("pk").first()
        run.notebooks[title] = known or open_notebook(title=title, by=run.by)
    return run.notebooks[title]


def _path_of(url: str | None) -> str:
    path = urlsplit(url).path if url else ""
    return path.rstrip("/")[:500] if len(path) > 1 else ""


def _bring_media(item: Item, note: Note, run: Run) -> None:
    """Take in the pictures and files that were found, and let the text point at them."""
    body = note.body
    for media in item.media:
        if media.path is None or media.url not in body:
            continue
        try:
            with media.path.open("rb") as content:
                kept = attach(content, name=media.path.name, by=run.by, note=note, alt=media.alt)
        except (ValidationError, OSError) as trouble:
            log.warning("import.media_left_out", source=item.source, url=media.url, trouble=str(trouble))
            continue
        body = body.replace(media.url, kept.get_absolute_url())
    if body != note.body:
        Note.objects.filter(pk=note.pk).update(body=body)


def _bring_loose(found: LooseComment, run: Run) -> Line:
    """Put a comment that was saved on its own page under its note, known by number or else by its exact title."""
    line = Line(found.source, "broken", title=found.note_title, author=found.comment.author, url=found.url)
    line.problems = [asdict(problem) for problem in found.problems]
    origins = Origin.objects.select_related("note__conversation").filter(site=found.origin)
    if found.note_number is not None:
        origin = origins.filter(source_number=found.note_number).first()
    else:
        same = list(origins.filter(note__title=found.note_title or "")[:2])
        origin = same[0] if len(same) == 1 else None
    if origin is None:
        line.problems.append(
            {
                "code": "note-not-found",
                "text": "The note of this comment is not here; import it first, then this again.",
            }
        )
        return line
    with transaction.atomic():
        before = origin.note.conversation.comments.count()
        bring_comment(
            origin.note.conversation,
            origin_key=f"{found.origin}/{found.comment.key}",
            body=found.comment.body_html,
            author_name=found.comment.author or "",
            made_at=found.comment.written_at or origin.note.written_at,
            by=run.by,
        )
        line.status = "added" if origin.note.conversation.comments.count() > before else "unchanged"
        if run.dry_run:
            transaction.set_rollback(True)
    line.number = origin.source_number
    return line
