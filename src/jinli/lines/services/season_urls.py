"""Addresses of enrolment seasons: the published one, an appeal, and the work of the office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.lines.services.views import season

_WORK = "seasons/<str:season_code>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("t/<str:town_code>/seasons/<str:announced_code>/", season.published, name="season"),
    path("t/<str:town_code>/applications/appeal/", season.appeal_it, name="season-appeal"),
    path("seasons/", season.seasons, name="seasons"),
    path(_WORK, season.work, name="season-work"),
    path(f"{_WORK}announce/", season.announce_it, name="season-announce"),
    path(f"{_WORK}places/", season.places, name="season-places"),
    path(f"{_WORK}seal/", season.seal, name="season-seal"),
    path(f"{_WORK}offers/", season.offers, name="season-offers"),
    path("matters/<uuid:matter_id>/points/", season.points, name="season-points"),
    path("matters/<uuid:matter_id>/appeal/", season.answer_it, name="season-answer"),
]
