"""An application comes in: online or at the counter it is one and the same case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from jinli.cases.editions import latest
from jinli.cases.models import Attachment, Case
from jinli.cases.services import OpenCase, Opened, open_case
from jinli.cases.services.attaching import Stored, keep, payload_of
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.forms import GROUP, Reading, read_form
from jinli.lines.services.selectors.forms import CHECKS, form_of, materials_asked, questions_asked, situation_of
from jinli.lines.services.selectors.held import NOTHING, HeldOf
from jinli.lines.services.selectors.items import Item
from jinli.lines.services.selectors.receiving import receiving_bodies, terms_at_receipt
from jinli.lines.services.selectors.sizes import stated_size
from jinli.lines.services.services.contents import both
from jinli.lines.services.services.season.opening import enter_season, season_for
from jinli.packs.items import FieldRow, ItemRow
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division, Duty, Party
from jinli.town.selectors import local_day
from jinli.town.services import record_stated
from jinli.ui.words import has_words

ONLINE, COUNTER = "public", "counter"
#: How a material stands when the application comes in.
GIVEN, HELD, MISSING, PROMISED = "given", "held", "missing", "promised"
#: What an applicant may offer instead of a material: to hand it in later, or a promise that stands for it.
LATER, PROMISE = "later", "promise"
#: Kinds of fields that hold the number of a card or a firm.
_NUMBERS: Final = frozenset({"id_number", "credit_code"})
FIRMS: Final = frozenset({"enterprise", "organisation"})
MANDATE: Final = "mandate"


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who applies. `party` is set when the town knows who it is: signed in, or the card was checked at the counter."""

    kind: str
    name: str
    telephone: str = ""
    address: str = ""
    id_number: str = ""
    party: Party | None = None


@dataclass(frozen=True, kw_only=True)
class Agent:
    """Who acts for the applicant: for what, until which day (included); the paper hangs on the case as `mandate`."""

    name: str
    id_number: str
    what: str
    until: date

    def to_json(self) -> dict[str, str]:
        """Return what the erasable part of the entry keeps."""
        return {"name": self.name, "id_number": self.id_number, "what": self.what, "until": self.until.isoformat()}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file handed in for a material."""

    material: str
    stored: Stored


@dataclass(frozen=True, kw_only=True)
class NewApplication:
    """An application as it is handed in.

    Attributes
    ----------
    channel : `public` or `counter`.
    situation : question -> answer.
    typed : path of a field -> what was typed there; a field left empty takes the value that is held.
    held : what the town holds of the party for this item.
    shown : materials whose original the clerk saw at the counter.
    offers : material -> `later` or `promise`, where the item allows it.
    papers : files handed in for materials.
    together : id of the run of a bundle it belongs to, empty for an application by itself.
    """

    item: Item
    applicant: Applicant
    channel: str = ONLINE
    situation: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    held: HeldOf = NOTHING
    shown: frozenset[str] = frozenset()
    offers: Mapping[str, str] = field(default_factory=dict)
    papers: Sequence[Paper] = ()
    agent: Agent | None = None
    together: str = ""
    simulated: bool = False


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A form with the values held laid under those typed."""

    reading: Reading
    values: Mapping[str, Any]
    sources: Mapping[str, str]
    changed: frozenset[str]
    counts: Mapping[str, int]


def fill(application: NewApplication) -> Filled:
    """Return the form as it would be handed in: what was typed, else what is held, and how much was asked.

    A held value that the applicant typed anew counts as changed. A group is held as a whole.
    """
    fields = form_of(application.item.row.form)
    situation = situation_of(application.item.row, application.situation)
    held = application.held.fields
    typed = dict(application.typed)
    for one in fields:  # an empty field takes the held value before conditions on it are weighed
        if one.code in held and one.kind != GROUP and not str(typed.get(one.code, "")).strip():
            typed[one.code] = held[one.code].value
    reading = read_form(fields, typed, situation=situation, checks=CHECKS, held=frozenset(held))
    values = dict(reading.values)
    values |= {code: held[code].value for code in held if code in reading.asked and code not in values}
    shown = [code for code in held if code in reading.asked]
    changed = frozenset(code for code in shown if str(values.get(code)) != str(held[code].value))
    plain = [path for path in reading.asked if "." not in path]
    return Filled(
        reading=reading,
        values=values,
        sources={code: held[code].source for code in shown if code not in changed},
        changed=changed,
        counts={"asked": len(plain) - len(shown), "prefilled": len(shown), "changed": len(changed)},
    )


