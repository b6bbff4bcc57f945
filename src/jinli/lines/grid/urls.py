"""Addresses of the grid line: reports of residents and staff, and the whistle."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "grid"
urlpatterns: list[URLPattern | URLResolver] = [path("", include("jinli.lines.grid.whistle_urls"))]
