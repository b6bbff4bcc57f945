"""All addresses, assembled from the rooms."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("jinli.site.pages")),
]
