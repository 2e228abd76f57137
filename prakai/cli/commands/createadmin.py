"""``prakai createadmin``: make a steward of the platform, new or from somebody who is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from prakai.people.models import Person


@click.command()
@click.option("--email", prompt="อีเมล · E-mail", help="อีเมล · E-mail address.")
@click.option(
    "--name", default="", help="ชื่อไทย เช่น “มาลี ใจดี” · Name in Thai (asked for when the person is new)."
)
@click.option(
    "--password-stdin", is_flag=True, help="อ่านรหัสผ่านจาก stdin · Read the password from standard input."
)
def createadmin(email: str, name: str, password_stdin: bool) -> None:
    """สร้างผู้ดูแลระบบ หรือมอบหน้าที่ให้คนที่มีอยู่แล้ว · Make a steward, or give the duty to somebody who is here."""
    from prakai.cli.ready import ready
    from prakai.cli.troubles import wrong_usage

    ready()
    from allauth.account.models import EmailAddress
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from prakai.people.actions import entrust_place, join
    from prakai.people.models import Person

    try:
        validate_email(email)
    except ValidationError as wrong:
        raise wrong_usage(f"{email} ไม่ใช่อีเมล", f"{email} is not an e-mail address") from wrong
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        with transaction.atomic():
            person = join(
                _new_person(email, name, password_stdin), by=None, mode="open", email_is_checked=True
            )
            # Whoever runs the machine vouches for the address: no letter is needed before the first sign-in.
            EmailAddress(user=person, email=person.email, verified=True, primary=True).save()
            entrust_place(person, by=None)
    else:
        entrust_place(person, by=None)
    click.echo(f"{person} เป็นผู้ดูแลแล้ว · {email} is a steward now")


def _new_person(email: str, name: str, password_stdin: bool) -> Person:
    import sys

    from django.contrib.auth.password_validation import validate_password

    from prakai.people.models import Person

    name = name or click.prompt("ชื่อและนามสกุล · Name")
    given, _, family = name.strip().partition(" ")
    person = Person(email=Person.objects.normalize_email(email), given_th=given, family_th=family.strip())
    password = (
        sys.stdin.readline().rstrip("\n")
        if password_stdin
        else click.prompt("รหัสผ่าน · Password", hide_input=True, confirmation_prompt=True)
    )
    validate_password(password, person)
    person.set_password(password)
    return person
