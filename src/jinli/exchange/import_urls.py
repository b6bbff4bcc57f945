"""Addresses of dropped files: the sources, and every run on its way."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.exchange.views import imports, runs

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", imports.imports, name="imports"),
    path("imports/drop/", imports.drop, name="drop"),
    path("imports/<uuid:run_id>/", runs.run, name="run"),
    path("imports/<uuid:run_id>/progress/", runs.progress, name="run-progress"),
    path("imports/<uuid:run_id>/rows/", runs.export, name="run-rows"),
    path("imports/<uuid:run_id>/sheet/", runs.sheet, name="run-sheet"),
    path("imports/<uuid:run_id>/columns/", runs.columns, name="run-columns"),
    path("imports/<uuid:run_id>/names/", runs.names, name="run-names"),
    path("imports/<uuid:run_id>/take/", runs.take, name="run-take"),
    path("imports/<uuid:run_id>/stop/", runs.stop, name="run-stop"),
    path("imports/<uuid:run_id>/discard/", runs.discard, name="run-discard"),
    path("imports/<uuid:run_id>/undo/", runs.undo, name="run-undo"),
]
