"""Addresses of the catalogue of government matters."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.lines.services.views import public

urlpatterns: list[URLPattern | URLResolver] = [
    path("t/<str:town_code>/services/", public.front, name="front"),
    path("t/<str:town_code>/services/<slug:item_code>/", public.item, name="item"),
]
