"""Addresses of the staff pages of cases."""

from __future__ import annotations

from django.urls import path

from jinli.cases.views import case, erasing, files, grants, lists, moves, notices, papers, queue, seals

app_name = "cases"
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("queue/export/", queue.export, name="queue-export"),
    path("queue/assign/", queue.assign, name="queue-assign"),
    path("cases/", lists.cases, name="list"),
    path("cases/export/", lists.export, name="list-export"),
    path("whistles/", lists.whistles, name="whistles"),
    path("whistles/export/", lists.export_whistles, name="whistles-export"),
    path("search/", lists.search, name="search"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read, name="notices-read"),
    path("grants/", grants.grants, name="grants"),
    path("grants/export/", grants.export, name="grants-export"),
    path("grants/<uuid:grant_id>/", grants.grant, name="grant"),
    path("grants/<uuid:grant_id>/change/", grants.change, name="grant-change"),
    path("grants/<uuid:grant_id>/renew/", grants.renew, name="grant-renew"),
    path("cases/<uuid:case_id>/", case.case, name="case"),
    path("cases/<uuid:case_id>/erase/", erasing.erase, name="erase"),
    path("registers/erasure/", erasing.find, name="erase-find"),
    path("t/<str:town_code>/seals/", seals.seals, name="seals"),
    path("t/<str:town_code>/verify/", papers.verify_by_number, name="verify-number"),
    path("v/<str:paper_token>/", papers.verify, name="verify"),
    path("papers/<uuid:paper_id>.pdf", papers.paper, name="paper"),
    path("papers/<uuid:paper_id>/state/", papers.state, name="paper-state"),
    path("cases/<uuid:case_id>/file.pdf", papers.bound, name="bound"),
    path("cases/<uuid:case_id>/print/", case.printed, name="print"),
    path("cases/<uuid:case_id>/file/", case.whole_file, name="file"),
    path("cases/<uuid:case_id>/reporter/", case.reporter, name="reporter"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/", files.download, name="file-download"),
    path("cases/<uuid:case_id>/moves/<str:move>/", moves.move, name="move"),
]
