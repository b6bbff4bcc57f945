"""Addresses of subsidies (the three acts on a claim, budgets and rules) and of buildings."""

from __future__ import annotations

from django.urls import path

from jinli.lines.services.views import buildings, paying, subsidies

urlpatterns = [
    path("claims/<uuid:claim_id>/grant/", paying.grant, name="claim-grant"),
    path("claims/<uuid:claim_id>/pay/", paying.pay, name="claim-pay"),
    path("claims/<uuid:claim_id>/grant-now/", paying.grant_now, name="claim-grant-now"),
    path("claims/<uuid:claim_id>/pay-now/", paying.pay_now, name="claim-pay-now"),
    path("claims/<uuid:claim_id>/give-up/", paying.give_up, name="claim-give-up"),
    path("buildings/", buildings.buildings, name="buildings"),
    path("buildings/<uuid:building_id>/", buildings.building, name="building"),
    path("subsidies/", subsidies.subsidies, name="subsidies"),
    path("subsidies/<str:subsidy>/<int:year>/", subsidies.subsidy, name="subsidy"),
    path("subsidies/<str:subsidy>/<int:year>/budget/", subsidies.set_budget, name="subsidy-budget"),
    path("subsidies/<str:subsidy>/<int:year>/rules/", subsidies.enter_rule, name="subsidy-rule"),
    path("subsidies/<str:subsidy>/<int:year>/export/", subsidies.export, name="subsidy-export"),
]
