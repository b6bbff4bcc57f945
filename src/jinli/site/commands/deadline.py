"""Tell when a limit is due and how it is reckoned: one limit, or a table. No database is needed."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from jinli.domain.calendar import WorkCalendar
from jinli.domain.deadlines import DueMoment
from jinli.domain.errors import DomainError, InvalidInputError
from jinli.domain.explanation import explain
from jinli.domain.limits import EndRule, Unit
from jinli.domain.written import WrittenLimit, read_limit
from jinli.site.cli import language
from jinli.site.standard_calendar import TOWN_ZONE, standard_calendar
from jinli.ui.wording_time import explanation_cell, explanation_lines, word_due
from jinli.ui.words_time import WORDS

HELP = "算一个时限到哪一天，逐日说明；--csv 算一张表 / tell when a limit is due, day by day; --csv for a table"
COLUMNS = ("start", "amount", "unit", "due", "provisional", "explanation")
_NEEDED = COLUMNS[:3]
_EPILOG = """\
例 / examples:
  jinli deadline "2026-09-24 10:00" 5 工作日
  jinli deadline 2026-09-10 20 working_day --pause 2026-09-22/2026-10-20 --pause-article 行政许可法第四十五条
  jinli deadline "2026-09-18 11:40" 4 working_hour --lang en
  jinli deadline --csv limits.csv > due.csv

单位 / units:
  working_day 工作日   calendar_day 自然日   working_hour 工作时   urgent_hour 连续小时
  minute 分钟          month 月              year 年
表 / table:
  start,amount,unit[,pauses]   pauses = begin/end;begin/end
  -> start,amount,unit,due,provisional,explanation
到期 / due:
  日、月、年为最后一日，小时、分钟为带时区的时刻
  the last day of days, months and years; an instant with its offset for hours and minutes
坏行 / bad rows:
  due 留空，原因写在 explanation，其余照算，退出码 1
  due stays empty, the reason is told in explanation, the rest goes on, exit code 1
办公时间为样本 / office hours are a sample: 08:30-12:00, 14:30-17:30
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the limit as arguments, or the table."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument("start", nargs="?", help="起算时间 / start, such as 2026-09-24 or 2026-09-24T10:00")
    parser.add_argument("amount", nargs="?", help="多少，整数 / whole number")
    parser.add_argument("unit", nargs="?", help="单位，中文或英文 / unit, see below")
    parser.add_argument(
        "--pause", action="append", default=[], metavar="BEGIN/END", help="暂停，可重复 / a pause, repeatable"
    )
    parser.add_argument("--pause-article", default="", metavar="TEXT", help="暂停的依据 / article of the pauses")
    parser.add_argument("--article", default="", metavar="TEXT", help="时限的依据 / article of the limit")
    parser.add_argument(
        "--end-rule",
        choices=[rule.value for rule in EndRule],
        default=EndRule.ROLL.value,
        help="最后一日遇休息日：roll 顺延（法定，默认），stay 不顺延（镇标准） / when the last day is a rest day",
    )
    parser.add_argument("--csv", metavar="FILE", help="算一张表，- 为标准输入 / a table, - for standard input")
    parser.add_argument("--lang", choices=["zh", "en"], help="语言 / language of the explanation")
    parser.add_argument(
        "--zone", default=TOWN_ZONE, help=f"没写时区的时间用它，默认 {TOWN_ZONE} / zone of moments without one"
    )


def run(args: argparse.Namespace) -> int:
    """Answer one limit or a table; 1 if a row of the table was bad."""
    lang = args.lang or language()[:2]
    calendar = standard_calendar(zone=args.zone)
    if args.csv is not None:
        return _table(args, calendar, lang)
    if args.start is None or args.amount is None or args.unit is None:
        raise InvalidInputError("domain.time.nothing_given", field="start")
    written = read_limit(
        args.start,
        args.amount,
        args.unit,
        calendar,
        pauses=";".join(args.pause),
        end_rule=EndRule(args.end_rule),
        article=args.article,
        pause_article=args.pause_article,
    )
    explanation = explain(written.started_at, written.limit, calendar, written.pauses)
    print(word_due(explanation.due, lang=lang, calendar=calendar, marks=True))
    for line in explanation_lines(
        explanation, lang=lang, clock=written.has_clock, pause_clock=written.pauses_have_clock
    ):
        print(line)
    if written.limit.unit is Unit.WORKING_HOUR:
        print(WORDS["domain.note.sample_hours"][1 if lang == "en" else 0])
    return 0


def _table(args: argparse.Namespace, calendar: WorkCalendar, lang: str) -> int:
    """Write the table with due moments to standard output."""
    rows = list(_rows(args.csv))
    out = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    out.writeheader()
    bad = 0
    for row in tqdm(rows, desc="deadline", unit=" rows", file=sys.stderr, disable=None):
        answer = {name: row.get(name) or "" for name in _NEEDED}
        try:
            written = read_limit(
                answer["start"],
                answer["amount"],
                answer["unit"],
                calendar,
                pauses=row.get("pauses") or "",
                end_rule=EndRule(args.end_rule),
                article=args.article,
                pause_article=args.pause_article,
            )
            explanation = explain(written.started_at, written.limit, calendar, written.pauses)
        except DomainError as error:
            bad += 1
            words = WORDS[error.code][1 if lang == "en" else 0].format(**error.facts)
            out.writerow({**answer, "due": "", "provisional": "", "explanation": words})
            continue
        out.writerow(
            {
                **answer,
                "due": _due(explanation.due, written, calendar),
                "provisional": "true" if explanation.due.provisional else "false",
                "explanation": explanation_cell(
                    explanation, lang=lang, clock=written.has_clock, pause_clock=written.pauses_have_clock
                ),
            }
        )
    return 1 if bad else 0


def _due(due: DueMoment, written: WrittenLimit, calendar: WorkCalendar) -> str:
    """Return the last day of day units, else the instant with its offset."""
    if written.limit.unit.counts_days:
        return str(due.last_day)
    local: datetime = due.at.astimezone(calendar.zone)
    return local.isoformat()


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table, UTF-8 with or without mark, or the Chinese encoding of spreadsheets.

    Raises InvalidInputError `domain.time.table_missing`, `domain.time.table_columns`.
    """
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InvalidInputError("domain.time.table_missing", field="csv", value=name, why=error.strerror) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    found = [column.strip().lower() for column in reader.fieldnames or ()]
    missing = [column for column in _NEEDED if column not in found]
    if missing:
        raise InvalidInputError("domain.time.table_columns", field="csv", missing=", ".join(missing))
    reader.fieldnames = found
    yield from reader
