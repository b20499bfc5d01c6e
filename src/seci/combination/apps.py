from django.apps import AppConfig


class CombinationConfig(AppConfig):
    name = "seci.combination"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from seci.combination.shelving.access import closed_with_its_artifact, read_with_its_artifact
        from seci.combination.telling import proposed, revised
        from seci.library.access import CLOSED_BY, READ_BY
        from seci.library.marks import PROPOSED_BY
        from seci.library.services.writing import REVISED

        CLOSED_BY.append(closed_with_its_artifact)
        READ_BY.append(read_with_its_artifact)
        REVISED.append(revised)
        PROPOSED_BY.append(proposed)
