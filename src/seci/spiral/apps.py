from django.apps import AppConfig


class SpiralConfig(AppConfig):
    name = "seci.spiral"
    default_auto_field = "django.db.models.AutoField"
