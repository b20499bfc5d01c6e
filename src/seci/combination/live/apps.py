from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "seci.combination.live"
    default_auto_field = "django.db.models.AutoField"