def material_states(application: NewApplication) -> dict[str, str]:
    """Return how each material that is needed stands.

    The form filled in here is itself the material of kind `form`. What is offered for later stays missing until
    somebody accepts the promise (容缺受理, Guangdong regulation 2022 art. 32); a promise that stands for a material
    (告知承诺, art. 36) counts where the item allows it.
    """
    given = application.shown | {one.material for one in application.papers}
    found = {}
    for one in materials_asked(application.item.row, application.situation):
        if one.code in given or (one.kind == "form" and application.item.row.form):
            found[one.code] = GIVEN
        elif one.code in application.held.materials:
            found[one.code] = HELD
        elif one.by_promise and application.offers.get(one.code) == PROMISE:
            found[one.code] = PROMISED
        else:
            found[one.code] = MISSING
    return found


def apply(*, acting: Acting, town: Division, application: NewApplication, key: str) -> Opened:
    """Open the case of an application and return its number and code; the same key gives the first answer again.

    What the applicant stated of themselves is recorded as stated, with this case as its source; it goes when the case
    is erased. Limits, bodies and the edition of the item are those of today.

    Raises
    ------
    InvalidInputError : at the path of the first field that is wrong; RefusedError : the item is not taken here, this
    kind of applicant cannot apply, or the duty may not take it in.
    """
    _require_taken(acting, town, application)
    filled = fill(application)
    for fault in filled.reading.faults:
        raise InvalidInputError(fault.code, field=fault.path, **fault.facts)
    papers = tuple(
        replace(one, stored=_named(key, number, one.stored)) for number, one in enumerate(application.papers)
    )
    row, applicant = application.item.row, application.applicant
    season = season_for(town, row.code, situation_of(row, application.situation))
    spec = spec_of(town, application, filled, papers=papers, key=key)
    if season is not None:
        spec = replace(spec, facts={**spec.facts, "season": season.row.code})
    with transaction.atomic():
        opened = open_case(acting=acting, town=town, spec=spec)
        with_files = Exists(Attachment.objects.filter(case=OuterRef("pk")))
        case = Case.objects.annotate(has_files=with_files).get(pk=opened.id)
        if season is not None:
            enter_season(case, season)
        if papers and not case.has_files:  # else its twin wrote them
            keep(case=case, entry_seq=1, stored=[one.stored for one in papers], at=case.opened_at)
        if case.reporter_id is not None:
            said = stated_by(row, applicant, filled)
            record_stated(town=town, party=case.reporter_id, said=said, source_case=case.pk)
    return opened


def spec_of(
    town: Division,
    application: NewApplication,
    filled: Filled,
    *,
    papers: Sequence[Paper] = (),
    key: str | None = None,
    happened_at: datetime | None = None,
    bodies: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
) -> OpenCase:
    """Return the case of an application: bodies (unless given), limits and the edition of the item are those of today.

    Raises RefusedError when nobody receives such applications.
    """
    row, applicant = application.item.row, application.applicant
    return OpenCase(
        type_code=row.procedure,
        title=row.name,
        class_code=row.code,
        channel=application.channel,
        reporter=applicant.party,
        bodies=bodies or receiving_bodies(town, application.item),
        terms=terms_at_receipt(town, application.item),
        facts=_facts(town, application, filled) | dict(more or {}),
        private=_private(application, filled, papers),
        met={} if applicant.party else _met(applicant),
        papers=_receipt(town, application, filled),
        happened_at=happened_at,
        key=key,
        simulated=application.simulated,
    )


def stated_by(row: ItemRow, applicant: Applicant, filled: Filled) -> dict[str, str]:
    """Return what was stated and is not held already, by attribute."""
    number = "credit_code" if applicant.kind in FIRMS else "id_number"
    said = {"telephone": applicant.telephone, "address": applicant.address, number: applicant.id_number}
    if applicant.party is None:
        said["name"] = applicant.name
    for one in row.form:
        if one.attribute and one.code in filled.values and one.code not in filled.sources and _is_plain(one):
            said[one.attribute] = str(filled.values[one.code])
    return {attribute: value for attribute, value in said.items() if value.strip()}


def _is_plain(one: FieldRow) -> bool:
    return one.kind not in {"group", "many"}


