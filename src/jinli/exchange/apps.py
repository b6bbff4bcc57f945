"""The exchange as Django installs it."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import AppConfig

from jinli.cases import lines


class ExchangeConfig(lines.TellsSystems, AppConfig):
    name = "jinli.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def system_names(self, town: int) -> Mapping[str, str]:
        """Return the names of the sources of a town by code."""
        from jinli.exchange.models import Source

        return dict(Source.objects.filter(town=town).order_by("name").values_list("code", "name"))
