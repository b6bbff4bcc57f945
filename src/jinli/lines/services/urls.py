"""Addresses of the line of government matters."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "services"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jinli.lines.services.money_urls")),
    path("", include("jinli.lines.services.power_urls")),
from django.urls import URLPattern, URLResolver, path

from jinli.lines.services.views import public

app_name = "services"
urlpatterns: list[URLPattern | URLResolver] = [
    path("t/<str:town_code>/services/", public.front, name="front"),
    path("t/<str:town_code>/services/<slug:item_code>/", public.item, name="item"),
]
