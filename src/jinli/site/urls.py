"""All addresses, assembled from the rooms."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jinli.site.pages")),
    path("", include("jinli.site.calculator")),
    path("", include("jinli.cases.urls")),
    path("", include("jinli.lines.grid.urls")),
    path("ui/", include("jinli.ui.urls")),
]
if find_spec("jinli.exchange.urls"):
    urlpatterns.append(path("", include("jinli.exchange.urls")))
if find_spec("jinli.site.api"):
    urlpatterns.append(path("api/", import_module("jinli.site.api").api.urls))

handler403 = "jinli.site.views.refused"
