"""What papers say, by kind: the applicant, the item, materials, what is missing, articles, days, remedies.

Every function returns one entry of `papers`: kind -> facts of that paper. What the engine knows itself (number, case,
body, seal, day, limit, due day) is not repeated here. A fact is a text for both languages or a pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from jinli.cases.selectors.papers import papers_of, seal_body
from jinli.lines.services.models import Hearing
from jinli.lines.services.selectors.authority import Authority
from jinli.lines.services.selectors.elsewhere import elsewhere_of
from jinli.lines.services.selectors.matters import Matter
from jinli.ui.words import has_words, say_in

Pair = dict[str, str]
Content = dict[str, Any]
_ID_KINDS: Final = ("credit_code", "id_number")


def both(key: str, **facts: Any) -> Pair:
    """Return the words of a key in Chinese and English; a fact that is a pair is said in its own language."""
    return {
        lang: say_in(lang, key, **{name: one[lang] if isinstance(one, dict) else one for name, one in facts.items()})
        for lang in ("zh", "en")
    }


def applicant_of(matter: Matter) -> Content:
    """Return who applies, and under which number; what was erased is said to be so."""
    name = str(matter.private.get("name") or "")
    form: Mapping[str, Any] = matter.private.get("form") or {}
    fields = matter.item.form if matter.item else ()
    code = next((str(form[one.code]) for one in fields if one.kind in _ID_KINDS and form.get(one.code)), "")
    return {"applicant": name or both("services.paper.applicant_erased"), "applicant_code": code}


def material_rows(matter: Matter, materials: Mapping[str, str], codes: Iterable[str] | None = None) -> list[Content]:
    """Return materials as rows of a table: name, how it stands, what is looked at."""
    known = {row.code: row for row in matter.item.materials} if matter.item else {}
    rows = []
    for code in materials if codes is None else codes:
        row = known.get(code)
        name = {"zh": row.name, "en": row.name_en or row.name} if row else {"zh": code, "en": code}
        note = {"zh": row.standard, "en": row.standard_en or row.standard} if row else {"zh": "", "en": ""}
        rows.append({"name": name, "state": both(f"services.handed.{materials[code]}"), "note": note})
    return rows


def laws_of(matter: Matter) -> list[Any]:
    """Return the legal bases of the item."""
    laws = matter.item.laws if matter.item else ()
    return [{"zh": f"{one.law}{one.article}", "en": f"{one.law_en or one.law} {one.article}".strip()} for one in laws]


def basis(matter: Matter, act: str) -> list[Any]:
    """Return the article an act rests on: of the Licensing Law for licences, else the rule of the platform."""
    key = f"services.basis.{act}.{'licence' if matter.procedure == 'licence' else 'other'}"
    own = [both(key)] if has_words(key) else []
    return [*own, *laws_of(matter)]


def receipt(matter: Matter) -> dict[str, Content]:
    """Say what was received."""
    rows = material_rows(matter, matter.materials)
    return {"receipt": {**applicant_of(matter), "materials": rows, "articles": basis(matter, "receipt")}}


def acceptance(matter: Matter, materials: Mapping[str, str]) -> dict[str, Content]:
    """Say that the application is accepted."""
    rows = material_rows(matter, materials)
    return {"acceptance": {**applicant_of(matter), "materials": rows, "articles": basis(matter, "accept")}}


def tolerance(matter: Matter, materials: Mapping[str, str], later: Iterable[str], until: Any) -> dict[str, Content]:
    """Say what is accepted against a promise, by when it comes, and what follows when it does not (J19)."""
    content = {
        **applicant_of(matter),
        "missing": material_rows(matter, materials, later),
        "until": until,
        "conditions": [both("services.paper.later.clock_runs"), both("services.paper.later.if_missed")],
        "articles": basis(matter, "tolerance"),
    }
    return {**acceptance(matter, materials), "tolerance_promise": content}


def one_time_notice(matter: Matter, materials: Mapping[str, str], missing: Iterable[str]) -> dict[str, Content]:
    """Say everything that is missing, at once."""
    there = [code for code in materials if code not in set(missing)]
    content = {
        **applicant_of(matter),
        "missing": material_rows(matter, materials, missing),
        "materials": material_rows(matter, materials, there),
        "conditions": [both("services.paper.notice.if_not")],
        "articles": basis(matter, "notice"),
    }
    return {"one_time_notice": content}


def non_acceptance(matter: Matter, *, reason: str, legal_basis: str, authority: str) -> dict[str, Content]:
    """Say why it is not accepted, and who has the power (Licensing Law art. 32(1), (2)).

    An authority that register or item name is said in both languages, another as it was typed.
    """
    known = elsewhere_of(matter).name if authority else None
    named: Any = known if known and authority in known.values() else authority
    content = {
        **applicant_of(matter), "reasons": [reason], "authority": named,
        "articles": [legal_basis, *basis(matter, "refuse_acceptance")],
    }  # fmt: skip
    return {"non_acceptance": content}


def handed_over(matter: Matter, *, to: str, reason: str, legal_basis: str) -> dict[str, Content]:
    """Say to whom it is handed over and why; the documents go with it, the limit stays (J9)."""
    body = seal_body(matter.case.town, to)
    content = {
        **applicant_of(matter), "authority": {"zh": body.zh, "en": body.en}, "reasons": [reason],
        "articles": [legal_basis] if legal_basis else [], "materials": material_rows(matter, matter.materials),
    }  # fmt: skip
    return {"hand_over": content}


def special(matter: Matter, *, kind: str, reason: str, until: datetime) -> dict[str, Content]:
    """Say which procedure of art. 45 is needed, why, and how long it takes."""
    said = both("services.paper.special", kind=both(f"services.special.{kind}"), reason=reason)
    content = {**applicant_of(matter), "reasons": [said], "until": until, "articles": basis(matter, "special")}
    return {"special_procedure": content}


def hearing(matter: Matter, *, reason: str, held_at: datetime | None = None, place: str = "") -> dict[str, Content]:
    """Tell of the right to a hearing, or give notice of it with time and place."""
    content = {
        **applicant_of(matter), "reasons": [reason], "hearing_day": held_at, "place": place,
        "articles": basis(matter, "hearing_notice" if held_at else "hearing_right"),
    }  # fmt: skip
    return {"hearing_notice": content}


def hearing_record(
    matter: Matter, held: Hearing, *, record: str, present: Iterable[str], refused: Iterable[str]
) -> dict[str, Content]:
    """Say when, where, before whom and with whom the hearing was held, and what was said (art. 48(5)).

    Every participant has a line to sign on; who would not sign is said so.
    """
    who = applicant_of(matter)
    unwilling = {one.strip() for one in refused}
    roles = [(held.chair.name, both("services.hearing.chair")), (who["applicant"], both("services.hearing.applicant"))]
    roles += [(one.strip(), both("services.hearing.present")) for one in present if one.strip()]
    rows = [
        {"name": name, "state": role, "note": both(f"services.hearing.{'refused' if name in unwilling else 'sign'}")}
        for name, role in roles
        if not isinstance(name, dict)
    ]
    content = {
        "applicant": who["applicant"], "hearing_day": held.held_at, "place": held.place, "participants": rows,
        "record": [one for one in record.splitlines() if one.strip()], "articles": basis(matter, "hearing_record"),
    }  # fmt: skip
    return {"hearing_record": content}


def on_record(matter: Matter) -> list[Any]:
    """Return the basis that a decision has in the record of a hearing, where one was held (art. 48, last paragraph)."""
    if not matter.did("hold_hearing"):
        return []
    number = next((one.number for one in papers_of(matter.case) if one.kind == "hearing_record"), "")
    return [both("services.basis.on_record", number=number)] if number else []


def extension(matter: Matter, *, reason: str) -> dict[str, Content]:
    """Say that the limit is extended, and why."""
    return {"extension": {**applicant_of(matter), "reasons": [reason], "articles": basis(matter, "extend")}}


def granted(
    matter: Matter, authority: Authority, *, reason: str, conditions: str = "", amount: str = "", valid: Content
) -> dict[str, Content]:
    """Say what is granted, with the paper that fits the kind of matter: certificate, payment or filing."""
    base = {
        **applicant_of(matter),
        **valid,
        "reasons": [reason],
        "conditions": [conditions] if conditions else [],
        "articles": [*basis(matter, "grant"), *on_record(matter)],
    }
    scope = {"scope": scope_of(matter)}
    remedies = {"defendant": authority.defendant, "reviewer": authority.reviewer}
    if matter.procedure == "payment":
        return {"payment_decision": {**base, **scope, "amount": amount}}
    if matter.procedure == "filing":
        return {"filing_notice": {**applicant_of(matter), **scope, "articles": basis(matter, "grant")}}
    found = {"decision_grant": {**base, **scope, **remedies}}
    result = matter.item.result if matter.item else None
    if result is not None and result.kind in ("certificate", "approval", "confirmation"):
        found["certificate"] = {**base, **scope}
        del found["certificate"]["reasons"]
    return found


def scope_of(matter: Matter) -> Any:
    """Return what the result allows: its name and conditions as the item says them."""
    result = matter.item.result if matter.item else None
    if result is None:
        return str(matter.work.state.facts.get("title", matter.case.title))
    return {"zh": result.name, "en": result.name_en or result.name}


def refused(matter: Matter, authority: Authority, *, reason: str, legal_basis: str) -> dict[str, Content]:
    """Say why it is refused, on which basis, and how to contest it (Licensing Law art. 38(2))."""
    content = {
        **applicant_of(matter), "reasons": [reason],
        "articles": [legal_basis, *basis(matter, "refuse"), *on_record(matter)],
        "defendant": authority.defendant, "reviewer": authority.reviewer,
    }  # fmt: skip
    return {"decision_refuse": content}


def revoked(matter: Matter, authority: Authority, *, reason: str, legal_basis: str) -> dict[str, Content]:
    """Say why a permission is revoked, on which basis, and how to contest it (Licensing Law art. 69)."""
    content = {
        **applicant_of(matter), "reasons": [reason], "articles": [legal_basis, *basis(matter, "revoke")],
        "defendant": authority.defendant, "reviewer": authority.reviewer,
    }  # fmt: skip
    return {"decision_revoke": content}


def reclaimed(
    matter: Matter, authority: Authority, *, amount: str, reason: str, legal_basis: str
) -> dict[str, Content]:
    """Say how much is to be paid back and why, on which basis, and how to contest it."""
    content = {
        **applicant_of(matter), "amount": amount, "reasons": [reason], "articles": [legal_basis, *laws_of(matter)],
        "defendant": authority.defendant, "reviewer": authority.reviewer,
    }  # fmt: skip
    return {"decision_reclaim": content}


def delivery(matter: Matter, *, delivered: str, receiver: str, way: str, place: str) -> dict[str, Content]:
    """Say what was served, how and on whom."""
    content = {
        **applicant_of(matter), "delivered": delivered, "receiver": receiver, "way": both(f"services.way.{way}"),
        "place": place,
    }  # fmt: skip
    return {"delivery_receipt": content}


def ending(matter: Matter, *, reason: Any, legal_basis: str = "") -> dict[str, Content]:
    """Say that the case ends: withdrawn, or for want of what was promised."""
    articles = [legal_basis] if legal_basis else []
    rows = material_rows(matter, matter.materials)
    return {"withdrawal": {**applicant_of(matter), "reasons": [reason], "articles": articles, "materials": rows}}


def submitted_there(matter: Matter) -> dict[str, Content]:
    """Say that the town submitted it to the system that decides."""
    return {"filing_notice": {**applicant_of(matter), "conditions": [both("services.paper.decided_there")]}}
