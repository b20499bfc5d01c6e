from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "seci.site"
    label = "site"
