"""The licence of the standard with its papers, the standard templates, and a town that issues them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pypdf import PdfReader

from jinli.cases.editions import load_procedure
from jinli.cases.models import Case, Paper, PaperTemplate
from jinli.cases.papers.composing import compose, stated
from jinli.cases.services import OpenCase, make_move, open_case
from jinli.cases.services.issuing import official_number
from jinli.cases.services.moving import MakeMove
from jinli.domain.journal import canonical, commitment
from jinli.domain.limits import TimeLimit, Unit
from jinli.packs.faults import Faults
from jinli.packs.papers import papers
from jinli.packs.sections import content_of
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.moment import frozen_at
from jinli.town.stamps import renew_time_stamps
from tests.cases.small import STANDARD, Small, at
from tests.domain.procedures import source

LOADED_AT = datetime(2026, 1, 1, tzinfo=UTC)
BODIES = {"window": "government", "owner": "government", "leader": "government"}
TERMS = {
    "decide": TimeLimit(amount=20, unit=Unit.WORKING_DAY, article="行政许可法第四十二条"),
    "supply": TimeLimit(amount=10, unit=Unit.WORKING_DAY),
}
APPLICANT = "梁大明"
_LEAST = {
    "item": "临时占用道路",
    "town": "某镇",
    "seal_body": "某镇人民政府",
    "body": "某镇人民政府",
    "day": "2026年9月21日",
}
#: Which moves of the licence issue what.
ISSUED = {
    "receive": ["receipt"],
    "accept": ["acceptance"],
    "one_time_notice": ["one_time_notice"],
    "grant": ["decision_grant", "decision_refuse", "certificate"],
    "extend": ["extension"],
}
RECEIPT = {"receipt": {"applicant": APPLICANT, "materials": ["申请书", {"name": "身份证明", "state": "已核验"}]}}
MISSING = {
    "one_time_notice": {
        "applicant": APPLICANT,
        "articles": ["行政许可法第三十二条第一款第四项"],
        "missing": [{"name": "占道平面图", "state": "缺宽度", "note": "标明长度和宽度"}],
    }
}
GRANT = {
    "certificate": {"applicant": APPLICANT, "scope": "占用东街六十米", "valid_from": "2026年9月30日"},
    "decision_grant": {"applicant": APPLICANT, "conditions": ["夜间设警示灯"]},
}


@cache
def templates() -> dict[str, dict[str, Any]]:
    """Return the standard templates by code."""
    faults = Faults()
    found = papers(STANDARD, faults, prefix="_standard/", own=False)
    assert not faults.found
    return {code: content_of(one) for code, one in found.items()}


def licence(edition: int = 9, *, issuing: bool = True) -> dict[str, Any]:
    """Return the licence of the standard with these papers; whose power it is is asked in tests of its own."""
    found = source("licence")
    found["edition"] = edition
    for move in found["case"]["moves"]:
        move.pop("sealed", None)
        move.pop("papers", None)
        if issuing and move["code"] in ISSUED:
            move["papers"] = ISSUED[move["code"]]
    return found


def give_papers(town: Division, **settings: Any) -> None:
    """Give a town the templates and the licence that issues papers."""
    rows = [PaperTemplate(town=town, code=code, content=one, loaded_at=LOADED_AT) for code, one in templates().items()]
    PaperTemplate.objects.bulk_create(rows)
    town.settings = {**town.settings, "paper_prefix": "某府", **settings}
    town.save()
    load_procedure(town, licence(8, issuing=False), LOADED_AT)
    load_procedure(town, licence(), LOADED_AT)
    renew_time_stamps(town)
    town.refresh_from_db()


def officer(small: Small) -> Acting:
    """Return somebody of the government of the town."""
    return small.head


def opened(small: Small, when: str = "2026-09-18 09:00", **more: Any) -> Case:
    """Open a licence whose receipt is issued at once."""
    known: dict[str, Any] = {
        "type_code": "licence", "title": "临时占用道路", "channel": "page", "bodies": BODIES, "papers": RECEIPT,
        "terms": TERMS, "private": {"name": APPLICANT, "telephone": "13800000426"},
    }  # fmt: skip
    with frozen_at(at(when)):
        found = open_case(acting=officer(small), town=small.town, spec=OpenCase(**{**known, **more}))
    return Case.objects.get(pk=found.id)


def moved(small: Small, case: Case, move: str, when: str = "2026-09-21 10:00", **more: Any) -> str:
    """Make a move with the present version."""
    case.refresh_from_db()
    with frozen_at(at(when)):
        act = MakeMove(case=case.pk, move=move, version=case.version, **more)
        return make_move(acting=officer(small), act=act)


def noticed(small: Small, case: Case | None = None, **more: Any) -> Paper:
    """Issue a one-time notice and return it."""
    case = case or opened(small)
    given = {"material": ["占道平面图"]}
    moved(small, case, "one_time_notice", **{"given": given, "terms": TERMS, "papers": MISSING, **more})
    return Paper.objects.select_related("town", "case", "replaced_by").get(case=case, kind="one_time_notice")


def text_of(pdf: bytes) -> str:
    """Return what a PDF says, without the gaps that typesetting leaves."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def issued_on(case: Case, serial: int) -> Paper:
    """Put a paper on a case whose procedure issues none."""
    number = official_number("某府补告", 2026, serial)
    facts = {**_LEAST, "paper_number": number, "case_number": case.number, **MISSING["one_time_notice"]}
    text = canonical(compose(templates()["one_time_notice"], stated(facts), hat="own", basis=""))
    return Paper.objects.create(
        town=case.town, case=case, entry_seq=1, kind="one_time_notice", series="某府补告", year=2026, serial=serial,
        number=number, sealed_by=case.owner, hat="own", issued_at=case.opened_at, salt=b"salt", content=text,
        token=f"{case.town.code}{serial:0>11}", commitment=commitment(b"salt", text),
    )  # fmt: skip
