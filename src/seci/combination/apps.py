from django.apps import AppConfig


class CombinationConfig(AppConfig):
    name = "seci.combination"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from seci.combination.telling import revised
        from seci.library.services.writing import REVISED

        REVISED.append(revised)
