"""All addresses, assembled from the rooms."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("jinli.site.pages"))]
for prefix, module in (
    ("", "jinli.site.calculator"),
    ("ui/", "jinli.ui.urls"),
    ("", "jinli.cases.urls"),
    ("", "jinli.lines.grid.urls"),
    ("", "jinli.exchange.urls"),
):
    if find_spec(module):
        urlpatterns.append(path(prefix, include(module)))
if find_spec("jinli.site.api"):
    urlpatterns.append(path("api/", import_module("jinli.site.api").api.urls))

handler403 = "jinli.site.views.refused"
