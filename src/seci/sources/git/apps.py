from django.apps import AppConfig


class GitConfig(AppConfig):
    name = "seci.sources.git"
    label = "git"
    default_auto_field = "django.db.models.AutoField"
