"""An item for which money is paid, as the edition a case was opened under says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinli.domain.eligibility import Condition
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.selectors.procedures import PROCEDURES, kind_of
from jinli.ui.words import tongue

PAYMENT: Final = "payment"
#: Procedures under which money is paid: those of payments, and those that follow their law.
_PAID: Final = tuple(one for one in PROCEDURES if kind_of(one) == PAYMENT)
#: Kinds of field by which the same person, household or firm is known again.
IDENTITY: Final = ("id_number", "credit_code", "bank_account")


@dataclass(frozen=True, kw_only=True)
class Payable:
    """What paying needs to know of an item.

    Attributes
    ----------
    amount : of one payment in yuan, as the pack gives it; empty when no source does.
    identity : name of a field -> its kind, of the fields that identify somebody, those in groups too.
    """

    code: str
    name: str
    office: str
    conditions: tuple[Condition, ...]
    amount: str
    amount_source: str
    identity: Mapping[str, str]


def payable_of(town: int, code: str, edition: int | None = None) -> Payable | None:
    """Return an item by its code, the newest edition without `edition`; None when the town has none. One statement."""
    rows = ItemEdition.objects.filter(town=town, code=code).order_by("-edition")
    row = (rows.filter(edition=edition) if edition is not None else rows).first()
    return None if row is None else _read(code, row.content)


def pinned_item(facts: Mapping[str, Any], class_code: str) -> tuple[str, int | None]:
    """Return code and edition of the item a case was opened under, as its facts name it: `<code>/<edition>`."""
    code, _, edition = str(facts.get("item", "")).partition("/")
    return code or class_code, int(edition) if edition.isdecimal() else None


def payables(town: int) -> list[Payable]:
    """Return the items of a town that are paid out, in the order of their codes. One statement."""
    newest: dict[str, Payable] = {}
    rows = ItemEdition.objects.filter(town=town, content__procedure__in=_PAID).order_by("code", "-edition")
    for row in rows:
        newest.setdefault(row.code, _read(row.code, row.content))
    return list(newest.values())


def _read(code: str, content: Mapping[str, Any]) -> Payable:
    result = content.get("result") or {}
    return Payable(
        code=code,
        name=_worded(content, "name") or code,
        office=str(content.get("office", "")),
        conditions=tuple(_condition(one) for one in content.get("conditions") or ()),
        amount=str(result.get("amount") or ""),
        amount_source=str(result.get("amount_source") or ""),
        identity=identity_fields(content),
    )


def identity_fields(content: Mapping[str, Any]) -> dict[str, str]:
    """Return name -> kind of the fields of an item's form that identify somebody, those in groups too."""
    return dict(_identity(content.get("form") or ()))


def _condition(found: Mapping[str, Any]) -> Condition:
    # A threshold that no source gives stands as unknown, whatever is written beside it.
    known = found.get("status") != "unknown"
    return Condition(
        code=str(found["code"]),
        label=_worded(found, "label"),
        value=str(found.get("value", "")),
        compare=str(found.get("compare", "")),
        threshold=str(found.get("threshold") or "") if known else "",
        unit=str(found.get("unit") or ""),
        source=str(found.get("source") or ""),
    )


def _worded(found: Mapping[str, Any], name: str) -> str:
    return str((tongue() == "en" and found.get(f"{name}_en")) or found.get(name) or "")


def _identity(fields: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    for one in fields:
        if one.get("kind") in IDENTITY:
            yield str(one["code"]), str(one["kind"])
        yield from _identity(one.get("fields") or ())
