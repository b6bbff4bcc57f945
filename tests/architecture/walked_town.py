"""The small towns at work: procedures and calendars loaded, and in each town a report and a whistle on its way."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from PIL import Image

from jinli.cases import book, editions
from jinli.cases.editions import load_procedure
from jinli.cases.models import Assignment, Attachment, Case, Paper, PaperTemplate
from jinli.cases.services import OpenCase, make_move, open_case
from jinli.cases.services.attaching import Upload, attach
from jinli.cases.services.keys import next_number
from jinli.cases.services.linking import make_link
from jinli.cases.services.mirroring import MirrorOpening, open_mirrors
from jinli.cases.services.moving import MakeMove
from jinli.cases.services.opening import prepare, write_new
from jinli.cases.work import take
from jinli.domain.limits import TimeLimit, Unit
from jinli.exchange.models import Difference, ImportRun, Layout, Mirror, NameLink, Source, Task
from jinli.exchange.services.dropping import drop_file, make_source
from jinli.exchange.services.reports import save_report
from jinli.exchange.services.tasks import Received, receive
from jinli.lines.services.models import Publication, Season
from jinli.lines.services.services.publishing import keep_seasons, publish_bundles
from jinli.lines.services.services.rating import bad_rating_of
from jinli.lines.services.services.supplying import applicant_of
from jinli.packs.bundles import BundleItemRow, BundleRow
from jinli.packs.faults import Faults
from jinli.packs.papers import papers
from jinli.packs.sections import content_of
from jinli.town.acting import Acting, resident
from jinli.town.models import Appointment, Delegation, DelegationWave, Division, OfficeHours
from jinli.town.moment import now
from jinli.town.stamps import renew_time_stamps
from jinli.town.tokens import issue_token
from tests.architecture.walked_money import add_money
from tests.cases.papers import issued_on
from tests.cases.small import STANDARD, load_years
from tests.domain.procedures import WHISTLE_TERMS, sources
from tests.exchange.sheets.forms import add_layout, add_sheet
from tests.lines.services.items import draft, item, publish, shell
from tests.lines.services.season import SEASON
from tests.town.small_town import SmallTown, build

LOADED_AT = datetime(2026, 1, 1, tzinfo=UTC)
BODIES = {"owner": "command", "handler": "command", "leader": "town", "arbiter": "arbitration"}
TEN_DAYS = {"handle": TimeLimit(amount=10, unit=Unit.WORKING_DAY)}


def build_at_work() -> SmallTown:
    """Build both towns and set each to work; return the first."""
    book.forget()
    editions.forget()
    town = build()
    nation = Division.objects.get(level=Division.Level.NATIONAL)
    load_years(nation)
    for found in sources():
        load_procedure(nation, found, LOADED_AT)
    for one in (town, town.neighbour):
        OfficeHours.objects.create(
            division=one.division, spans=[["08:30", "12:00"], ["14:30", "17:30"]], status="sample"
        )
        one.division.refresh_from_db()
        if one is not town:  # numbers are counted by town: those of the neighbour shall not be found here by chance
            for prefix in ("网", "哨", "交", "补", "备", "证"):
                next_number(one.division, prefix, now(), count=500)
        _set_to_work(one)
        _give_power(one)
        _apply(one)
        _prescribe(one)
        add_money(one)
        add_bad_rating(one)
        publish(one.division, item(f"road_{one.key}"), shell(f"pass_{one.key}"))
        draft(one.division, item(f"road_{one.key}", name="改写中"))
        _offer_together(one)
    return town


def _offer_together(town: SmallTown) -> None:
    """Publish a bundle of two matters, and announce a season in which nobody applies yet."""
    publish(town.division, item(f"sign_{town.key}"))
    parts = (BundleItemRow(item=f"road_{town.key}"), BundleItemRow(item=f"sign_{town.key}"))
    bundle = BundleRow(code=f"bundle_{town.key}", name=f"开店{town.key}", items=parts, source="测试")
    publish_bundles(town=town.division, contents={bundle.code: content_of(bundle)}, at=now())
    season = replace(SEASON, code=f"season_{town.key}", name=f"招生{town.key}", owner="water")
    keep_seasons(town=town.division, contents={season.code: content_of(season)}, at=now())
    Season.objects.filter(town=town.division).update(announced_at=now())
    town.division.refresh_from_db()


def _give_power(town: SmallTown) -> None:
    """Give a town one power that the county handed down, in one wave."""
    wave = DelegationWave.objects.create(
        town=town.division, code="first", ordinal=1, title="第一批（演示）", matters=3, status="simulated"
    )
    Delegation.objects.create(
        town=town.division, code=f"power-{town.key}", item="shop_sign", title=f"招牌{town.key}（演示）", wave=wave,
        mode="direct", authority=town.body("water"), to_body=town.body("town"), instrument="赋权文件（演示）",
        valid_from=date(2022, 6, 1), status="simulated", source="模拟",
    )  # fmt: skip
    renew_time_stamps(town.division)
    town.division.refresh_from_db()


def power_of(town: SmallTown) -> Delegation:
    """Return the power of a town."""
    return Delegation.objects.get(town=town.division)


def report_of(town: SmallTown) -> Case:
    """Return the report of a town."""
    return Case.objects.get(town=town.division, procedure__startswith="grid_report/")


def whistle_of(town: SmallTown) -> Case:
    """Return the whistle of a town, dispatched to a department of the county."""
    return Case.objects.get(town=town.division, procedure__startswith="whistle/")


def paper_of(town: SmallTown) -> Paper:
    """Return the paper that hangs on the whistle of a town."""
    return Paper.objects.get(case=whistle_of(town))


def application_of(town: SmallTown) -> Case:
    """Return the application that came in at a town's window."""
    return Case.objects.get(town=town.division, procedure__startswith="licence/")


