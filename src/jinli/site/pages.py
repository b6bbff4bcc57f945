"""The site's own addresses: home, account, registers."""

from __future__ import annotations

from django.urls import path

from jinli.site.views import account, home, interface, people, registers, tokens

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("t/<str:town_code>/", home.town, name="town"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("api/", interface.interface, name="interface"),
    path("hat/", account.hat, name="hat"),
    path("language/", account.language, name="language"),
    path("account/password/", account.password, name="password"),
    path("registers/", registers.index, name="registers"),
    path("registers/access/", registers.access_log, name="access-log"),
    path("registers/tokens/", tokens.tokens, name="tokens"),
    path("registers/tokens/<uuid:token_id>/revoke/", tokens.revoke, name="token-revoke"),
    path("registers/organisations/", registers.organisations, name="organisations"),
    path("registers/duty-lines/", registers.duty_lines, name="duty-lines"),
    path("registers/places/", registers.places, name="places"),
    path("registers/places/<int:place_id>/fill/", registers.place_fill, name="place-fill"),
    path("registers/facts/", registers.facts, name="facts"),
    path("registers/people/", people.people, name="people"),
    path("registers/people/new/", people.new, name="person-new"),
    path("registers/people/<uuid:person_id>/", people.person, name="person"),
    path("registers/people/<uuid:person_id>/appoint/", people.appoint, name="person-appoint"),
    path("registers/people/<uuid:person_id>/password/", people.reset, name="person-password"),
    path("registers/appointments/<int:appointment_id>/end/", people.end, name="appointment-end"),
]
