"""Addresses of the comparison with other systems."""

from __future__ import annotations

from django.urls import URLPattern, path

from jinli.exchange.views import differences

urlpatterns: list[URLPattern] = [
    path("differences/", differences.differences, name="differences"),
    path("differences/export/", differences.export, name="differences-export"),
    path("differences/accept-many/", differences.accept_many, name="differences-accept-many"),
    path("differences/accepted-many/", differences.accepted_many, name="differences-accepted-many"),
    path("differences/<int:difference_id>/accept/", differences.accept, name="difference-accept"),
    path("differences/<int:difference_id>/dispute/", differences.dispute, name="difference-dispute"),
]
