"""Government matters as data: one file for each item, `services/items/*.yaml`, after GB/T 39554 (DOMAIN.md C4).

An *item* says for whom it is, which questions tell one situation from another, which materials each situation needs,
what the form asks, how long the law and the town give, what comes out, and who decides. What no source gives stays
empty and is shown as unknown; a limit is never guessed (the Licensing Law's twenty days are for licences alone).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from jinli.packs.cells import Row, between, each_of, one_of
from jinli.packs.sections import STATUSES, UNITS, coded

#: Task types of GB/T 39554 with their numbers there.
KINDS: Final[Mapping[str, str]] = {
    "licence": "01",
    "payment": "05",
    "confirmation": "07",
    "reward": "08",
    "ruling": "09",
    "other": "10",
    "public_service": "20",
}
APPLICANTS: Final = ("person", "household", "enterprise", "organisation")
#: How far an item can be done here: to the end, at the counter only, or only told where it is done.
OFFERED: Final = ("online", "counter", "elsewhere")
MATERIAL_KINDS: Final = ("original", "copy", "electronic", "form", "declaration")
MATERIAL_SOURCES: Final = ("applicant", "government", "third_party")
FIELD_KINDS: Final = (
    "text", "long_text", "whole", "money", "area", "date", "month", "choice", "many", "yes_no", "telephone",
    "person_name", "id_number", "credit_code", "bank_account", "address", "place", "group",
)  # fmt: skip
RESULTS: Final = ("certificate", "approval", "payment", "confirmation", "filing", "reply", "place")


@dataclass(frozen=True, kw_only=True)
class ItemLimitRow(Row):
    """How long: by law, or by the town's promise. `status` unknown has no amount and is shown as unknown."""

    amount: int | None = between(1, 1000, default=None)
    unit: str = one_of("", *UNITS, default="")
    article: str = ""
    source: str = ""
    status: str = one_of(*STATUSES, default="unknown")


@dataclass(frozen=True, kw_only=True)
class AnswerRow(Row):
    """One answer to a question that tells situations apart."""

    code: str = coded()
    label: str
    label_en: str = ""


