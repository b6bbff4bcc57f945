"""Addresses of the desk: acts on applications, and what was published."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.lines.services.views import acts, following, hearings, publications, reading

urlpatterns: list[URLPattern | URLResolver] = [
    path("t/<str:town_code>/published/", publications.listed, name="published"),
    path("t/<str:town_code>/published/export/", publications.exported, name="published-export"),
    path("publications/<uuid:publication_id>/", publications.settle, name="settle"),
    path("matters/<uuid:matter_id>/accept/", acts.accept, name="accept"),
    path("matters/<uuid:matter_id>/not-accepted/", acts.refuse_acceptance, name="refuse-acceptance"),
    path("matters/<uuid:matter_id>/hand-over/", acts.hand_over, name="hand-over"),
    path("matters/<uuid:matter_id>/correct/", acts.correct, name="correct"),
    path("matters/<uuid:matter_id>/supply/", acts.supply, name="supply"),
    path("matters/<uuid:matter_id>/ask/", acts.ask, name="ask"),
    path("matters/<uuid:matter_id>/opinion/", acts.opinion, name="opinion"),
    path("matters/<uuid:matter_id>/special/", acts.special, name="special"),
    path("matters/<uuid:matter_id>/extend/", acts.extend, name="extend"),
    path("matters/<uuid:matter_id>/verify/", acts.verify, name="verify"),
    path("matters/<uuid:matter_id>/decide/", acts.decide, name="decide"),
    path("matters/<uuid:matter_id>/deliver/", acts.deliver, name="deliver"),
    path("matters/<uuid:matter_id>/publish/", publications.publish, name="publish"),
    path("matters/<uuid:matter_id>/end/", acts.end, name="end"),
    path("matters/<uuid:matter_id>/withdraw/", acts.withdraw, name="withdraw"),
    path("matters/<uuid:matter_id>/submit/", acts.submit, name="submit"),
    path("matters/<uuid:matter_id>/hearing/tell/", hearings.tell, name="tell-hearing"),
    path("matters/<uuid:matter_id>/hearing/ask/", hearings.ask, name="ask-hearing"),
    path("matters/<uuid:matter_id>/hearing/summon/", hearings.summon, name="summon-hearing"),
    path("matters/<uuid:matter_id>/hearing/hold/", hearings.hold, name="hold-hearing"),
    path("matters/<uuid:matter_id>/grant-on-promise/", following.on_promise, name="grant-on-promise"),
    path("matters/<uuid:matter_id>/check/", following.check, name="check"),
    path("matters/<uuid:matter_id>/revoke/", following.revoke, name="revoke-promised"),
    path("matters/<uuid:matter_id>/visit/", following.visit, name="visit"),
    path("matters/<uuid:matter_id>/publicity/", following.publicity, name="publicity"),
    path("matters/<uuid:matter_id>/objection/", following.objection, name="objection"),
    path("matters/<uuid:matter_id>/complete/", following.complete, name="complete"),
    path("matters/<uuid:matter_id>/reclaim/", following.reclaim, name="reclaim"),
    path("matters/<uuid:matter_id>/stake-out/", following.stake_out, name="stake-out"),
    path("matters/<uuid:matter_id>/built/", following.built, name="built"),
    path("matters/<uuid:matter_id>/enforce/", following.enforce, name="enforce"),
    path("matters/<uuid:matter_id>/looked/", following.looked, name="looked"),
    path("matters/<uuid:matter_id>/sent-back/", following.sent_back, name="sent-back"),
    path("matters/<uuid:matter_id>/done-there/", following.done_there, name="done-there"),
    path("matters/<uuid:matter_id>/refused-there/", following.refused_there, name="refused-there"),
    path("matters/<uuid:matter_id>/form/", reading.form, name="form"),
]
