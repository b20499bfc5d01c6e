from django.apps import AppConfig


class CombinationConfig(AppConfig):
    name = "seci.combination"
    default_auto_field = "django.db.models.AutoField"
