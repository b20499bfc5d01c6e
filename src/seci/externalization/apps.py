from django.apps import AppConfig


class ExternalizationConfig(AppConfig):
    name = "seci.externalization"
    default_auto_field = "django.db.models.AutoField"