def rated_of(town: SmallTown) -> Case:
    """Return the bad rating of that application."""
    return Case.objects.get(town=town.division, type_code="bad_rating")


def add_bad_rating(town: SmallTown) -> None:
    """Open the case that a bad rating of the application would open."""
    matter = application_of(town)
    spec = bad_rating_of(take(matter.pk)[0], score=1, note="等了很久")
    work, found = prepare(acting=applicant_of(town.division), town=town.division, spec=spec, now=now(), origin=matter)
    write_new([work], [found])


def publication_of(town: SmallTown) -> Publication:
    """Return what a town published of a decision."""
    return Publication.objects.get(town=town.division)


def task_of(town: SmallTown) -> Task:
    """Return what was sent down to a town."""
    return Task.objects.get(town=town.division)


def assignment_of(town: SmallTown) -> Assignment:
    """Return the assignment of the department that the whistle of a town went to."""
    return Assignment.objects.get(case=whistle_of(town))


def file_of(case: Case) -> Attachment:
    """Return the file that hangs on a case."""
    return Attachment.objects.get(case=case)


def run_of(town: SmallTown) -> ImportRun:
    """Return the export that was dropped in a town and waits for its columns."""
    return ImportRun.objects.get(town=town.division, state="dropped")


def source_of(town: SmallTown) -> Source:
    """Return the other system whose exports a town drops."""
    return Source.objects.get(town=town.division)


def difference_of(town: SmallTown) -> Difference:
    """Return what a town and that system disagree about."""
    return Difference.objects.get(town=town.division)


def _picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (2, 2)).save(held, "PNG")
    return held.getvalue()


def _prescribe(town: SmallTown) -> None:
    """Give a town a form of another system and a layout that no other town has, with personal values in both."""
    name = {"label": "报告人", "value": "reporter_name"}
    add_sheet(town.division, f"form-{town.key}", serves=("grid_report", "whistle"), fields=[name])
    add_layout(town.division, f"list-{town.key}", columns=[{"heading": "报告人", "value": "reporter_name"}])


def _apply(town: SmallTown) -> None:
    """Receive an application for a licence at the window, and publish a decision on it."""
    for row in papers(STANDARD, Faults(), prefix="", own=False).values():
        PaperTemplate.objects.create(town=town.division, code=row.code, content=content_of(row), loaded_at=LOADED_AT)
    spec = OpenCase(
        type_code="licence", title="占用城市道路", channel="public", class_code="road",
        bodies={"window": "hall", "owner": "water", "leader": "town"},
        terms={"decide": TimeLimit(amount=20, unit=Unit.WORKING_DAY)}, facts={"materials": {"form": "given"}},
        private={"name": "梁某某", "telephone": "13800000426", "form": {}},
        papers={"receipt": {"applicant": "梁某某"}},
    )  # fmt: skip
    open_case(acting=resident(town.division.pk), town=town.division, spec=spec)
    Publication.objects.create(
        town=town.division, case=application_of(town), decided_on=now().date(), published_at=now(),
        content={"content": "占用城市道路", "holder": "梁**"},
    )  # fmt: skip


