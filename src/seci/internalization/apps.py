from django.apps import AppConfig


class InternalizationConfig(AppConfig):
    name = "seci.internalization"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from seci.artifacts.access import CLOSED_BY, READ_BY
        from seci.internalization.challenges.store import open_challenges
        from seci.internalization.services.rounds import read_beside
        from seci.internalization.sittings.access import closed_for_a_sitting
        from seci.library.marks import CHALLENGED_BY

        CLOSED_BY.append(closed_for_a_sitting)
        READ_BY.append(read_beside)
        CHALLENGED_BY.append(open_challenges)
