"""Those who were told at the same moment are read in their order, too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0003_saved_searches_wait_in_order"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="savedsearch", name="saved_waiting"),
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(
                condition=models.Q(("by_letter", True)), fields=["told_until", "id"], name="saved_in_turn"
            ),
        ),
    ]
