"""Addresses of the exchange with other systems and other levels."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jinli.exchange.import_urls")),
    path("", include("jinli.exchange.difference_urls")),
    path("", include("jinli.exchange.task_urls")),
    path("", include("jinli.exchange.sheet_urls")),
    path("", include("jinli.exchange.source_urls")),
]
