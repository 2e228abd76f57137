"""Notebooks: where notes live; several to a person, and a unit can have its own."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from prakai.kernel.ids import public_id
from prakai.notes.models.licences import Licence
from prakai.people.models import Audience, Person
from prakai.thai.slugs import slug
from prakai.units.models import Unit


class NotebookQuerySet(models.QuerySet["Notebook"]):
    """Filters on notebooks."""

    def visible_to(self, reader: Person | None) -> Self:
        """Notebooks that hold something ``reader`` may read, and her own."""
        from prakai.notes.models.notes import Note

        readable = Note.objects.visible_to(reader).filter(notebook=models.OuterRef("pk"))
        allowed = Q(models.Exists(readable))
        if reader is not None and reader.is_authenticated:
            allowed |= Q(owner=reader) | Q(unit__in=reader.unit_circle)
        return self.filter(allowed)


class Notebook(models.Model):
    """A notebook of a person, or of a unit (then every member of that unit may write in it)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    owner = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="notebooks"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="notebooks")
    slug = models.CharField(max_length=250, blank=True)
    allows_anonymous = models.BooleanField(default=False)
    licence = models.CharField(max_length=12, choices=Licence.choices, default=Licence.CC_BY)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    created_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = NotebookQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "created_at"], name="notebook_of_person")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the slug true, then save."""
        self.slug = slug(self.title, empty="notebook")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The notebook's page."""
        return f"/notebooks/{self.pk}-{self.slug}"
