from django.apps import AppConfig


class PartnerConfig(AppConfig):
    name = "seci.partner"
    default_auto_field = "django.db.models.BigAutoField"
