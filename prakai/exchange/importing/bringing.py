"""Bringing in what was read: each item whole or not at all, once for each source, resumable at any moment."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from itertools import count, islice
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction

from prakai.exchange.importing.items import Broken, Item, LooseComment, Reading
from prakai.exchange.importing.media_taking import take_media
from prakai.exchange.importing.readers import read_paths
from prakai.exchange.importing.reports import ImportReport, Line, day_or_span, moment
from prakai.kernel.verdicts import Refused
from prakai.notes import rules
from prakai.notes.actions import bring_note, open_notebook
from prakai.notes.actions.bringing import Brought, rights_of
from prakai.notes.actions.numbering import next_number
from prakai.notes.actions.sheaf import Sheaf
from prakai.notes.actions.tagging import MOST as MOST_TAGS
from prakai.notes.models import Licence, Note, Notebook, NoteKind, Origin
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
LEFT_ALONE = {
    "another's": "The note is here already: somebody else brought it in.",
    "forgotten": "The note was here; the person whose it was wanted it to be forgotten.",
}
Ask = Callable[[Item], bool]
Progress = Callable[[Line], None]


@dataclass(slots=True)
class Run:
    """One run of the importer: who brings in, on what ground, and what has been decided so far.

    ``seen`` remembers what a dry run would have brought in, by key, since nothing of it stays in the tables.
    """

    by: Person
    rights: str
    dry_run: bool
    ask: Ask | None
    notebooks: dict[str, Notebook] = field(default_factory=dict)
    answers: dict[tuple[str, str], bool] = field(default_factory=dict)
    people: dict[str, Person | None] = field(default_factory=dict)
    seen: dict[str, tuple[tuple[bool, bool, int], Item]] = field(default_factory=dict)
    number: Callable[[], int] = next_number
    sheaf: Sheaf | None = None


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
    if dry_run:
        # Not even a running number is used up: these never stay.
        run.number = count(-1, -1).__next__
    report = ImportReport(is_dry_run=dry_run)
    loose: list[LooseComment] = []
    for batch in _batches(read_paths(paths, media_folder=media_folder)):
        loose += [found for found in batch if isinstance(found, LooseComment)]
        for line in _bring_batch([found for found in batch if not isinstance(found, LooseComment)], run):
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


def _bring_batch(batch: Sequence[Item | Broken], run: Run) -> list[Line]:
    """Bring in some items in one transaction; of a dry run nothing stays."""
    for found in batch:
        if isinstance(found, Item):
            # Asked before the rows are held: a person may think for as long as she likes.
            _says_held(found, run)
    before = dict(run.notebooks)
    try:
        return _bring_together(batch, run, sheaf=True)
    except Exception:
        # Somebody else was faster with one of them, or one met a bug at the end: now each by itself.
        log.warning("import.batch_again", size=len(batch), exc_info=True)
        run.notebooks = before
        return _bring_together(batch, run, sheaf=False)


def _bring_together(batch: Sequence[Item | Broken], run: Run, *, sheaf: bool) -> list[Line]:
    with transaction.atomic():
        run.sheaf = Sheaf(found.key[:300] for found in batch if isinstance(found, Item)) if sheaf else None
        lines = [_broken(found) if isinstance(found, Broken) else _bring(found, run) for found in batch]
        if run.sheaf is not None:
            run.sheaf.write()
        if run.dry_run:
            transaction.set_rollback(True)
            run.notebooks.clear()
    return lines


def _broken(found: Broken) -> Line:
    where = {"line": found.line} if found.line is not None else {}
    return Line(found.source, "broken", problems=[{"code": found.code, "text": found.reason, **where}])


def _line_of(item: Item) -> Line:
    return Line(
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
        dates=list(dict.fromkeys(day_or_span(seen.start, seen.end) for seen in item.dates)),
        url=item.url,
        problems=[asdict(problem) for problem in item.problems],
    )


def _bring(item: Item, run: Run) -> Line:
    line = _line_of(item)
    known_notebooks = dict(run.notebooks)
    try:
        # A note is one action, whole by itself; only what comes with it needs an embrace.
        with transaction.atomic() if item.comments or item.media else nullcontext():
            note, status, rights = _write(item, run, line)
    except (ValidationError, Refused) as trouble:
        run.notebooks = known_notebooks
        text = "; ".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)
        line.problems.append({"code": "refused", "text": text, **({"line": item.line} if item.line else {})})
        return line
    except Exception as trouble:
        # One item that meets a bug must not stop the others; it is loud in the log and in the report.
        run.notebooks = known_notebooks
        log.error("import.item_failed", source=item.source, trace=traceback.format_exc(limit=-6))
        where = {"line": item.line} if item.line else {}
        line.problems.append({"code": "bug", "text": f"{type(trouble).__name__}: {trouble}"[:300], **where})
        return line
    if status in LEFT_ALONE:
        line.problems.append({"code": status.replace("'", ""), "text": LEFT_ALONE[status]})
        status = "unchanged"
    line.status, line.rights = _as_if_kept(status, item, run), str(rights)
    line.address = None if run.dry_run else note.get_absolute_url()
    if item.number is not None and note.number != item.number and not run.dry_run:
        line.problems.append(
            {"code": "number-taken", "text": f"Number {item.number} is taken here: it is {note.number}."}
        )
    if item.number is None and not run.dry_run:
        line.number = note.number
    return line


def _as_if_kept(status: str, item: Item, run: Run) -> str:
    """What a dry run says of a second page of a note that the first would have brought in."""
    if not run.dry_run:
        return status
    richness = _brought(item, run).richness()
    earlier = run.seen.get(item.key)
    if earlier is None or richness > earlier[0]:
        run.seen[item.key] = (richness, item)
    if earlier is None or status != "added":
        return status
    return "changed" if richness > earlier[0] else "unchanged"


def _brought(item: Item, run: Run) -> Brought:
    tags = item.tags
    return Brought(
        key=item.key[:300],
        site=item.origin,
        title=item.title or UNTITLED,
        body_html=item.body_html,
        number=item.number,
        author_name=item.author or "",
        author=_author(item, run),
        tags=tags[:MOST_TAGS],
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
        raw="\n".join(filter(None, [item.raw, ", ".join(tags[MOST_TAGS:])])),
        audience=Audience.MEMBERS if item.status == "private" else Audience.PUBLIC,
        # What only its author could read elsewhere stays so: a draft of who brings it in.
        is_draft=item.status in ("draft", "private"),
        source=item.source,
        title_is_guessed=any(problem.code in ("no-title", "title-guessed") for problem in item.problems),
    )


def _write(item: Item, run: Run, line: Line) -> tuple[Note, str, Rights]:
    brought = _brought(item, run)
    if len(item.tags) > MOST_TAGS:
        left = len(item.tags) - MOST_TAGS
        line.problems.append(
            {"code": "tags-left-out", "text": f"{left} tags beyond {MOST_TAGS} are kept as raw text."}
        )
    rights = rights_of(brought, held=run.rights == "held" or _says_held(item, run), link=run.rights == "link")
    note, status = bring_note(
        brought,
        notebook=_notebook(item, run),
        rights=rights,
        by=run.by,
        keeps_rights=run.rights == "ask",
        number=run.number,
        # Whatever comes with a note needs its rows at once.
        sheaf=None if item.comments or item.media else run.sheaf,
    )
    if status in LEFT_ALONE:
        return note, status, rights
    if note.kind != NoteKind.LINK:
        for comment in item.comments:
            bring_comment(
                note.conversation,
                origin_key=f"{item.key}/{comment.key}",
                body=comment.body_html,
                author_name=comment.author or "",
                made_at=comment.written_at or item.written_at,
                by=run.by,
            )
        if item.media and not run.dry_run and status != "unchanged":
            take_media(item, note, line, by=run.by)
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


def _bring_loose(found: LooseComment, run: Run) -> Line:
    """Put a comment that was saved on its own page under its note, known by number or else by its exact title."""
    line = Line(found.source, "broken", title=found.note_title, author=found.comment.author, url=found.url)
    line.problems = [asdict(problem) for problem in found.problems]
    try:
        with transaction.atomic():
            line.number, line.status = _place_loose(found, run)
            if run.dry_run:
                transaction.set_rollback(True)
    except (ValidationError, Refused) as trouble:
        text = "; ".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)
        line.problems.append({"code": "refused", "text": text})
    if line.status == "broken" and len(line.problems) == len(found.problems):
        text = "The note of this comment is not here in full; import it first, then this again."
        line.problems.append({"code": "note-not-found", "text": text})
    return line


def _place_loose(found: LooseComment, run: Run) -> tuple[int | None, str]:
    """Return the number of the note, and what became of the comment."""
    origin = _origin_of(found)
    if origin is None:
        return None, "added" if _would_be_here(found, run) else "broken"
    if origin.rights == Rights.LINK or not (
        origin.imported_by_id == run.by.pk or rules.may_edit(run.by, origin.note)
    ):
        return origin.source_number, "broken"
    before = origin.note.conversation.comments.count()
    bring_comment(
        origin.note.conversation,
        origin_key=f"{found.origin}/{found.comment.key}",
        body=found.comment.body_html,
        author_name=found.comment.author or "",
        made_at=found.comment.written_at or origin.note.written_at,
        by=run.by,
    )
    is_new = origin.note.conversation.comments.count() > before
    return origin.source_number, "added" if is_new else "unchanged"


def _origin_of(found: LooseComment) -> Origin | None:
    origins = Origin.objects.select_related("note__conversation").filter(site=found.origin)
    if found.note_number is not None:
        return origins.filter(source_number=found.note_number).first()
    same = list(origins.filter(note__title=found.note_title or "")[:2])
    return same[0] if len(same) == 1 else None


def _would_be_here(found: LooseComment, run: Run) -> bool:
    """Return whether a dry run has met the note of this comment."""
    items = [item for _, item in run.seen.values() if item.origin == found.origin]
    if found.note_number is not None:
        return any(item.number == found.note_number for item in items)
    return sum(item.title == found.note_title for item in items) == 1
