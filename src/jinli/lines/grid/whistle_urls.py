"""Addresses of the whistle."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.lines.grid.views import links, replies, whistles

urlpatterns: list[URLPattern | URLResolver] = [
    path("whistles/blow/<uuid:report_id>/", whistles.blow, name="whistle-blow"),
    path("whistles/<uuid:whistle_id>/approve/", whistles.approve, name="whistle-approve"),
    path("whistles/<uuid:whistle_id>/dispatch/", whistles.dispatch, name="whistle-dispatch"),
    path("whistles/<uuid:whistle_id>/links/", links.links, name="whistle-links"),
    path("whistles/<uuid:whistle_id>/refuse/", whistles.refuse, name="whistle-refuse"),
    path("whistles/<uuid:whistle_id>/arbitrate/", whistles.arbitrate, name="whistle-arbitrate"),
    path("whistles/<uuid:whistle_id>/verify/", whistles.verify, name="whistle-verify"),
    path("whistles/<uuid:whistle_id>/arrival/", whistles.arrival, name="whistle-arrival"),
    path("whistles/<uuid:whistle_id>/telephone/", whistles.telephone, name="whistle-telephone"),
    path("whistles/<uuid:whistle_id>/rate/", whistles.rate, name="whistle-rate"),
    path("t/<str:town_code>/reply/<str:token>/", replies.reply, name="reply"),
]
