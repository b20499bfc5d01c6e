from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "seci.cases"
    default_auto_field = "django.db.models.AutoField"
