"""Drop two exports of another system into the town in JINLI_HOME that disagree in every way; run inside the town."""

from __future__ import annotations

import time

from jinli.site.cli import prepare

prepare()

from jinli.exchange.models import ImportRun, Source  # noqa: E402
from jinli.exchange.services.dropping import choose_columns, drop_file, make_source, take_rows  # noqa: E402
from jinli.exchange.services.working import run_now  # noqa: E402
from jinli.town.acting import Acting  # noqa: E402
from jinli.town.models import Appointment  # noqa: E402
from jinli.town.moment import frozen_at  # noqa: E402
from tests.cases.small import at  # noqa: E402
from tests.exchange.imports.town import COLUMNS, ticket, written  # noqa: E402
from tests.exchange.reconciling.town import LEGAL, ROWS  # noqa: E402

#: Each kind of difference twice, for the two widths, and a few rows that vanish together.
TIMES, VANISHING = 2, 12
Rows = dict[str, dict[str, str]]


def watcher() -> Acting:
    """Return the command centre of the demonstration."""
    post = Appointment.objects.select_related("duty", "in_name_of__division").get(person__username="command")
    body = post.in_name_of
    return Acting(
        town=body.division_id, person=post.person_id, appointment=post.pk, body=body.code, body_id=body.pk,
        home_id=body.pk, roles=frozenset({post.duty.role}), duty=post.duty.code,
    )  # fmt: skip


def exports() -> tuple[Rows, Rows]:
    """Return the rows of both exports by number; the first two say which days they cover."""
    plain = {"承办单位": "", "办理时限": "2026-09-29 18:00"}
    first = {"GZ-0": ticket("GZ-0", **plain, 派单时间="2026-09-21 08:00")}
    first["GZ-9"] = ticket("GZ-9", **plain, 派单时间="2026-09-27 08:00")
    later = dict(first)
    for turn in range(TIMES):
        for place, (kind, (before, after)) in enumerate(ROWS.items()):
            number = f"GZ-{turn}{place}-{kind.replace('_', '-')}"
            first[number] = ticket(number, **{**plain, **before})
            if after is not None:
                later[number] = ticket(number, **{**plain, **after})
    for number in (f"GZ-7{place:02d}" for place in range(VANISHING)):
        first[number] = ticket(number, **plain)
    return first, later


def _worked(run: ImportRun, on: str) -> None:
    """Work on the run, or wait for the worker of the town when that one has taken it."""
    run_now(run.pk)
    run.refresh_from_db()
    patience = time.monotonic() + 60
    while run.state == on and time.monotonic() < patience:
        time.sleep(0.1)
        run.refresh_from_db()


def take(acting: Acting, source: Source, rows: Rows, when: str) -> None:
    """Drop a file and take all its rows."""
    with frozen_at(at(when)):
        content = [written(list(rows.values()))]
        run = drop_file(acting=acting, name=f"工单导出{when[:10]}.csv", chunks=content, source=source)
        if run.state == "dropped":
            run = choose_columns(acting=acting, run_id=run.pk, version=run.version, source=source, columns=COLUMNS)
        _worked(run, "reading")
        take_rows(acting=acting, run_id=run.pk, version=run.version, take="all")
        _worked(run, "taking")
        assert run.state == "done", run.error


acting = watcher()
source = make_source(acting=acting, name="12345 热线（演示）", kind="tickets", code="hotline")
source.rules = [LEGAL]
source.save()
before, after = exports()
take(acting, source, before, "2026-09-28 10:05")
take(acting, source, after, "2026-09-29 09:00")
