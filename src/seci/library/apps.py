from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "seci.library"
    default_auto_field = "django.db.models.AutoField"
