"""Rows, engine-independent: every table as lines of JSON, and back again in one transaction."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.duration import duration_iso_string

from prakai.cli.keeping.archive import Reading, Writing
from prakai.cli.troubles import Trouble

# Sign-ins are not brought back: whoever held one signs in again.
LEFT_OUT = {"sessions.session"}
BATCH = 500
Told = Callable[[int], None]


def tables() -> list[type[models.Model]]:
    """Return every table of the platform, those between two others included, in a fixed order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def columns(model: type[models.Model]) -> list[Any]:
    """Return the columns of ``model`` that are written (not those which the database works out)."""
    return [column for column in model._meta.concrete_fields if not getattr(column, "generated", False)]


def migrations_applied() -> list[list[str]]:
    """Return [app, name] of every migration that this database has seen."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def is_empty() -> bool:
    """Return whether nobody has been here yet: no people, no words, no journal."""
    return not any(
        apps.get_model(label)._base_manager.exists()
        for label in ("people.person", "units.unit", "notes.note", "journal.entry")
    )


@contextmanager
def one_moment() -> Iterator[None]:
    """See all tables as they are at one moment, without keeping anybody from writing."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        usual = connection.transaction_mode  # type: ignore[attr-defined]
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual  # type: ignore[attr-defined]
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def count_rows() -> int:
    """Return how many rows there are to keep."""
    return sum(model._base_manager.count() for model in tables())


def keep_rows(archive: Writing, told: Told) -> None:
    """Write every table into ``archive``; ``told`` hears how many rows were written so far."""
    done = 0
    for model in tables():
        label = model._meta.label_lower
        names = [column.attname for column in columns(model)]
        count = 0
        with archive.member(f"rows/{label}.jsonl") as member:
            member.write(json.dumps(names).encode() + b"\n")
            for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=BATCH):
                said = [as_json(value) for value in row]
                # Sorted keys: the same rows give the same bytes whichever engine holds them.
                member.write(json.dumps(said, ensure_ascii=False, sort_keys=True).encode() + b"\n")
                count += 1
                if count % BATCH == 0:
                    told(done + count)
        done += count
        told(done)
        archive.manifest.rows[label] = count


def as_json(value: Any) -> Any:
    """Return a column's value as JSON can say it, nothing lost (microseconds, zone, bytes)."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return {"$bytes": base64.b64encode(bytes(value)).decode()}
    return value


def from_json(column: Any, value: Any) -> Any:
    """Return what ``as_json`` was given, as ``column`` wants it."""
    if isinstance(value, dict) and set(value) == {"$bytes"}:
        return base64.b64decode(value["$bytes"])
    if value is None or isinstance(column, (models.JSONField, models.FileField)):
        return value
    return (column.target_field if column.is_relation else column).to_python(value)


def fits_or_trouble(archive: Reading) -> None:
    """Raise a trouble when the archive's tables are not those of this program."""
    known = {tuple(pair) for pair in migrations_applied()}
    theirs = {tuple(pair) for pair in archive.manifest.migrations}
    if known != theirs:
        raise Trouble(
            f"ไฟล์สำรองมาจากรุ่น {archive.manifest.version} ที่ตารางไม่ตรงกับโปรแกรมนี้ นำกลับด้วยรุ่นนั้นก่อน แล้วสั่ง prakai migrate",
            f"the backup is of version {archive.manifest.version}, whose tables differ from this program's:"
            " bring it back with that version, then run prakai migrate",
        )


def put_back_rows(archive: Reading, told: Told) -> None:
    """Replace all rows by those of ``archive``. Call it in a transaction; raises a trouble when counts differ."""
    models_here = tables()
    with connection.cursor() as cursor:
        for model in [*models_here, *(apps.get_model(label) for label in LEFT_OUT)]:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
    done = 0
    for model in models_here:
        label = model._meta.label_lower
        if label in archive.manifest.rows:
            with archive.open(f"rows/{label}.jsonl") as file:
                for count in _insert(model, file):
                    done += count
                    told(done)
        if model._base_manager.count() != archive.manifest.rows.get(label, 0):
            raise Trouble(
                f"จำนวนแถวของ {label} ไม่ครบ จึงไม่ได้เปลี่ยนอะไรเลย",
                f"rows of {label} are missing; nothing was changed",
            )
    connection.check_constraints()
    statements = connection.ops.sequence_reset_sql(no_style(), models_here)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _insert(model: type[models.Model], lines: IO[bytes]) -> Iterator[int]:
    """Write the rows as they were (no ``auto_now``, no defaults) and yield how many at a time."""
    by_name = {column.attname: column for column in columns(model)}
    names = json.loads(lines.readline())
    fields = [by_name[name] for name in names]
    most = max(1, connection.ops.bulk_batch_size(fields, [None] * BATCH))
    batch: list[models.Model] = []
    for line in lines:
        values = zip(fields, json.loads(line), strict=True)
        batch.append(model(**{column.attname: from_json(column, value) for column, value in values}))
        if len(batch) >= most:
            yield _write(model, fields, batch)
            batch = []
    if batch:
        yield _write(model, fields, batch)


def _write(model: type[models.Model], fields: list[Any], batch: list[models.Model]) -> int:
    rows: Any = model._base_manager.get_queryset()
    rows._insert(batch, fields=fields, using="default", raw=True)
    return len(batch)
