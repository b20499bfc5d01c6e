from django.apps import AppConfig


class InternalizationConfig(AppConfig):
    name = "seci.internalization"
    default_auto_field = "django.db.models.AutoField"