def _set_to_work(town: SmallTown) -> None:
    place, command = town.places["东村"], town.acting("command_centre")
    private = {"text": "排水口乳白色污水", "name": "梁某某", "telephone": "13800000426"}
    spec = OpenCase(
        type_code="grid_report", title="排水口污水", channel="public", bodies=BODIES, private=private, place=place
    )
    open_case(acting=resident(town.division.pk), town=town.division, spec=spec)
    _move(report_of(town), "file", command, given={"standard": "0402-1", "handler": "command"}, terms=TEN_DAYS)
    asked = {"kind": "ordinary", "duty_line": "47", "lead": "water", "reason": "镇无权取样"}
    linked = OpenCase(
        type_code="whistle",
        title="排水口污水",
        channel="page",
        given=asked,
        terms=WHISTLE_TERMS,
        bodies=BODIES,
        place=place,
    )
    _move(report_of(town), "blow", command, given=asked, linked=linked)
    _move(whistle_of(town), "approve", town.acting("town_head"))
    _move(whistle_of(town), "dispatch", command, given={"lead": "water", "assisting": []})
    rows = "工单编号,派单时间\nGZ-1,2026-01-05 09:00\n".encode()
    drop_file(acting=command, name="导出.csv", chunks=[rows])
    town.tokens["reply"] = make_link(acting=command, assignment=assignment_of(town), seed="walk")
    told = Received(
        asker="", asker_name=f"{town.county.name}某局", way="chat", asks=("本月办结件数",), received_at=now()
    )
    receive(acting=command, town=town.division, told=told)
    save_report(acting=command, task=task_of(town), title="月报")
    machine = Appointment.objects.get(person=town.person("village_officer"))
    issue_token(by=town.acting("administrator"), appointment=machine, name="网格平台", days=30)
    _disagree(town)
    for serial, case in enumerate((report_of(town), whistle_of(town)), start=1):
        issued_on(case, serial)
    for case in (report_of(town), whistle_of(town)):
        act = MakeMove(case=case.pk, move="comment", version=case.version, given={"note": "附件"})
        attach(acting=command, act=act, uploads=[Upload(name="说明.png", content=_picture())])


def _disagree(town: SmallTown) -> None:
    """Import a matter of another system that a later export no longer has."""
    command = town.acting("command_centre")
    source = make_source(acting=command, name="热线平台", kind="tickets", code="hotline")
    spec = OpenCase(
        type_code="mirror", title="路灯", channel="import", bodies={"owner": "command", "handler": "command"},
        system_of_record="external:hotline", foreign_number="RX-1", happened_at=now(),
    )  # fmt: skip
    moved = open_mirrors(acting=command, town=town.division, openings=[MirrorOpening(spec=spec)], now=now())[0]
    run = ImportRun.objects.create(
        town=town.division, source=source, file_name="导出.csv", sha256="0" * 64, size=1, state="done",
        dropped_by_id=command.person, body_id=command.body_id, dropped_at=now(), taken_at=now(),
    )  # fmt: skip
    mirror = Mirror.objects.create(
        case_id=moved.case, town=town.division, source=source, foreign_number="RX-1", first_run=run, last_run=run,
        values={"opened_at": spec.happened_at.isoformat()} if spec.happened_at else {}, vanished_run=run,
    )  # fmt: skip
    Difference.objects.create(
        town=town.division, mirror=mirror, run=run, kind="vanished", here="RX-1", owner="there", opened_at=now()
    )
    made = {"source": source, "made_by_id": command.person, "made_at": now()}
    Layout.objects.create(**made, signature="0" * 64, columns={"foreign_number": "编号"})
    NameLink.objects.create(**made, kind="body", text="甲局", code="water")


def _move(case: Case, move: str, acting: Acting, **more: object) -> None:
    make_move(acting=acting, act=MakeMove(case=case.pk, move=move, version=case.version, **more))  # type: ignore[arg-type]