def _require_taken(acting: Acting, town: Division, application: NewApplication) -> None:
    row, applicant = application.item.row, application.applicant
    by_clerk = application.channel == COUNTER
    if acting.town != town.pk or (by_clerk and Duty.Role.WINDOW_CLERK not in acting.roles):
        raise RefusedError("services.apply.not_yours")
    if not row.procedure or row.offered == "elsewhere" or (row.offered == "counter" and not by_clerk):
        raise RefusedError("services.apply.not_here")
    if applicant.kind not in row.applicants:
        raise InvalidInputError("services.apply.not_for_you", field="applicant_kind")
    if not applicant.name.strip():
        raise InvalidInputError("services.apply.name_missing", field="name")
    if not applicant.telephone.strip():
        raise InvalidInputError("services.apply.telephone_missing", field="telephone")
    counted = situation_of(row, application.situation)
    for question in questions_asked(row, counted):
        if question.code not in counted:
            raise InvalidInputError("services.apply.situation_missing", field=f"situation-{question.code}")
    agent = application.agent
    if agent is not None and agent.until < local_day(town, moment.now()):
        raise InvalidInputError("services.apply.mandate_over", field="agent_until")


def _facts(town: Division, application: NewApplication, filled: Filled) -> dict[str, Any]:
    """Return what is hashed: codes, and numbers that bound a power over the item; never anything personal."""
    row = application.item.row
    states = material_states(application)
    later = sorted(code for code, offer in application.offers.items() if offer == LATER and states.get(code) == MISSING)
    return {
        **stated_size(town, row, filled.values),
        "item": f"{row.code}/{application.item.edition}",
        "materials": states,
        "counts": dict(filled.counts),
        **({"offered_later": later} if later else {}),
        **({"bundle": application.together} if application.together else {}),
    }


def _private(application: NewApplication, filled: Filled, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return the erasable part of the first entry."""
    applicant = application.applicant
    found: dict[str, Any] = {
        "name": applicant.name.strip(),
        "telephone": applicant.telephone,
        "address": applicant.address.strip(),
        "id_number": applicant.id_number,
        "applicant_kind": applicant.kind,
        "form": dict(filled.values),
        "situation": situation_of(application.item.row, application.situation),
        "sources": dict(filled.sources),
        "agent": application.agent.to_json() if application.agent else None,
        **payload_of([one.stored for one in papers]),
        "for": {str(one.stored.id): one.material for one in papers},
    }
    return {name: value for name, value in found.items() if value not in (None, "", {}, [])}


def _receipt(town: Division, application: NewApplication, filled: Filled) -> dict[str, dict[str, Any]]:
    """Return what the receipt says where the procedure issues one: who, what was handed in, on which articles."""
    row, applicant = application.item.row, application.applicant
    if "receipt" not in latest(town, row.procedure).initial.papers:
        return {}
    states = material_states(application)
    rows = [
        {
            "name": {"zh": one.name, "en": one.name_en or one.name},
            "state": both(f"services.handed.{states[one.code]}"),
            "note": {"zh": one.standard, "en": one.standard_en or one.standard},
        }
        for one in row.materials
        if one.code in states
    ]
    number = next(
        (str(filled.values[one.code]) for one in row.form if one.kind in _NUMBERS and one.code in filled.values), ""
    )
    key = f"services.basis.receipt.{'licence' if row.procedure == 'licence' else 'other'}"
    laws = [
        {"zh": f"{one.law}{one.article}", "en": f"{one.law_en or one.law} {one.article}".strip()} for one in row.laws
    ]
    said = {
        "applicant": applicant.name.strip(),
        "applicant_code": number or applicant.id_number,
        "materials": rows,
    }
    return {"receipt": {**said, "articles": [*([both(key)] if has_words(key) else []), *laws]}}


def _met(applicant: Applicant) -> dict[str, str]:
    kind = Party.Kind.ENTERPRISE if applicant.kind in FIRMS else Party.Kind.RESIDENT
    return {"name": applicant.name.strip(), "kind": str(kind)}


def _named(key: str, number: int, stored: Stored) -> Stored:
    """Return the same id for the same file of the same application, so that one sent twice is seen to be the same."""
    digest = sha256(f"{key}/{number}/{stored.sha256}".encode()).digest()
    return replace(stored, id=UUID(bytes=digest[:16]))
