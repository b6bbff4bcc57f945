from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "jinli.site"
    label = "site"
