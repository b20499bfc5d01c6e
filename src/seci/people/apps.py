from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "seci.people"
    default_auto_field = "django.db.models.AutoField"
