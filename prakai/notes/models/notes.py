"""The note, its number, and the rows that decide its state."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.notes.models.licences import Licence
from prakai.notes.models.notebooks import Notebook
from prakai.notes.models.tags import Tag, Tagging
from prakai.people.models import Audience, Person, readable_by
from prakai.talk.models import Conversation
from prakai.thai.slugs import slug
from prakai.units.models import Unit

STANDS = Q(published_at__isnull=False, withdrawn_at__isnull=True)


class NoteKind(models.TextChoices):
    """What sort of telling a note is."""

    HOW = "how", pgettext_lazy("note kind", "how we did it")
    JOURNAL = "journal", pgettext_lazy("note kind", "short journal")
    ARTICLE = "article", pgettext_lazy("note kind", "article")
    LINK = "link", pgettext_lazy("note kind", "link card")


class NoteQuerySet(models.QuerySet["Note"]):
    """Filters on notes."""

    def published(self) -> Self:
        """Published and not withdrawn."""
        return self.filter(STANDS)

    def written_by(self, person: Person) -> Self:
        """Notes that ``person`` may write in: as author or co-author, or as who brought in one without an author."""
        return self.filter(
            Q(author=person)
            | Q(pk__in=Note.coauthors.through.objects.filter(person=person).values("note"))
            | Q(author__isnull=True, pk__in=person.brought_origins.values("note"))
        )

    def visible_to(self, reader: Person | None) -> Self:
        """Published notes whose audience includes ``reader``, and her own in any state."""
        allowed = STANDS & readable_by(reader)
        if reader is not None and reader.is_authenticated:
            allowed |= Q(author=reader) | Q(teller=reader)
            allowed |= Q(pk__in=Note.coauthors.through.objects.filter(person=reader).values("note"))
            brought = reader.brought_origins.filter(note=models.OuterRef("pk"))
            allowed |= Q(models.Exists(brought), author__isnull=True)
        return self.filter(allowed)

    def readable_by(self, reader: Person | None) -> Self:
        """What lists show: published notes whose audience includes ``reader`` (drafts stay on her desk)."""
        return self.published().filter(readable_by(reader))

    def for_lists(self) -> Self:
        """With what a row of a list shows, in a constant number of queries, without the body."""
        return (
            self.select_related("author", "teller", "unit", "notebook", "notebook__unit")
            .prefetch_related(models.Prefetch("taggings", queryset=Tagging.objects.select_related("tag")))
            .defer("body", "plain")
        )


class Numeral(models.Model):
    """The next running number of the site: making a row gives it."""

    id = models.BigAutoField(primary_key=True)

    def __str__(self) -> str:
        return str(self.id)


class Note(models.Model):
    """One person's experience. Its state is told by its ``Publication`` and ``Withdrawal`` rows.

    ``published_at``, ``withdrawn_at`` and ``raised_at`` copy those rows for the lists' indexes; actions keep them
    true and a test holds them against each other. ``body`` is clean HTML, ``plain`` its text.
    """

    number = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=10, choices=NoteKind.choices, default=NoteKind.HOW)
    title = models.CharField(max_length=600, blank=True)
    body = models.TextField(blank=True)
    plain = models.TextField(blank=True)
    highlight = models.CharField(max_length=300, blank=True)
    slug = models.CharField(max_length=250, blank=True)
    language = models.CharField(max_length=2, default="th")
    licence = models.CharField(max_length=12, choices=Licence.choices, default=Licence.CC_BY)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    series = models.CharField(max_length=200, blank=True, db_index=True)

    notebook = models.ForeignKey(Notebook, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    author_name = models.CharField(max_length=200, blank=True)
    teller = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="told_notes"
    )
    teller_name = models.CharField(max_length=200, blank=True)
    # Co-authors who have left and let their words stand, a name a line.
    coauthor_names = models.CharField(max_length=600, blank=True)
    coauthors = models.ManyToManyField(Person, related_name="coauthored_notes", blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    tags = models.ManyToManyField(Tag, through=Tagging, related_name="notes")
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="note")

    version = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField(null=True, blank=True)
    distinct_reads = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["audience", "-raised_at", "-id"], name="note_lists", condition=STANDS),
            models.Index(fields=["-raised_at", "-id"], name="note_newest", condition=STANDS),
            models.Index(fields=["kind", "-raised_at", "-id"], name="note_of_kind", condition=STANDS),
            models.Index(fields=["author", "-published_at", "-id"], name="note_by_author"),
            models.Index(fields=["teller", "-published_at", "-id"], name="note_told_by"),
            models.Index(fields=["notebook", "-published_at", "-id"], name="note_in_notebook"),
            models.Index(fields=["unit", "-published_at", "-id"], name="note_of_unit"),
            models.Index(fields=["-published_at", "-id"], name="note_by_publication"),
            models.Index(fields=["audience", "-published_at", "-id"], name="note_in_feeds", condition=STANDS),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the slug true, then save."""
        self.name_well()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The permanent address: the number decides, the Thai title decorates."""
        return f"/notes/{self.number}-{self.slug}" if self.slug else f"/notes/{self.number}"

    def name_well(self) -> None:
        """Make the slug from the title, as ``save`` does."""
        self.slug = slug(self.title, empty="note")

    @property
    def byline(self) -> str:
        """Whose experience it is: the teller if somebody else wrote it down, otherwise the author."""
        if self.teller is not None:
            return self.teller.display_name
        if self.teller_name:
            return self.teller_name
        return self.author.display_name if self.author is not None else self.author_name


class Publication(models.Model):
    """Somebody published the note, once; a withdrawal and its end are told by ``Withdrawal``."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="publications")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["note"], name="published_once")]

    def __str__(self) -> str:
        return f"{self.note_id} published {self.at}"


class Withdrawal(models.Model):
    """Somebody withdrew the note, because of something that readers are told; undone when ``undone_at`` is set."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="withdrawals")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["-at", "-id"], name="withdrawal_newest", condition=Q(undone_at__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["note"], condition=Q(undone_at__isnull=True), name="withdrawn_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} withdrawn {self.at}"
