from django.apps import AppConfig


class GitConfig(AppConfig):
    name = "seci.sources.git"
    label = "git"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from seci.assets.services.bounds import FILES_BY
        from seci.sources.git.queries import files

        FILES_BY.append(files)
