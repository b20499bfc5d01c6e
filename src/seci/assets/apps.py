from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "seci.assets"
    default_auto_field = "django.db.models.AutoField"
