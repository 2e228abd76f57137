"""Consents: what a person agreed to, in which words, when, and when she took it back."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.people.models.persons import Person


class ConsentKind(models.TextChoices):
    """What can be agreed to."""

    TERMS = "terms", pgettext_lazy("consent", "terms of use and privacy notice")
    LISTED = "listed", pgettext_lazy("consent", "my page may be seen by visitors")
    MAIL = "mail", pgettext_lazy("consent", "letters by e-mail")


class Consent(models.Model):
    """One consent given, kept also after it is withdrawn."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=10, choices=ConsentKind.choices)
    wording = models.CharField(max_length=40)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
