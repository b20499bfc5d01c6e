from django.apps import AppConfig


class ArtifactsConfig(AppConfig):
    name = "seci.artifacts"
    default_auto_field = "django.db.models.AutoField"
