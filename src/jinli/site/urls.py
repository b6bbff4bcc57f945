"""All addresses, assembled from the rooms."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from jinli.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jinli.site.pages")),
    path("", include("jinli.site.calculator")),
    path("", include("jinli.site.board_pages")),
    path("", include("jinli.cases.urls")),
    path("", include("jinli.lines.grid.urls")),
    path("", include("jinli.lines.services.urls")),
    path("ui/", include("jinli.ui.urls")),
    path("api/v1/", api.urls),
]
if find_spec("jinli.exchange.urls"):
    urlpatterns.append(path("", include("jinli.exchange.urls")))

handler403 = "jinli.site.views.refused"
handler404 = "jinli.site.views.not_found"
