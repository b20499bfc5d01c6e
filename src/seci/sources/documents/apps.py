from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "seci.sources.documents"
    label = "documents"
    default_auto_field = "django.db.models.AutoField"
