from django.apps import AppConfig


class CombinationConfig(AppConfig):
    name = "seci.combination"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from seci.combination.telling import proposed, revised
        from seci.library.marks import PROPOSED_BY
        from seci.library.services.writing import REVISED

        REVISED.append(revised)
        PROPOSED_BY.append(proposed)
