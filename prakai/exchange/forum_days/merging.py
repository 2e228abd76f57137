"""Merging what a file tells into the rows of this place: added, changed, passed over, or shown as a conflict.

It writes rows as they were made elsewhere, with their own moments and authors, and so without the rooms' actions: those
were called there, with their rules. What came of it is told in the journal by ``bringing``.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import CASCADE, Field, FileField, ForeignKey, Max

from prakai.exchange.forum_days.around import Around
from prakai.exchange.forum_days.bases import Bases, digests, is_as_came, is_as_kept
from prakai.exchange.forum_days.kinds import BY_MODEL, KINDS, QUIET, Kind, Row, columns_of
from prakai.exchange.forum_days.reading import Opened, State, Told
from prakai.exchange.forum_days.reports import Brought, Conflict
from prakai.exchange.forum_days.telling import Names, Telling, read_value
from prakai.exchange.importing.hostile import Refusal
from prakai.forums.models import Forum, Parcel, Passage, Spark, Voice
from prakai.kernel.pictures import clean_picture
from prakai.people.models import Person
from prakai.thai.graphemes import cut
from prakai.units.models import Unit

LONGEST = 80


class Unknown(Exception):
    """What a row belongs to is not here, and it cannot be without."""


class Merge:
    """One file and one forum."""

    def __init__(
        self,
        opened: Opened,
        passage: Passage,
        last: Parcel | None,
        around: Around,
        *,
        theirs: Collection[str],
        kept: list[tuple[Any, str]],
    ) -> None:
        self.opened = opened
        self.around = around
        self.theirs = theirs
        self.kept = kept
        self.telling = Telling(opened.forum, Names(passage))
        self.bases = Bases(opened, last, passage.place)
        self.state: State = {}
        self.report = Brought(is_new=opened.forum is None)
        self.touched: list[Row] = []
        self.met: dict[str, set[int]] = {}

    def run(self) -> None:
        """Take every row of the file, then let go of what is gone there."""
        for kind in KINDS:
            self.met[kind.key] = set()
            for told in self.opened.rows[kind.key]:
                self._take(kind, told)
        for kind in reversed(KINDS):
            if kind.goes:
                self._let_go(kind)

    def forum(self) -> Forum:
        """Return the forum that all of it belongs to."""
        row = self.telling.rows["forum"].get(self.opened.public_id)
        if row is None or len(self.opened.rows["forum"]) != 1:
            raise Refusal("bad-rows", "The file does not tell of its forum, or its unit is not known here.")
        return row  # type: ignore[no-any-return]

    def _take(self, kind: Kind, told: Told) -> None:
        if kind.own and told.columns.get(kind.own) != told.name:
            raise Refusal("bad-rows", "A row of the file goes by two names.")
        try:
            values = {column.name: self._read(kind, column, told) for column in columns_of(kind)}
        except Unknown as unknown:
            self.report.left_out.append(self._said(kind, told.name, str(unknown), "", ""))
            return
        row = self._find(kind, told.name, values)
        if row is None:
            self._add(kind, told, values)
        else:
            former = self.telling.names.of(kind, row)
            self.telling.meet(kind, told.name, row)
            self._compare(kind, told, row, values, former)
            self.met[kind.key].add(row.pk)

    def _read(self, kind: Kind, column: Field[Any, Any], told: Told) -> Any:
        given = told.columns.get(column.name)
        if not isinstance(column, ForeignKey):
            if isinstance(column, FileField):
                return given if isinstance(given, str) else ""
            return read_value(kind, column, given)
        if given is not None and not isinstance(given, str):
            raise Refusal("bad-rows", f"{kind.key}.{column.name} names nothing.")
        found: Any
        if column.related_model is Person:
            found = self.around.person(given)
        elif column.related_model is Unit:
            found = self.around.unit(given)
        else:
            found = self._row(BY_MODEL[column.related_model], given) if given is not None else None
        if found is None and not column.null:
            raise Unknown(column.name)
        if isinstance(found, Person):
            self.telling.people[found.pk] = found.public_id
        elif isinstance(found, Unit):
            self.telling.units[found.pk] = found.public_id
        return found

    def _row(self, kind: Kind, name: str) -> Row | None:
        rows = self.telling.rows[kind.key]
        if name in rows or kind.own:
            return rows.get(name)
        number = self.telling.names.number(kind, name)
        known = self.telling.named[kind.key].get(number) if number is not None else None
        return rows.get(known) if known is not None else None

    def _find(self, kind: Kind, name: str, values: dict[str, Any]) -> Row | None:
        """Return the row that is meant: by its name, else by what makes it the same; only of this forum."""
        row = self._row(kind, name)
        if row is not None:
            return row
        if kind.model is Voice:
            return self._voice(values)
        if not kind.same or (kind.open and values[kind.open] is not None):
            return None
        wanted = {column: values[column] for column in kind.same}
        wanted |= {kind.open: None} if kind.open else {}
        asked = {
            f"{column}__isnull" if value is None else column: True if value is None else value
            for column, value in wanted.items()
        }
        row = kind.model._default_manager.filter(**asked).first()
        if row is not None:
            self.telling.put(kind, self.telling.named[kind.key].get(row.pk) or name, row)
        return row

    def _voice(self, values: dict[str, Any]) -> Row | None:
        """Return the voice of the same phone or the same person."""
        voices = Voice.objects.filter(review=values["review"])
        if values["token_hash"]:
            return voices.filter(token_hash=values["token_hash"]).first()
        return voices.filter(person=values["person"]).first() if values["person"] is not None else None

    def _add(self, kind: Kind, told: Told, values: dict[str, Any]) -> None:
        base = self.bases.of(kind.key, told.name)
        if base:
            # It was here, and is no more: removed here, so it stays away, unless they went on with it.
            changed = [name for name, kept in base.items() if not is_as_came(kept, told.columns.get(name))]
            if set(changed) - QUIET and not self._is_theirs(kind):
                self.report.conflicts.append(self._said(kind, told.name, "", "", "✓"))
            if not (set(changed) - QUIET and self._is_theirs(kind)):
                self.state.setdefault(kind.key, {})[told.name] = base
                return
        row = kind.model(**{name: value for name, value in values.items() if name != "picture"})
        if isinstance(row, Voice):
            self._number(row)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            self.report.left_out.append(self._said(kind, told.name, "", "", ""))
            return
        if values.get("picture"):
            self._picture(row, values["picture"])
        self.telling.names.keep(kind, told.name, row.pk)
        self.telling.put(kind, told.name, row)
        self.met[kind.key].add(row.pk)
        self.report.added[kind.key] += 1
        self.touched.append(row)
        said = self.telling.plain(kind, row)
        self.state.setdefault(kind.key, {})[told.name] = {
            column: digests(told.columns.get(column), value)
            for column, value in said.items()
            if column != "picture"
        }

    def _number(self, voice: Voice) -> None:
        taken = Voice.objects.filter(review=voice.review)
        if taken.filter(number=voice.number).exists():
            voice.number = (taken.aggregate(most=Max("number"))["most"] or 0) + 1

    def _picture(self, row: Row, name: str) -> None:
        """Keep a picture that came along: only what is one, written anew like every picture from elsewhere."""
        content = self.opened.pictures.get(name)
        if content is None:
            return
        try:
            clean = clean_picture(io.BytesIO(content))
        except ValidationError:
            raise Refusal("bad-rows", f"The picture {name} is no picture.") from None
        row.picture.save(f"{row.public_id}{clean.ending}", ContentFile(clean.bytes), save=False)
        self.kept.append((row.picture.storage, row.picture.name))
        row.save(update_fields=["picture"])

    def _compare(self, kind: Kind, told: Told, row: Row, values: dict[str, Any], former: str) -> None:
        base = self.bases.of(kind.key, told.name, former, self.telling.names.own_form(row.pk))
        before, is_changed = self.telling.plain(kind, row), False
        kept: dict[str, str] = {}
        conflicts: list[Conflict] = []
        for column in columns_of(kind):
            name = column.name
            if name in kind.once or name == kind.own:
                continue
            here, there, old = before[name], told.columns.get(name), getattr(row, column.attname)
            setattr(row, name, values[name])
            said = self.telling.value(column, row)
            takes = self._takes(kind, name, base.get(name), (here, there, said))
            is_changed |= bool(takes) and here != said
            if not takes:
                setattr(row, column.attname, old)
            if takes is None:
                conflicts.append(self._said(kind, str(row), name, here, said))
                if name in base:
                    kept[name] = base[name]
            else:
                kept[name] = digests(there, said)
        self.state.setdefault(kind.key, {})[told.name] = kept
        self.report.conflicts += conflicts
        if is_changed and self._saved(kind, told, row, before):
            self.report.changed[kind.key] += 1
            self.touched.append(row)
        elif not is_changed and not conflicts:
            self.report.same[kind.key] += 1

    def _takes(self, kind: Kind, name: str, kept: str | None, said: tuple[Any, Any, Any]) -> bool | None:
        """Return whether their word counts, or ``None`` for a conflict. ``said``: here, there, there in our words."""
        here, there, read = said
        if here == read:
            return True
        if name in QUIET:
            return here is None or (read is not None and read > here)
        if is_as_came(kept, there) or (there is not None and read is None):
            return False
        if is_as_kept(kept, here) or self._is_theirs(kind):
            return True
        return None

    def _is_theirs(self, kind: Kind) -> bool:
        return "all" in self.theirs or kind.key in self.theirs

    def _saved(self, kind: Kind, told: Told, row: Row, before: dict[str, Any]) -> bool:
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            row.refresh_from_db()
            self.state[kind.key].pop(told.name, None)
            self.report.conflicts.append(self._said(kind, str(row), "", "", ""))
            return False
        if isinstance(row, Spark) and row.withdrawn_at is not None and row.picture.name:
            # Taken back there: the picture goes, too, as it does where a spark is taken back.
            store, name = row.picture.storage, row.picture.name
            row.picture = ""
            row.save(update_fields=["picture"])
            transaction.on_commit(lambda: store.delete(name))
        return True

    def _let_go(self, kind: Kind) -> None:
        """Remove rows that both had and that are gone there, if they are here as they were and bear nothing."""
        told = {row.name for row in self.opened.rows[kind.key]}
        for name in self.bases.rows(kind.key):
            row = self._row(kind, name)
            if name in told or row is None or row.pk in self.met[kind.key]:
                continue
            base, here = self.bases.of(kind.key, name), self.telling.plain(kind, row)
            is_as_it_was = all(
                is_as_kept(base.get(c), v) for c, v in here.items() if c in base and c not in QUIET
            )
            if not self._bears(row) and (is_as_it_was or self._is_theirs(kind)):
                row.delete()
                self.report.removed[kind.key] += 1
            else:
                self.report.conflicts.append(self._said(kind, str(row), "", "✓", ""))
                self.state.setdefault(kind.key, {})[name] = base

    def _bears(self, row: Row) -> bool:
        """Return whether other rows would go with this one."""
        return any(
            relation.related_model._default_manager.filter(**{relation.field.name: row.pk}).exists()
            for relation in row._meta.related_objects
            if relation.on_delete is CASCADE
        )

    def _said(self, kind: Kind, what: str, column: str, here: Any, there: Any) -> Conflict:
        if kind.is_private:
            return Conflict(kind.key, "", column)
        shown = ["" if value is None else cut(str(value), LONGEST) for value in (what, here, there)]
        return Conflict(kind.key, shown[0], column, shown[1], shown[2])
