from django.apps import AppConfig


class SpiralConfig(AppConfig):
    name = "seci.spiral"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from seci.combination.graph.relations import RELATIONS
        from seci.spiral.knowing import KNOWING

        if KNOWING not in RELATIONS:
            RELATIONS.append(KNOWING)
