"""Addresses of what is sent down to the town: tasks, their questions, saved reports, the burden."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jinli.exchange.selectors.task_pages import ACTS
from jinli.exchange.views import asks, burden, reports, tasks

_ACTS = [(act, act.replace("_", "-")) for act in dict.fromkeys(act for acts in ACTS.values() for act in acts)]

urlpatterns: list[URLPattern | URLResolver] = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/export/", tasks.export, name="tasks-export"),
    path("tasks/new/", tasks.new, name="task-new"),
    path("tasks/figure/", asks.figure, name="figure"),
    path("tasks/burden/", burden.burden, name="burden"),
    path("tasks/burden/list/", burden.behind, name="burden-list"),
    path("tasks/reports/", reports.reports, name="reports"),
    path("tasks/reports/new/", reports.new, name="report-new"),
    path("tasks/reports/<uuid:saved_id>/", reports.report, name="report"),
    path("tasks/asks/<uuid:ask_id>/", asks.ask, name="ask"),
    path("tasks/<uuid:task_id>/", tasks.task, name="task"),
    path("tasks/<uuid:task_id>/fill/", tasks.fill, name="task-fill"),
    path("tasks/<uuid:task_id>/print/", tasks.printed, name="task-print"),
    *(path(f"tasks/<uuid:task_id>/{slug}/", tasks.task, {"act": act}, f"task-{slug}") for act, slug in _ACTS),
]
