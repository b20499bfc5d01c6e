"""What somebody practises is no contact any more: every projection is made again from the ledger."""

from django.db import migrations

TABLES = ("contact", "kindcount", "holding", "assetrisk", "assettrend", "attendance", "forewarned", "projection")


class Migration(migrations.Migration):
    dependencies = [("spiral", "0001_initial")]

    operations = [
        migrations.RunSQL([f"DELETE FROM spiral_{table}" for table in TABLES], migrations.RunSQL.noop),
    ]
