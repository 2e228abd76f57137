"""Whose letter is due is read from an index: those who wait longest come first."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0002_equivalents_tell_who_struck_them"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(
                condition=models.Q(("by_letter", True)), fields=["told_until"], name="saved_waiting"
            ),
        ),
    ]
