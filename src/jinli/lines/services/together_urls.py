"""Addresses of bundles: what a turn in life needs, in one form, and one page for all that came of it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.lines.services.views import together

_BUNDLE = "t/<str:town_code>/together/<str:bundle_code>/"
_RUN = "t/<str:town_code>/applications/together/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_BUNDLE, together.begin, name="together"),
    path(f"{_BUNDLE}fill/", together.fill, name="together-fill"),
    path(f"{_BUNDLE}check/", together.check, name="together-check"),
    path(f"{_BUNDLE}saved/", together.saved, name="together-saved"),
    path(_RUN, together.run, name="together-run"),
    path(f"{_RUN}open/", together.open_one, name="together-open"),
]
