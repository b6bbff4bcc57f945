"""Addresses of the grid line: reports of residents and staff, and the whistle."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jinli.lines.grid.views import public

app_name = "grid"
urlpatterns: list[URLPattern | URLResolver] = [
    path("t/<str:town_code>/report/", public.report, name="report"),
    path("t/<str:town_code>/report/receipt/", public.receipt, name="receipt"),
    path("t/<str:town_code>/track/", public.track, name="track"),
    path("t/<str:town_code>/track/progress/", public.progress, name="progress"),
    path("t/<str:town_code>/track/contest/", public.contest, name="contest"),
    path("t/<str:town_code>/track/rate/", public.rate, name="rate"),
    path("", include("jinli.lines.grid.whistle_urls")),
]
