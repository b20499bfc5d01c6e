from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "seci.ledger"
    default_auto_field = "django.db.models.AutoField"
