from django.apps import AppConfig


class GridConfig(AppConfig):
    name = "jinli.lines.grid"
    label = "grid"
    default_auto_field = "django.db.models.BigAutoField"
