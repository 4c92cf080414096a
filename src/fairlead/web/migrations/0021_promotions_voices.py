"""What was said gets a number of its own, that stands nowhere beside its author."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models


def number(apps: Any, _schema_editor: Any) -> None:
    """Give each input its own."""
    inputs = apps.get_model("web", "PeerInput").objects
    for key in inputs.values_list("pk", flat=True):
        inputs.filter(pk=key).update(voice=uuid4())


class Migration(migrations.Migration):
    dependencies = [("web", "0020_promotions_impact")]

    operations = [
        migrations.AddField("peerinput", "voice", models.UUIDField(default=uuid4, editable=False)),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AlterField(
            "peerinput", "voice", models.UUIDField(default=uuid4, editable=False, unique=True)
        ),
    ]
