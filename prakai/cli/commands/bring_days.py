"""The part of ``prakai import`` that takes a forum's day: what came of it, and what here and there do not agree on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from prakai.cli.troubles import Trouble, wrong_usage

THAI = {
    "bad-file": "ไฟล์เสีย",
    "bad-archive": "ไฟล์เสีย",
    "bad-rows": "ข้อมูลในไฟล์อ่านไม่ได้",
    "other-version": "ไฟล์มาจาก Prakai คนละรุ่น",
    "wrong-signature": "ลายเซ็นของไฟล์ไม่ตรง ไฟล์อาจถูกแก้หรือไม่ใช่ของเวทีนี้",
    "no-key": "เวทีนี้ยังไม่เคยส่งออกจากที่นี่ จึงรับไฟล์กลับไม่ได้",
    "unknown-forum": "ที่นี่ไม่รู้จักเวทีนี้ และไฟล์ไม่มีแผนของเวทีมาด้วย",
    "code-taken": "รหัสเข้าเวทีนี้มีเวทีอื่นใช้อยู่แล้ว",
    "own-file": "ไฟล์นี้ส่งออกจากที่นี่เอง",
    "older-file": "มีไฟล์ที่ใหม่กว่าเข้ามาแล้ว",
    "zip-bomb": "ไฟล์ใหญ่ผิดปกติ",
    "too-large": "ไฟล์ใหญ่เกินไป",
    "too-many-files": "ในไฟล์มีไฟล์ย่อยมากเกินไป",
}
DONE = {"added": "เพิ่ม", "changed": "ปรับ", "removed": "เอาออก", "same": "เหมือนเดิม"}


def days_among(paths: Sequence[Path]) -> list[Path]:
    """Return those of ``paths`` that are days of forums."""
    from prakai.exchange.forum_days import is_forum_day

    return [path for path in paths if is_forum_day(path)]


def bring_days(paths: Sequence[Path], *, by: Any, theirs: Sequence[str], dry_run: bool) -> None:
    """Bring in each file, tell what came of it, and end with a trouble of one line when something is left to choose."""
    from prakai.exchange.forum_days import bring_day
    from prakai.exchange.forum_days.kinds import BY_KEY
    from prakai.exchange.importing.hostile import Refusal

    unknown = set(theirs) - {"all"} - set(BY_KEY)
    if unknown:
        raise wrong_usage(
            f"ไม่มีหมวด {sorted(unknown)[0]} มี all และ {', '.join(BY_KEY)}",
            f"there is no kind {sorted(unknown)[0]}; there are all, and those named here",
        )
    left = 0
    for path in paths:
        try:
            found = bring_day(path, by=by, theirs=theirs, dry_run=dry_run)
        except Refusal as refusal:
            thai = THAI.get(refusal.code, "นำเข้าไม่ได้")
            raise Trouble(f"{path.name}: {thai} ไม่มีอะไรเปลี่ยน", refusal.reason) from None
        _tell(found)
        left += len(found.conflicts) + len(found.left_out)
    if left:
        raise Trouble(
            f"{left} เรื่องไม่ตรงกัน ที่นี่ยังเป็นอย่างเดิม สั่งใหม่ด้วย --theirs หมวด ถ้าจะใช้ตามไฟล์",
            f"{left} rows do not agree and are left as they are here; --theirs KIND takes the file's word",
        )


def _tell(found: Any) -> None:
    for row in found.conflicts:
        column = f".{row.column}" if row.column else ""
        here, there = (
            (row.here or "–", row.there or "–") if row.what else ("(ส่วนตัว private)", "(ส่วนตัว private)")
        )
        click.echo(f"  ≠ {row.kind}{column}  {row.what}\n      ที่นี่ here: {here}\n      ในไฟล์ there: {there}")
    for row in found.left_out:
        click.echo(f"  – {row.kind} {row.what}  ไม่พบสิ่งที่แถวนี้สังกัด หรือซ้ำกับที่นี่ · has no place here")
    counts = [
        f"{thai} {name} {sum(getattr(found, name).values())}"
        for name, thai in DONE.items()
        if getattr(found, name)
    ]
    dry = "ลองดูเท่านั้น dry run · " if found.is_dry_run else ""
    new = "เวทีใหม่ new forum · " if found.is_new else ""
    click.echo(
        f"{dry}{new}{found.forum.title}: {', '.join(counts)} · ไม่ตรงกัน conflicts {len(found.conflicts)}"
    )
