"""``prakai export``: a forum's day as one signed file."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def export() -> None:
    """ส่งออกเป็นไฟล์เดียว · Put something into one file."""


@export.command()
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as", "email", default="", metavar="EMAIL", help="ผู้ส่งออก · Who takes it along.")
def forum(code: str, file: Path, email: str) -> None:
    """ส่งออกวันเวที: แผนพาไปจัดที่ไม่มีเน็ต แล้วส่งสิ่งที่เกิดขึ้นกลับ · A forum's day: its plan out, what came of it back.

    ที่ซึ่งเตรียมเวทีส่งออกก่อน ไฟล์นั้นมีกุญแจของเวที นำเข้าที่เครื่องซึ่งจะจัด จบวันส่งออกจากเครื่องนั้น แล้วนำเข้าที่เดิม ·
    First where the forum was prepared: that file holds the forum's key. Import it on the laptop; after the day
    export it there, and import that file at home.

    ไฟล์นี้มีข้อมูลส่วนบุคคล เก็บให้ดี · The file holds personal data: keep it safe.
    """
    from prakai.cli.ready import ready
    from prakai.cli.troubles import wrong_usage

    if file.exists():
        raise wrong_usage(f"มี {file} อยู่แล้ว ตั้งชื่ออื่น", f"{file} is there already: choose another name")
    if not file.absolute().parent.is_dir():
        raise wrong_usage(
            f"ไม่มีโฟลเดอร์ {file.absolute().parent}", f"there is no folder {file.absolute().parent}"
        )
    ready()
    from prakai.exchange.forum_days import pack_day
    from prakai.forums.codes import code_in
    from prakai.forums.models import Forum, Passage
    from prakai.people.models import Person

    row = Forum.objects.filter(code=code_in(code)).first()
    if row is None:
        raise wrong_usage(f"ไม่มีเวทีที่ใช้รหัส {code}", f"no forum here has the code {code}")
    person = Person.objects.present().filter(email__iexact=email).first() if email else None
    if email and person is None:
        raise wrong_usage(f"ไม่มีสมาชิกที่ใช้อีเมล {email}", f"nobody here has the e-mail {email}")
    count = pack_day(row, file, by=person)
    has_key = Passage.objects.filter(forum=row, is_home=True).exists()
    key = " มีกุญแจของเวทีอยู่ด้วย" if has_key else ""
    english = ", with the forum's key" if has_key else ""
    click.echo(f"{row.title}: {count:,} แถวใน {file}{key} · {count:,} rows in {file}{english}")
