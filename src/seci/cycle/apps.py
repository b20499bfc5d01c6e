from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "seci.cycle"
    default_auto_field = "django.db.models.AutoField"
