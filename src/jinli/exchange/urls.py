"""Addresses of the exchange with other systems."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jinli.exchange.difference_urls")),
    path("", include("jinli.exchange.source_urls")),
]
