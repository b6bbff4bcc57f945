"""Addresses of the line of government matters."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "services"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jinli.lines.services.catalogue_urls")),
    path("", include("jinli.lines.services.apply_urls")),
    path("", include("jinli.lines.services.together_urls")),
    path("", include("jinli.lines.services.season_urls")),
    path("", include("jinli.lines.services.desk_urls")),
    path("", include("jinli.lines.services.money_urls")),
    path("", include("jinli.lines.services.power_urls")),
    path("", include("jinli.lines.services.rating_urls")),
]
