"""Addresses of intake: applying online, one's own applications, sign-in of applicants, the counter."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.lines.services.views import applications, counter, counter_together, grants, identity, online, papers

_APPLY = "t/<str:town_code>/services/<str:item_code>/apply/"
_MINE = "t/<str:town_code>/applications/"
_GRANTS = "t/<str:town_code>/my-grants/"
_TOGETHER = "counter/together/<str:together_code>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_APPLY, online.begin, name="apply"),
    path(f"{_APPLY}fill/", online.fill, name="apply-fill"),
    path(f"{_APPLY}check/", online.check, name="apply-check"),
    path(f"{_APPLY}saved/", online.saved, name="apply-saved"),
    path(_MINE, applications.mine, name="applications"),
    path(f"{_MINE}receipt/", applications.receipt, name="apply-receipt"),
    path(f"{_MINE}resume/", applications.resume, name="apply-resume"),
    path(f"{_MINE}one/", applications.one, name="application"),
    path(f"{_MINE}hand-in/", applications.hand_in, name="application-hand-in"),
    path(f"{_MINE}withdraw/", applications.take_back, name="application-withdraw"),
    path(f"{_MINE}rate/", applications.rate_it, name="application-rate"),
    path(f"{_MINE}paper.pdf", papers.one, name="my-paper"),
    path(_GRANTS, grants.mine, name="my-grants"),
    path(f"{_GRANTS}one/", grants.one, name="my-grant"),
    path(f"{_GRANTS}renew/", grants.renew, name="my-grant-renew"),
    path(f"{_GRANTS}change/", grants.change, name="my-grant-change"),
    path("t/<str:town_code>/applicant/", identity.sign_in, name="applicant-sign-in"),
    path("t/<str:town_code>/applicant/back/", identity.back, name="applicant-back"),
    path("t/<str:town_code>/applicant/sign-out/", identity.sign_out, name="applicant-sign-out"),
    path("t/<str:town_code>/identity/", identity.identity, name="identity"),
    path("t/<str:town_code>/counter/display/", counter.display, name="counter-display"),
    path("counter/", counter.counter, name="counter"),
    path("counter/kiosk/", counter.kiosk, name="counter-kiosk"),
    path("counter/call/", counter.call, name="counter-call"),
    path("counter/end/", counter.end, name="counter-end"),
    path("counter/resume/", counter.resume, name="counter-resume"),
    path("counter/receipt/", counter.receipt, name="counter-receipt"),
    path("counter/together/", counter_together.run, name="counter-together-run"),
    path(_TOGETHER, counter_together.begin, name="counter-together-begin"),
    path(f"{_TOGETHER}fill/", counter_together.fill, name="counter-together-fill"),
    path(f"{_TOGETHER}check/", counter_together.check, name="counter-together-check"),
    path(f"{_TOGETHER}saved/", counter_together.saved, name="counter-together-saved"),
    path("counter/start/<str:matter_code>/", counter.begin, name="counter-begin"),
    path("counter/start/<str:matter_code>/fill/", counter.fill, name="counter-fill"),
    path("counter/start/<str:matter_code>/check/", counter.check, name="counter-check"),
    path("counter/start/<str:matter_code>/saved/", counter.saved, name="counter-saved"),
]
