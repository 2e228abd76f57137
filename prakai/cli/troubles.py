"""What the command line says when something is wrong: one clear line, in Thai and English, and never a traceback.

Anything that is not foreseen here is a bug and stays loud.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import click

OK, FAILED, WRONG_USAGE = 0, 1, 2
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


class Trouble(click.ClickException):
    """Something a person can put right. Shown as ``thai · english``; ``code`` is the exit code."""

    def __init__(self, thai: str, english: str, *, code: int = FAILED) -> None:
        super().__init__(f"{thai} · {english}")
        self.code = code

    def show(self, file: object = None) -> None:
        """Write the line to standard error."""
        click.echo(f"prakai: {self.message}", err=True)


def wrong_usage(thai: str, english: str) -> Trouble:
    """Return a trouble with the exit code of wrong usage (2)."""
    return Trouble(thai, english, code=WRONG_USAGE)


def told(problem: BaseException) -> Trouble | None:
    """Return the trouble that ``problem`` means to a person, or ``None`` when it is a bug."""
    if isinstance(problem, Trouble):
        return problem
    if isinstance(problem, OSError):
        return _of_the_system(problem)
    name = type(problem).__name__
    text = " ".join(str(problem).split())
    if isinstance(problem, sqlite3.Error) or name in ("OperationalError", "DatabaseError"):
        return _of_the_database(text)
    if name == "ProgrammingError" and "does not exist" in text and ("relation" in text or "column" in text):
        return _no_tables()
    if name == "Refused":
        return Trouble(f"ทำไม่ได้: {text}", f"refused: {text}")
    if name == "ValidationError" and hasattr(problem, "messages"):
        said = "; ".join(str(m) for m in problem.messages)
        return Trouble(f"ข้อมูลที่ให้ยังไม่ถูกต้อง: {said}", f"what was given is not right: {said}")
    return None


def disk_is_full(where: str) -> Trouble:
    """Return the trouble of a disk without room at ``where``."""
    return Trouble(
        f"เนื้อที่ดิสก์เต็มที่ {where} ลบหรือย้ายไฟล์ออกแล้วสั่งใหม่อีกครั้ง",
        f"the disk is full at {where}: make room, then try again",
    )


def _of_the_system(problem: OSError) -> Trouble | None:
    where = str(problem.filename or os.environ.get("DATA_DIR") or "DATA_DIR")
    if problem.errno in FULL:
        return disk_is_full(where)
    if problem.errno in CLOSED:
        return Trouble(
            f"เขียนหรืออ่านที่ {where} ไม่ได้ ตรวจสิทธิ์ของโฟลเดอร์นี้",
            f"{where} cannot be read or written: check the rights of that folder",
        )
    if problem.errno == errno.ENOENT and problem.filename:
        return Trouble(f"ไม่พบ {where}", f"{where} was not found")
    if problem.errno in (errno.ENOTDIR, errno.EISDIR, errno.EEXIST) and problem.filename:
        kind = "folder" if Path(where).is_dir() else "file"
        return Trouble(f"{where} อยู่ผิดที่ผิดชนิด", f"{where} is in the way: it is a {kind}")
    return None


# What the driver says when a server is not there, or does not let us in.
AWAY = (
    "connection",
    "connect",
    "password",
    "role",
    "resolve host",
    "host name",
    "timeout",
    "ssl",
    "starting up",
)


def _of_the_database(text: str) -> Trouble | None:
    low = text.lower()
    is_ours = not os.environ.get("DATABASE_URL", "").startswith("postgres")
    where = (os.environ.get("DATA_DIR") or "var") if is_ours else "PostgreSQL"
    if "disk is full" in low or "no space left" in low or "disk i/o error" in low:
        return disk_is_full(where)
    if "readonly database" in low or "unable to open database" in low:
        place = os.environ.get("DATABASE_URL") or where
        return Trouble(
            f"เปิดฐานข้อมูลใน {place} ไม่ได้ ตรวจสิทธิ์ของโฟลเดอร์นี้",
            f"the database in {place} cannot be opened or written: check the rights of that folder",
        )
    if "not a database" in low or "malformed" in low:
        return Trouble(
            f"แฟ้มฐานข้อมูลใน {where} เสีย ย้ายออกแล้วนำข้อมูลสำรองกลับมาด้วย prakai restore",
            f"the database in {where} is damaged: move it away, then bring a backup back with prakai restore",
        )
    if "no such table" in low or "no such column" in low:
        return _no_tables()
    if "database is locked" in low:
        return Trouble(
            "ฐานข้อมูลกำลังถูกใช้อยู่ รอสักครู่แล้วสั่งใหม่",
            "the database is busy with another writer: wait a moment and try again",
        )
    if any(word in low for word in AWAY):
        return Trouble(
            f"ต่อฐานข้อมูลตาม DATABASE_URL ไม่ได้ ({text[:160]})",
            "the database of DATABASE_URL did not answer: is it running, and are name and password right?",
        )
    return None


def _no_tables() -> Trouble:
    return Trouble(
        "ตารางในฐานข้อมูลยังไม่มีหรือยังไม่ทันโปรแกรม สั่ง prakai setup ก่อน",
        "the tables are missing or older than the program: run prakai setup first",
    )
