"""What the pages say of a matter that is not the town's: why, whose it is, and what the form begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from jinli.cases.pages.case_moves import refusal_text
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import worded
from jinli.domain.errors import RefusedError
from jinli.lines.services.selectors.elsewhere import Elsewhere, elsewhere_of
from jinli.lines.services.selectors.matters import Matter
from jinli.ui.words import say, say_in, tongue


@dataclass(frozen=True, kw_only=True)
class ElsewherePage:
    """Why the matter is another's, which authority is proposed and from where, and the other way out."""

    why: str
    proposed: str
    where: str
    other_url: str
    other_label: str
    first: dict[str, Any]


def turning_away_page(view: CaseView, matter: Matter) -> ElsewherePage:
    """Return what the refusal of acceptance begins with where the matter is not ours (Licensing Law art. 32(1)(2))."""
    found = elsewhere_of(matter)
    first: dict[str, Any] = {}
    if found.why is not None:
        first = {
            "ground": "not_ours",
            "authority": _name(found),
            "reason": _reason(matter, found),
            "legal_basis": say_in("zh-hans", "services.elsewhere.basis") if matter.procedure == "licence" else "",
        }
    return _page(view, matter, found, first, other="hand-over", label="services.elsewhere.or_hand_over")


def handing_over_page(view: CaseView, matter: Matter) -> ElsewherePage:
    """Return what a hand-over begins with: the authority that register or item name, and why."""
    found = elsewhere_of(matter)
    first = {"to": found.code, "reason": _reason(matter, found) if found.why else ""}
    return _page(view, matter, found, first, other="refuse-acceptance", label="services.elsewhere.or_turn_away")


def _page(
    view: CaseView, matter: Matter, found: Elsewhere, first: dict[str, Any], *, other: str, label: str
) -> ElsewherePage:
    offered = found.why is not None and view.work.state.stage in ("received", "supplying")
    name = _name(found)
    lang = "en" if tongue() == "en" else "zh"
    return ElsewherePage(
        why=why_of(view, matter, found.why) if found.why else "",
        proposed=say("services.elsewhere.proposed" if name else "services.elsewhere.nobody", authority=name),
        where=say("services.elsewhere.where", where=found.where[lang]) if found.where else "",
        other_url=reverse(f"services:{other}", args=[matter.case.pk]) if offered else "",
        other_label=say(label),
        first=first,
    )


def _reason(matter: Matter, found: Elsewhere) -> str:
    """Return the reason as the paper says it, in Chinese: too large for the power, or no power at all."""
    facts = found.why.facts if found.why else {}
    if "most" not in facts:
        return say_in("zh-hans", "services.elsewhere.reason")
    row = next((one for one in (matter.item.form if matter.item else ()) if one.code == facts["fact"]), None)
    size = {"found": facts["found"], "most": facts["most"], "unit": facts["unit"]}
    fact = row.label if row is not None else worded(f"cases.only_if.{facts['fact']}", str(facts["fact"]))
    return say_in("zh-hans", "services.elsewhere.reason.beyond", fact=fact, **size)


def _name(found: Elsewhere) -> str:
    return found.name["en" if tongue() == "en" else "zh"] if found.name else ""


def why_of(view: CaseView, matter: Matter, why: RefusedError) -> str:
    """Return why in words, with the question of the form in place of its code."""
    fact = str(why.facts.get("fact", ""))
    row = next((one for one in (matter.item.form if matter.item else ()) if one.code == fact), None)
    if row is not None:
        label = (tongue() == "en" and row.label_en) or row.label
        why = RefusedError(why.code, **{**why.facts, "fact": label})
    return refusal_text(view, why)
