"""Addresses of the catalogue of government matters: for the public, and for the office."""

from __future__ import annotations

from django.urls import path

from jinli.lines.services.views import catalogue, public

urlpatterns = [
    path("t/<str:town_code>/services/", public.front, name="front"),
    path("t/<str:town_code>/services/catalogue.jsonld", public.linked_json, name="jsonld"),
    path("t/<str:town_code>/services/catalogue.ttl", public.linked_turtle, name="turtle"),
    path("t/<str:town_code>/services/<slug:item_code>/", public.item, name="item"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/export/", catalogue.export, name="catalogue-export"),
    path("catalogue/workbook/", catalogue.workbook, name="workbook"),
    path("catalogue/workbook/keep/", catalogue.keep, name="workbook-keep"),
    path("catalogue/items/<slug:catalogue_code>/", catalogue.catalogue_item, name="catalogue-item"),
    path("catalogue/editions/<int:edition_id>/review/", catalogue.review, name="edition-review"),
    path("catalogue/editions/<int:edition_id>/return/", catalogue.give_back, name="edition-return"),
    path("catalogue/editions/<int:edition_id>/publish/", catalogue.publish_edition, name="edition-publish"),
    path("catalogue/editions/<int:edition_id>/withdraw/", catalogue.withdraw_edition, name="edition-withdraw"),
]
