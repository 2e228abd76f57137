"""The part of ``prakai import`` that takes a forum's day: what came of it, and what here and there do not agree on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from prakai.cli.troubles import Trouble, wrong_usage

# What is wrong, and what to do: in Thai, in English.
THAI = {
    "bad-file": "ไฟล์เสียหรือมาไม่ครบ คัดลอกมาใหม่ หรือส่งออกอีกครั้ง",
    "bad-archive": "ไฟล์เสียหรือมาไม่ครบ คัดลอกมาใหม่ หรือส่งออกอีกครั้ง",
    "bad-rows": "ข้อมูลในไฟล์อ่านไม่ได้ ทั้งสองเครื่องต้องเป็น Prakai รุ่นเดียวกัน แล้วส่งออกใหม่",
    "other-version": "ไฟล์มาจาก Prakai คนละรุ่น ปรับทั้งสองเครื่องให้เป็นรุ่นเดียวกัน แล้วส่งออกใหม่",
    "wrong-signature": "ลายเซ็นไม่ตรงกับกุญแจของเวทีที่เครื่องนี้ ไฟล์ถูกแก้ หรือกุญแจเปลี่ยนไปแล้ว"
    " ถ้าเปลี่ยนกุญแจ ให้เครื่องที่จัดนำเข้าแผนใหม่ด้วย --new-key แล้วส่งออกอีกครั้ง",
    "no-key": "เวทีนี้ยังไม่เคยส่งออกจากที่นี่ จึงรับไฟล์ไม่ได้ ส่งออกแผนจากที่นี่ไปให้เครื่องที่จะจัดก่อน",
    "unknown-forum": "ที่นี่ไม่รู้จักเวทีนี้ และไฟล์ไม่มีกุญแจมาด้วย ให้ต้นทางส่งออกใหม่ด้วย --with-key",
    "code-taken": "รหัสเข้าเวทีนี้มีเวทีอื่นใช้อยู่แล้ว ใช้เครื่องที่เตรียมใหม่ (DATA_DIR อื่น)",
    "own-file": "ไฟล์นี้ส่งออกจากเครื่องนี้เอง ไม่มีอะไรต้องนำเข้า เลือกไฟล์ที่มาจากอีกเครื่อง",
    "older-file": "มีไฟล์ที่ใหม่กว่าจากเครื่องนั้นเข้ามาแล้ว เลือกไฟล์ล่าสุด",
    "not-home": "กุญแจใหม่ออกจากเครื่องที่ส่งแผนออกเป็นที่แรกเท่านั้น สั่งที่เครื่องนั้น",
    "zip-bomb": "ไฟล์ใหญ่ผิดปกติ ไม่ใช่ไฟล์จาก prakai export forum",
    "too-large": "ไฟล์ใหญ่เกินไป",
    "too-many-files": "ในไฟล์มีไฟล์ย่อยมากเกินไป",
    "path-traversal": "ไฟล์เสีย มีชื่อไฟล์ที่ชี้ออกนอกที่",
}
THEN = {
    "bad-file": "copy it again, or export it again",
    "bad-archive": "copy it again, or export it again",
    "bad-rows": "both places have to run the same Prakai; export it again",
    "wrong-signature": "it was changed, or the key is another now: then the laptop imports a new plan with --new-key",
    "no-key": "export its plan here first, and import that on the laptop",
    "unknown-forum": "ask for an export with --with-key",
    "code-taken": "use a laptop that was set up anew (another DATA_DIR)",
    "older-file": "choose the latest",
}
DONE = {"added": "เพิ่ม", "changed": "ปรับ", "removed": "เอาออก", "same": "เหมือนเดิม"}


def days_among(paths: Sequence[Path]) -> list[Path]:
    """Return those of ``paths`` that are days of forums."""
    from prakai.exchange.forum_days import is_forum_day

    return [path for path in paths if is_forum_day(path)]


def bring_days(
    paths: Sequence[Path], *, by: Any, theirs: Sequence[str], dry_run: bool, new_key: bool = False
) -> None:
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
            found = bring_day(path, by=by, theirs=theirs, dry_run=dry_run, takes_new_key=new_key)
        except Refusal as refusal:
            thai = THAI.get(refusal.code, "นำเข้าไม่ได้")
            then = f"; {THEN[refusal.code]}" if refusal.code in THEN else ""
            raise Trouble(
                f"{path.name}: {thai} ยังไม่มีอะไรเปลี่ยน",
                f"{refusal.reason.rstrip('.')}{then}; nothing was changed",
            ) from None
        _tell(found)
        left += len(found.conflicts) + len(found.left_out)
    if left:
        raise Trouble(
            f"{left} เรื่องไม่ตรงกัน ที่นี่ยังเป็นอย่างเดิม ดูและเลือกได้ที่หน้า “กลับมารวมกัน” ของเวที"
            " หรือสั่งใหม่ด้วย --theirs หมวด ถ้าจะใช้ตามไฟล์",
            f"{left} things do not agree and are left as they are here: decide on the forum's page "
            "“Come home”, or run this again with --theirs KIND to take the file's word",
        )


def _tell(found: Any) -> None:
    for row in found.conflicts:
        column = f".{row.column}" if row.column else ""
        hidden = "(ส่วนตัว private)"
        here, there = (hidden, hidden) if row.is_private else (row.here or "–", row.there or "–")
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
