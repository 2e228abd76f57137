"""``prakai import``: bring notes in from elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

WORDS = {
    "added": "ใหม่",
    "changed": "ปรับแล้ว",
    "unchanged": "เหมือนเดิม",
    "waiting": "รอแก้แถวอื่นก่อน",
    "broken": "นำเข้าไม่ได้",
}


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "email",
    default="",
    metavar="EMAIL",
    help="ผู้นำเข้า · Who brings them in (a forum's day may be brought in without).",
)
@click.option("--dry-run", is_flag=True, help="เพียงดู ไม่เขียนอะไร · Only look, write nothing.")
@click.option(
    "--rights",
    type=click.Choice(["ask", "held", "link"]),
    default="ask",
    show_default=True,
    help="ask: ถามเมื่อไม่มีสัญญาอนุญาต ask where no licence grants it; held: มีสิทธิ์ full texts; link: การ์ดลิงก์ cards only.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="เขียนรายงาน JSON · Write a report as JSON.",
)
@click.option(
    "--theirs",
    multiple=True,
    metavar="KIND",
    help="วันเวที: ที่ไม่ตรงกันในหมวดนี้ ใช้ตามไฟล์ · A forum's day: take the file's word for conflicts of this kind, or all.",
)
@click.option(
    "--new-key",
    is_flag=True,
    help="วันเวที: ใช้กุญแจใหม่ที่มากับแผนแทนกุญแจเดิม · A forum's day: let a plan's new key take the place of the former.",
)
@click.option(
    "--media",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="โฟลเดอร์รูป · Folder of media.",
)
def bring(
    paths: tuple[Path, ...],
    email: str,
    dry_run: bool,
    rights: str,
    report: Path | None,
    theirs: tuple[str, ...],
    media: Path | None,
    *,
    new_key: bool,
) -> None:
    """นำบันทึกเข้ามาจาก GotoKnow, WordPress, RSS/Atom, JSON Feed หรือ Markdown · Bring notes in from elsewhere.

    ไฟล์ CSV ที่มีคอลัมน์ชื่อหน่วยงาน (name_th) คือรายชื่อหน่วยงาน ผู้ดูแลระบบเป็นผู้นำเข้า · A CSV file with a column of
    names of units (name_th) is a table of units, brought in by a steward: whole, or not at all.

    ไฟล์จาก prakai export forum คือวันเวทีที่ไปจัดที่อื่น รวมเข้ากับของที่นี่ · A file of `prakai export forum` is a forum's
    day that was held elsewhere: it is merged with what is here.

    สั่งซ้ำได้ ไม่มีอะไรซ้ำ ขาดกลางทางก็สั่งต่อได้ · Running it again changes nothing; an interrupted run resumes.
    """
    from prakai.cli.ready import ready
    from prakai.cli.troubles import Trouble, wrong_usage

    missing = [path for path in paths if not path.exists()]
    if missing:
        raise wrong_usage(f"ไม่พบ {missing[0]}", f"{missing[0]} was not found")
    if report is not None and not report.absolute().parent.is_dir():
        raise wrong_usage(f"ไม่มีโฟลเดอร์ของ {report}", f"there is no folder for {report}")
    if report is not None and not os.access(report if report.exists() else report.absolute().parent, os.W_OK):
        raise wrong_usage(f"เขียน {report} ไม่ได้", f"{report} cannot be written")
    ready()
    from prakai.cli.commands.bring_days import bring_days, days_among

    days = days_among(paths)
    notes = tuple(path for path in paths if path not in days)
    if notes and not email:
        raise wrong_usage("บอกด้วยว่าใครนำเข้า: --as EMAIL", "say who brings them in: --as EMAIL")
    if report is not None and not notes:
        raise wrong_usage("วันเวทีไม่มีรายงาน JSON", "a forum's day has no report as JSON")
    person = _member(email) if email else None
    if days:
        bring_days(days, by=person, theirs=theirs, dry_run=dry_run, new_key=new_key)
    if not notes:
        return
    found = _bring(notes, person, dry_run, rights, media)
    if report is not None:
        report.write_text(found.as_json() + "\n", encoding="utf-8")
    _tell(found, report)
    if found.failed:
        waits = "waiting" in found.counts
        thai = "แก้แล้วสั่งใหม่ ตารางหน่วยงานเข้าทั้งตารางเท่านั้น" if waits else "ที่เหลือเรียบร้อย"
        rest = "a table of units comes in whole: mend it and run this again" if waits else "the rest went on"
        raise Trouble(
            f"{found.failed} รายการนำเข้าไม่ได้ {thai}", f"{found.failed} could not be brought in; {rest}"
        )


def _member(email: str) -> Any:
    from prakai.cli.troubles import wrong_usage
    from prakai.people.models import Person

    person = Person.objects.present().filter(email__iexact=email).first()
    if person is None:
        raise wrong_usage(f"ไม่มีสมาชิกที่ใช้อีเมล {email}", f"nobody here has the e-mail {email}")
    return person


def _bring(paths: tuple[Path, ...], person: Any, dry_run: bool, rights: str, media: Path | None) -> Any:
    import sys

    from prakai.cli.progress import Bar
    from prakai.exchange.importing.bringing import bring_in
    from prakai.exchange.units_csv.bringing import bring_tables, is_units_table

    tables = [path for path in paths if is_units_table(path)]
    units = bring_tables(tables, by=person, dry_run=dry_run) if tables else []
    notes = [path for path in paths if path not in tables]

    def ask(item: Any) -> bool:
        who = item.author or "ไม่ทราบผู้เขียน unknown"
        return click.confirm(
            f"{who} · {item.notebook or item.source}: มีสิทธิ์เผยแพร่ฉบับเต็มไหม · May the full text be published?",
            err=True,
        )

    with Bar("นำเข้า · import") as bar:

        def progress(line: Any) -> None:
            bar.to(bar.done + 1)

        found = bring_in(
            notes,
            by=person,
            rights=rights,
            dry_run=dry_run,
            media_folder=media,
            progress=progress,
            ask=ask if rights == "ask" and sys.stdin.isatty() else None,
        )
    found.lines[:0] = units
    return found


def _tell(found: Any, report: Path | None) -> None:
    for line in found.lines:
        if line.status == "broken":
            for problem in line.problems or [{"text": ""}]:
                where = f":{problem['line']}" if problem.get("line") else ""
                click.echo(f"  {line.source}{where}  {problem.get('text', '')}", err=True)
    kinds = (
        ", ".join(f"{WORDS.get(name, name)} {name} {count}" for name, count in found.counts.items()) or "0"
    )
    cards = sum(1 for line in found.lines if line.rights == "link" and line.status != "broken")
    if cards:
        kinds += f" · การ์ดลิงก์ link cards {cards}"
    dry = "ลองดูเท่านั้น dry run · " if found.is_dry_run else ""
    click.echo(f"{dry}{kinds}" + (f" · รายงาน report: {report}" if report else ""))
