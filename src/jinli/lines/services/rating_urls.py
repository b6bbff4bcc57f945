"""Addresses of bad ratings, for heads."""

from __future__ import annotations

from django.urls import path

from jinli.lines.services.views import ratings

urlpatterns = [
    path("ratings/", ratings.ratings, name="ratings"),
    path("ratings/<uuid:rated_id>/", ratings.rated, name="rated"),
]
