"""A town that drops exports: a source, a file made of rows, a run taken to its end."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from jinli.exchange.models import ImportRun, Source
from jinli.exchange.services.dropping import choose_columns, drop_file, make_source, take_rows
from jinli.exchange.services.working import run_now
from jinli.town.acting import Acting
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at

HEADINGS = {
    "工单编号": "foreign_number",
    "诉求标题": "title",
    "诉求内容": "text",
    "派单时间": "opened_at",
    "办理时限": "due_at",
    "办结时间": "closed_at",
    "承办单位": "body_name",
    "所属村居": "place_name",
    "问题类别": "class_name",
    "办理状态": "stage",
    "联系人": "reporter_name",
    "联系电话": "reporter_phone",
}
COLUMNS = {field: heading for heading, field in HEADINGS.items()}
MONDAY = at("2026-09-28 10:05")


def ticket(number: str, **cells: str) -> dict[str, str]:
    """Return one row of a hotline export, open since Thursday, due on Wednesday at six."""
    row = {
        "工单编号": number,
        "诉求标题": "路灯不亮",
        "诉求内容": "测试甲反映门口路灯不亮",
        "派单时间": "2026-09-24 09:00",
        "办理时限": "2026-09-30 18:00",
        "办结时间": "",
        "承办单位": "water",
        "所属村居": "东围村",
        "问题类别": "路灯",
        "办理状态": "办理中",
        "联系人": "测试甲",
        "联系电话": "00000000001",
    }
    return {**row, **{name: value for name, value in cells.items() if name in row}}


def written(rows: Sequence[Mapping[str, str]], encoding: str = "utf-8") -> bytes:
    """Return the rows as a CSV file."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(HEADINGS))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def hotline(small: Small, **more: Any) -> Source:
    """Make the source."""
    return make_source(acting=small.command, name="12345 热线", kind="tickets", code="hotline", **more)


def dropped(
    small: Small, source: Source, rows: Sequence[Mapping[str, str]], *, acting: Acting | None = None
) -> ImportRun:
    """Drop a file and go through it dry."""
    acting = acting or small.command
    run = drop_file(acting=acting, name="导出.csv", chunks=[written(rows)], source=source)
    if run.state == "dropped":
        run = choose_columns(acting=acting, run_id=run.pk, version=run.version, source=source, columns=COLUMNS)
    run_now(run.pk)
    run.refresh_from_db()
    return run


def taken(
    small: Small,
    source: Source,
    rows: Sequence[Mapping[str, str]],
    *,
    take: str = "all",
    when: str = "2026-09-28 10:05",
) -> ImportRun:
    """Drop a file and take its rows."""
    with frozen_at(at(when)):
        run = dropped(small, source, rows)
        assert run.state == "ready", run.error
        take_rows(acting=small.command, run_id=run.pk, version=run.version, take=take)
        run_now(run.pk)
        run.refresh_from_db()
    return run
