from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "jinli.ui"
    label = "ui"
