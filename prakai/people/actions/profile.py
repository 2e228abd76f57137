"""What a person says of herself, and how she likes to read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.ids import public_id
from prakai.kernel.pictures import CleanPicture
from prakai.people import rules
from prakai.people.actions.wording import in_words, name_in_words
from prakai.people.models import Person
from prakai.thai.tags import clean_tag, tag_key

MOST_KNOWN: Final = 30
NAMES: Final = ("title_th", "given_th", "family_th", "nickname_th", "given_en", "family_en")
PREFERENCES: Final = ("language", "era", "digits", "theme", "single_keys")


@transaction.atomic
def change_profile(
    person: Person,
    *,
    by: Person,
    about: str | None = None,
    knows: Iterable[str] | None = None,
    at: datetime | None = None,
    **names: str,
) -> Person:
    """Change the given ones of names (``title_th``, ``given_th`` …), ``about`` and ``knows``; the rest stays.

    ``knows`` are tags; two spellings of one are kept once, and at most thirty. Raises ``ValidationError`` by field.
    """
    rules.may_change_profile(by, person).or_refuse()
    if unknown := set(names) - set(NAMES):
        raise TypeError(f"change_profile knows no {sorted(unknown)}")
    wrong: dict[str, Any] = {}
    for field, words in names.items():
        try:
            setattr(person, field, name_in_words(words)[: 40 if field == "title_th" else None])
        except ValidationError as trouble:
            wrong[field] = trouble
    if not person.given_th:
        wrong["given_th"] = pgettext("people error", "Please write your given name.")
    if about is not None:
        try:
            person.about = in_words(about, most=2000)
        except ValidationError as trouble:
            wrong["about"] = trouble
    if knows is not None:
        try:
            person.knows = clean_tags(knows)
        except ValidationError as trouble:
            wrong["knows"] = trouble
    if wrong:
        raise ValidationError(wrong)
    person.save()
    record("person.changed", person, by=by, at=at)
    return person


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Return the tags as they are kept, each once by its key; ``ValidationError`` for what is none, or too many."""
    kept: dict[str, str] = {}
    for tag in tags:
        if not tag.strip():
            continue
        try:
            cleaned = clean_tag(tag)
        except ValueError:
            raise ValidationError(
                pgettext("people error", "“%(tag)s” cannot be a tag. A tag is a word or a short phrase."),
                params={"tag": tag[:80]},
            ) from None
        kept.setdefault(tag_key(cleaned), cleaned)
    if len(kept) > MOST_KNOWN:
        raise ValidationError(
            pgettext("people error", "Please choose the thirty that matter most."), code="too_many"
        )
    return list(kept.values())


@transaction.atomic
def change_portrait(
    person: Person, *, by: Person, picture: CleanPicture | None, at: datetime | None = None
) -> Person:
    """Show ``picture`` as the portrait, or none. The old file is removed after commit."""
    rules.may_change_profile(by, person).or_refuse()
    remove_portrait_file(person)
    if picture is None:
        person.portrait = ""
    else:
        person.portrait.save(f"{public_id()}{picture.ending}", ContentFile(picture.bytes), save=False)
    person.save(update_fields=["portrait"])
    record("person.changed", person, by=by, at=at)
    return person


def remove_portrait_file(person: Person) -> None:
    """Remove the file of the portrait once the transaction is committed; for actions of this room."""
    if person.portrait:
        storage: Storage = person.portrait.storage
        name = person.portrait.name or ""
        transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def change_preferences(person: Person, *, by: Person, at: datetime | None = None, **wishes: Any) -> Person:
    """Change the given ones of language, era, digits, theme and single_keys."""
    rules.may_decide_for(by, person).or_refuse()
    if unknown := set(wishes) - set(PREFERENCES):
        raise TypeError(f"change_preferences knows no {sorted(unknown)}")
    for field, wish in wishes.items():
        Person._meta.get_field(field).clean(wish, person)  # type: ignore[union-attr]
        setattr(person, field, wish)
    person.save(update_fields=list(wishes))
    record("person.preferred", person, by=by, at=at)
    return person
