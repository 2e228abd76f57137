"""No two networks have the same Thai name; of those that did, the later ones are told apart by their number."""

from typing import Any

from django.db import migrations, models

# So much of a name stays when it is told apart; 250 letters have room in all.
ROOM = 230


def tell_apart(apps: Any, schema_editor: Any) -> None:
    """Put the number of its page behind the name of each network that is called as an earlier one."""
    network = apps.get_model("networks", "Network")
    taken: set[str] = set()
    for pk, name in network.objects.order_by("pk").values_list("pk", "name_th"):
        told = name
        while told in taken:
            told = f"{told[:ROOM]} ({pk})"
        taken.add(told)
        if told != name:
            network.objects.filter(pk=pk).update(name_th=told)


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0001_networks_stand"),
    ]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="network",
            constraint=models.UniqueConstraint(fields=("name_th",), name="network_named_once"),
        ),
    ]
