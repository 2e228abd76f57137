from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0002_closure_is_told")]

    operations = [
        migrations.RemoveConstraint(model_name="succession", name="succession_once"),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                fields=("earlier", "later", "kind"), name="succession_once"
            ),
        ),
    ]
