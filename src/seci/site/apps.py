from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "seci.site"
    label = "site"

    def ready(self) -> None:
        from seci.site.shelves import fill_shelves

        fill_shelves()
