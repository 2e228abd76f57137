"""``prakai newpassword``: a link by which somebody who forgot her password chooses a new one."""

from __future__ import annotations

import os

import click


@click.command()
@click.option("--email", prompt="อีเมล · E-mail", help="อีเมลที่ใช้เข้าสู่ระบบ · The e-mail address that signs in.")
def newpassword(email: str) -> None:
    """สร้างลิงก์ตั้งรหัสผ่านใหม่ให้คนที่ลืมรหัสผ่าน · Make a link to a new password for somebody who forgot hers."""
    from prakai.cli.ready import ready
    from prakai.cli.troubles import wrong_usage

    ready()
    from django.conf import settings

    from prakai.people.actions import give_way_back
    from prakai.people.models import Person
    from prakai.people.way_back import HOLDS

    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        raise wrong_usage(f"ไม่มีใครที่นี่ใช้อีเมล {email}", f"nobody here has the address {email}")
    path = give_way_back(person, by=None, letters_leave=bool(settings.EMAIL_URL))
    hours = HOLDS.seconds // 3600
    here = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    click.echo(f"{settings.SITE_URL or here}{path}")
    click.echo(
        f"ส่งให้ {person} เท่านั้น ใช้ได้ครั้งเดียวภายใน {hours} ชั่วโมง · For {email} alone: it serves once,"
        f" within {hours} hours",
        err=True,
    )
