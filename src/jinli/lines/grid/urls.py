"""Addresses of the grid line: reports of residents and staff, and the whistle."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jinli.lines.grid.views import filing, intake, public, registers

app_name = "grid"
urlpatterns: list[URLPattern | URLResolver] = [
    path("t/<str:town_code>/report/", public.report, name="report"),
    path("t/<str:town_code>/report/receipt/", public.receipt, name="receipt"),
    path("t/<str:town_code>/track/", public.track, name="track"),
    path("t/<str:town_code>/track/progress/", public.progress, name="progress"),
    path("t/<str:town_code>/track/contest/", public.contest, name="contest"),
    path("t/<str:town_code>/track/rate/", public.rate, name="rate"),
    path("intake/", intake.intake, name="intake"),
    path("intake/receipt/", intake.intake_receipt, name="intake-receipt"),
    path("find/", intake.finding, name="find"),
    path("reports/<uuid:report_id>/file/", filing.file, name="file"),
    path("reports/<uuid:report_id>/exit/", filing.exit, name="exit"),
    path("reports/<uuid:report_id>/reroute/", filing.reroute, name="reroute"),
    path("reports/<uuid:report_id>/solve/", filing.solve, name="solve"),
    path("reports/<uuid:report_id>/call-back/", filing.call_back, name="call-back"),
    path("registers/standards/", registers.standards, name="standards"),
    path("registers/routing/", registers.routing, name="routing"),
    path("registers/whistle-kinds/", registers.whistle_kinds, name="whistle-kinds"),
    path("", include("jinli.lines.grid.whistle_urls")),
]