@dataclass(frozen=True, kw_only=True)
class SituationRow(Row):
    """One question about the applicant's situation; `when` names answers of earlier questions under which it is asked.

    `why` says what depends on it, since nothing may be asked without a use (Licensing Law art. 29).
    """

    code: str = coded()
    question: str
    question_en: str = ""
    why: str = ""
    why_en: str = ""
    answers: tuple[AnswerRow, ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class MaterialRow(Row):
    """One material.

    Attributes
    ----------
    when : situation code -> answers under which it is needed; empty for always.
    held_as : where the town may hold it already: `fact:<attribute>`, `grant:<item>` or `material:<code>` of an earlier
        case; then it is not asked again.
    secondary : it may come later against a promise (容缺受理, Guangdong regulation 2022 art. 32), within `later_days`
        working days.
    by_promise : a promise may stand instead of it (告知承诺, art. 36), the check comes later.
    standard : what is looked at when it is accepted.
    """

    code: str = coded()
    name: str
    name_en: str = ""
    kind: str = one_of(*MATERIAL_KINDS, default="copy")
    copies: int = between(0, 20, default=1)
    source_from: str = one_of(*MATERIAL_SOURCES, default="applicant")
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    held_as: str = ""
    secondary: bool = False
    later_days: int | None = between(1, 120, default=None)
    by_promise: bool = False
    standard: str = ""
    standard_en: str = ""
    article: str = ""
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, kw_only=True)
class ChoiceRow(Row):
    """One choice of a field."""

    code: str = coded()
    label: str
    label_en: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldRow(Row):
    """One field of the form.

    Attributes
    ----------
    when : situation or earlier field -> answers under which it is asked.
    attribute : code of the attribute of a party that it fills from and reports to; a field whose attribute the town
        holds is shown for checking and never asked again.
    most : characters of a text, entries of a `group` (fields repeated as a whole).
    lowest, highest : bounds of whole numbers and money (yuan, two decimals as text).
    """

    code: str = coded()
    label: str
    label_en: str = ""
    kind: str = one_of(*FIELD_KINDS, default="text")
    needed: bool = True
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    attribute: str = ""
    choices: tuple[ChoiceRow, ...] = ()
    most: int | None = between(1, 4000, default=None)
    lowest: str = ""
    highest: str = ""
    unit: str = ""
    hint: str = ""
    hint_en: str = ""
    fields: tuple[FieldRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LawRow(Row):
    """A legal basis: law, article, and where it was read."""

    law: str
    law_en: str = ""
    article: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeRow(Row):
    """A fee; without one the item is free (Licensing Law art. 58)."""

    name: str
    name_en: str = ""
    amount: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class ConditionRow(Row):
    """One line of the readable eligibility table: what is compared with what, and what it means.

    `compare` names a field of the form or a computed value; `threshold` empty means the office has not set it yet, and
    then the line is unknown and the case goes to a person.
    """

    code: str = coded()
    label: str
    label_en: str = ""
    value: str
    compare: str = one_of("at_least", "at_most", "equals", "one_of", "yes", "no")
    threshold: str = ""
    unit: str = ""
    source: str = ""
    status: str = one_of(*STATUSES, default="unknown")


@dataclass(frozen=True, kw_only=True)
class ResultRow(Row):
    """What comes out. `paper` is the template of a certificate; `valid_months` empty: no end, or unknown."""

    kind: str = one_of(*RESULTS)
    name: str
    name_en: str = ""
    paper: str = ""
    valid_months: int | None = between(1, 600, default=None)
    renew_before_days: int | None = between(1, 365, default=None)
    amount: str = ""
    amount_source: str = ""
    conditions: str = ""
    conditions_en: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemRow(Row):
    """One item.

    Attributes
    ----------
    everyday : what people call it; the search finds it by these, by its names and by pinyin.
    system_of_record : `jinli`, or `external:<system>` when another system decides; then this is a mirror that gets no
        decision and no certificate from us.
    procedure : code of the procedure a case runs under; empty for an item that is only told about (`elsewhere`).
    window, office, reviewers : codes of organisations: who receives, who handles, who is asked (the first is the lead).
    visits : how often somebody must come in person; empty when unknown.
    on_site, quantity, joint : verified on site by two persons (Licensing Law art. 34), limited in number (art. 57),
        decided by several bodies together (art. 42(2)).
    """

    code: str = coded()
    name: str
    name_en: str = ""
    everyday: tuple[str, ...] = ()
    kind: str = one_of(*KINDS)
    applicants: tuple[str, ...] = each_of(*APPLICANTS)
    theme: str = ""
    theme_en: str = ""
    national_code: str = ""
    system_of_record: str = "jinli"
    procedure: str = ""
    offered: str = one_of(*OFFERED, default="elsewhere")
    window: str = ""
    office: str = ""
    reviewers: tuple[str, ...] = ()
    where: str = ""
    where_en: str = ""
    visits: int | None = between(0, 20, default=None)
    on_site: bool = False
    quantity: int | None = between(1, 100000, default=None)
    joint: bool = False
    statutory: ItemLimitRow = field(default_factory=ItemLimitRow)
    promised: ItemLimitRow = field(default_factory=ItemLimitRow)
    situations: tuple[SituationRow, ...] = ()
    materials: tuple[MaterialRow, ...] = ()
    form: tuple[FieldRow, ...] = ()
    conditions: tuple[ConditionRow, ...] = ()
    fees: tuple[FeeRow, ...] = ()
    result: ResultRow | None = None
    laws: tuple[LawRow, ...] = ()
    related: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""
    status: str = one_of(*STATUSES, default="confirmed")
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
