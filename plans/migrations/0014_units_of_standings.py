import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def from_parts(apps, schema_editor):
    standings = apps.get_model("plans", "AssignmentStanding").objects
    parts = apps.get_model("plans", "Assignment").objects.filter(pk=OuterRef("assignment"))
    standings.update(unit=Subquery(parts.values("unit")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0009_codes_alike_in_case'),
        ('plans', '0013_tables_of_imports'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignmentstanding',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.RunPython(from_parts, migrations.RunPython.noop, elidable=True),
    ]
