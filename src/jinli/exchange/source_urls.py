"""Addresses of a source and what is remembered of it."""

from __future__ import annotations

from django.urls import URLPattern, path

from jinli.exchange.views import sources

_ONE = "imports/sources/<int:source_id>/"
urlpatterns: list[URLPattern] = [
    path(_ONE, sources.source, name="source"),
    path(f"{_ONE}rules/", sources.rules, name="source-rules"),
    path(f"{_ONE}adopt/", sources.adopt, name="source-adopt"),
    path(f"{_ONE}titles/", sources.titles, name="source-titles"),
    path(f"{_ONE}layouts/<int:layout_id>/forget/", sources.forget_layout, name="layout-forget"),
    path(f"{_ONE}names/<int:link_id>/forget/", sources.forget_name, name="name-forget"),
]
