"""Addresses of copy sheets and of lists in the layouts that others ask for."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.exchange.views import layouts, sheets

urlpatterns: list[URLPattern | URLResolver] = [
    path("sheets/<uuid:case_id>/<str:sheet>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:case_id>/<str:sheet>/reveal/", sheets.reveal, name="sheet-reveal"),
    path("sheets/<uuid:case_id>/<str:sheet>/note/", sheets.note, name="sheet-note"),
    path("layouts/<str:layout>/<str:listing>/", layouts.layout, name="layout"),
    path("layouts/<str:layout>/<str:listing>/file/", layouts.file, name="layout-file"),
]
