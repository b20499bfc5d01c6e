from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "seci.library"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from seci.artifacts.access import REMARKS_BY
        from seci.library.queries.use import changed_below

        REMARKS_BY.append(changed_below)
