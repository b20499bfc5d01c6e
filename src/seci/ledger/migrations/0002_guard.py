"""The database refuses to change or remove events."""

from django.db import migrations

from seci.ledger import guard


def raise_guard(apps, schema_editor):
    for statement in guard.lowering(schema_editor.connection.vendor) + guard.raising(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def lower_guard(apps, schema_editor):
    for statement in guard.lowering(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(raise_guard, lower_guard)]
