"""Who is here is judged by when the repositories end in which they worked: what is shown is derived anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spiral", "0002_contact_without_practice")]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="until",
            field=models.BigIntegerField(
                default=9223372036854775807, help_text="until when the repositories they worked in tell"
            ),
        ),
        migrations.RunSQL(
            ["DELETE FROM spiral_projection WHERE name = 'derived' OR name LIKE 'files %'"], migrations.RunSQL.noop
        ),
    ]
