"""What people keep is sealed with a key of their own; its tables stand apart from who has an account."""

from typing import Any

from django.db import migrations, models
from django.db.models.deletion import CASCADE

from fairlead.web.audits.summary import line_of
from fairlead.web.vault import on_duty
from fairlead.web.vault.fields import SealedBytes, SealedJSON, SealedText
from fairlead.web.vault.migrating import SealFields


def person(name: str = "+") -> Any:
    return models.ForeignKey(db_constraint=False, on_delete=CASCADE, related_name=name, to="web.person")


def keep_lines(apps: Any, schema_editor: Any) -> None:
    """Give every reading the few words that a list shows of it."""
    readings = apps.get_model("web", "Reading").objects.using(schema_editor.connection.alias)
    with on_duty("migration"):
        for reading in readings.select_related("run").only("owner_id", "run__result", "run__owner_id").iterator(20):
            reading.line = line_of(reading.run.result)
            reading.save(update_fields=["line"])


class Migration(migrations.Migration):

    dependencies = [
        ('web', '0006_grants_two_people'),
    ]

    operations = [
        migrations.AlterModelOptions(name='procedure', options={'ordering': ['made_at']}),
        SealFields(
            'Run',
            {
                'params': SealedJSON(default=dict),
                'result': SealedJSON(null=True),
                'svgs': SealedJSON(default=dict),
                'error': SealedText(blank=True, max_length=2000),
            },
            others={'owner': person('runs')},
        ),
        SealFields(
            'CalendarImport',
            {
                'names': SealedJSON(default=list),
                'options': SealedJSON(default=dict),
                'table': SealedBytes(null=True),
                'placed': SealedBytes(null=True),
                'titles': SealedBytes(null=True),
                'weeks': SealedJSON(null=True),
                'notes': SealedJSON(default=list),
            },
            others={'owner': person()},
        ),
        migrations.AlterField(model_name='reading', name='owner', field=person()),
        migrations.AlterField(model_name='sortingsalt', name='owner', field=person()),
        SealFields('OwnRule', {'says': SealedText(max_length=200)}, others={'owner': person()}),
        SealFields(
            'AnswerSheet',
            {'values': SealedJSON(default=dict), 'texts': SealedJSON(default=dict)},
            others={'owner': person()},
        ),
        SealFields(
            'OwnProfile',
            {'title': SealedText(max_length=200), 'profile': SealedJSON()},
            others={'owner': person()},
        ),
        SealFields('Remembered', {'values': SealedJSON(default=dict)}, others={'owner': person()}),
        SealFields(
            'HighPayoffEntry',
            {
                'name': SealedText(max_length=120),
                'saves': SealedText(blank=True, max_length=300),
                'people': SealedText(blank=True, max_length=200),
                'words': SealedText(blank=True, max_length=200),
            },
            others={'owner': person()},
        ),
        SealFields(
            'Procedure',
            {
                'name': SealedText(max_length=120),
                'brings': SealedText(blank=True, max_length=300),
                'kept_at': SealedText(blank=True, max_length=300),
            },
            others={'owner': person()},
        ),
        SealFields('Resolution', {'text': SealedText(max_length=500)}, others={'owner': person()}),
        SealFields(
            'WeekTick',
            {'note': SealedText(blank=True, max_length=300)},
            owner='(SELECT owner_id FROM web_resolution WHERE web_resolution.id = resolution_id)',
        ),
        SealFields(
            'Share',
            {'title': SealedText(max_length=200), 'snapshot': SealedJSON(null=True)},
            others={'owner': person(), 'reader': person()},
            readers='reader_id',
        ),
        migrations.AddField(model_name='reading', name='line', field=SealedJSON(default=dict)),
        migrations.RunPython(keep_lines, migrations.RunPython.noop),
    ]
