"""Addresses of the register of powers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.lines.services.views import powers, recalls

urlpatterns: list[URLPattern | URLResolver] = [
    path("t/<str:town_code>/powers/", powers.public, name="public-powers"),
    path("powers/", powers.powers, name="powers"),
    path("powers/waves/", powers.wave_list, name="waves"),
    path("powers/waves/<int:wave_id>/name/", powers.wave_name, name="wave-name"),
    path("powers/on/", powers.on_day, name="on-day"),
    path("powers/<int:power_id>/", powers.power, name="power"),
    path("powers/<int:power_id>/answer/", powers.answer, name="power-answer"),
    path("powers/<int:power_id>/cases/<str:which>/", powers.cases, name="power-cases"),
    path("powers/<int:power_id>/fill/", powers.fill, name="power-fill"),
    path("powers/<int:power_id>/support/", powers.support, name="power-support"),
    path("powers/<int:power_id>/recall/", recalls.recall, name="power-recall"),
    path("powers/<int:power_id>/progress/", recalls.progress, name="power-progress"),
    path("powers/<int:power_id>/steer/", recalls.steer, name="power-steer"),
]
