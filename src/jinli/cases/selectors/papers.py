"""Papers of a case, their templates, and the paper that somebody asks after by token or number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinli.cases.book import organisation_id
from jinli.cases.models import Case, Paper, PaperTemplate
from jinli.domain.errors import InvalidInputError
from jinli.town.models import Division, Organisation
from jinli.town.stamps import under_stamp
from jinli.ui.words import tongue

#: How many characters of its code are typed when a paper is asked after by number.
ENDING: Final = 6
_YEAR: Final = re.compile(r"[\[［【（(〔](\d{4})[\]］】）)〕]")


@dataclass(frozen=True, kw_only=True)
class SealBody:
    """The body whose seal a paper bears."""

    id: int
    zh: str
    en: str


def template_of(town: Division, kind: str) -> Mapping[str, Any]:
    """Return the template of a kind of paper, remembered in this process.

    Raises
    ------
    InvalidInputError : the town has none.
    """
    found = _templates(town).get(kind)
    if found is None:
        raise InvalidInputError("cases.paper.no_template", field="papers", paper=kind)
    return found


@under_stamp
def _templates(town: Division) -> Mapping[str, Mapping[str, Any]]:
    rows = PaperTemplate.objects.filter(town=town, ended_at=None)
    return dict(rows.values_list("code", "content"))


def paper_title(town: Division, kind: str) -> str:
    """Return what a kind of paper is called in the reader's language; its code once the town has no template for it."""
    found = _templates(town).get(kind)
    return str(found["title_en" if tongue() == "en" else "title"]) if found else kind


def seal_body(town: Division, code: str) -> SealBody:
    """Return the body with this code, seen from the town, remembered in this process.

    Raises
    ------
    InvalidInputError : there is no such body.
    """
    return _body(town, code)


@under_stamp
def _body(town: Division, code: str) -> SealBody:
    row = Organisation.objects.only("name", "name_en").get(pk=organisation_id(town, code))
    return SealBody(id=row.pk, zh=row.name, en=row.name_en or row.name)


def papers_of(case: Case) -> tuple[Paper, ...]:
    """Return the papers of a case in the order in which they were issued. One query."""
    rows = Paper.objects.filter(case=case).select_related("replaced_by").defer("content", "salt")
    return tuple(rows.order_by("entry_seq", "kind"))


def whole_papers_of(case: Case) -> tuple[Paper, ...]:
    """Return the papers of a case with what they say. One query."""
    rows = Paper.objects.filter(case=case).select_related("replaced_by", "sealed_by")
    return tuple(rows.order_by("entry_seq", "kind"))


def paper_by_token(token: str) -> Paper | None:
    """Return the paper that a QR code leads to. One query."""
    found: Paper | None = _whole().filter(token=token.upper()).first()
    return found


def paper_by_number(town: Division, number: str, ending: str) -> Paper | None:
    """Return the paper with this number whose code ends so; neither alone finds it. One query."""
    if len(ending) != ENDING:
        return None
    found: Paper | None = _whole().filter(town=town, number=plain_number(number)).first()
    return found if found is not None and found.token.endswith(ending.upper()) else None


def plain_number(number: str) -> str:
    """Return a number as it is kept, however the brackets around its year were typed; others may belong to a name."""
    return _YEAR.sub(r"〔\1〕", "".join(number.split())).replace("(", "（").replace(")", "）")


def _whole() -> Any:
    return Paper.objects.select_related("town", "sealed_by", "replaced_by", "case")
