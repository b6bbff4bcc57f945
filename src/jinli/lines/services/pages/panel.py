"""What the page of an application shows: the item, the form, materials, opinions, hearings, remedies when late."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from jinli.cases.models import EntryPayload
from jinli.cases.selectors.names import named
from jinli.cases.work import Work
from jinli.domain import licensing as rules
from jinli.domain.state import BROKEN, STOPPED
from jinli.lines.services.models import Hearing, Publication
from jinli.lines.services.pages.together import BundleNote, bundle_note
from jinli.lines.services.selectors.authority import authority_of
from jinli.lines.services.selectors.matters import Matter, present
from jinli.lines.services.selectors.pinned_item import pinned_item
from jinli.packs.items import FieldRow
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.masking import mask_address, mask_name, mask_telephone
from jinli.town.selectors import local_day, places_at
from jinli.ui.parts import Fact
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

#: Kinds of field that say who somebody is; they are masked for everybody until read with a reason.
PERSONAL = frozenset({"telephone", "person_name", "id_number", "bank_account", "address"})


@dataclass(frozen=True, kw_only=True)
class MaterialLine:
    """One material: name, how it stands, and the files that came for it."""

    name: str
    state: str
    tone: str
    icon: str
    files: tuple[Fact, ...]
    standard: str


@dataclass(frozen=True, kw_only=True)
class OpinionLine:
    """An opinion as it was given."""

    body: str
    answer: str
    reply: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class HearingLine:
    """A hearing: when, where, whether it was held."""

    when: str
    place: str
    over: bool


@dataclass(frozen=True, kw_only=True)
class MatterPanel:
    """What the panel of an application shows."""

    item: tuple[Fact, ...]
    situation: tuple[Fact, ...]
    form: tuple[Fact, ...]
    reveal_url: str
    materials: tuple[MaterialLine, ...]
    missing: str
    opinions: tuple[OpinionLine, ...]
    hearings: tuple[HearingLine, ...]
    late: str
    remedies: str
    erased: bool
    settle_url: str
    bundle: BundleNote | None = None


def matter_from(work: Work, acting: Acting) -> tuple[Matter, list[tuple[str, str, Mapping[str, Any]]]]:
    """Return the application of a case in hand, and what was said with each entry. Two queries."""
    rows = EntryPayload.objects.filter(entry__case=work.case).order_by("entry__seq")
    said = [
        (move, track, json.loads(text)) for move, track, text in rows.values_list("entry__move", "entry__track", "text")
    ]
    reference = str(work.state.facts.get("item", ""))
    matter = Matter(
        acting=acting,
        case=work.case,
        work=work,
        private=present([one for _, _, one in said]),
        item=pinned_item(work.case.town, reference) if reference else None,
        now=moment.now(),
    )
    return matter, said


def matter_panel(work: Work, acting: Acting) -> MatterPanel:
    """Return the panel of an application."""
    matter, said = matter_from(work, acting)
    missing = rules.of_state(matter.materials, rules.MISSING, rules.LATER)
    late = any(
        one.code in ("decide", "promised", "by_hand") and one.verdict == BROKEN and one.state != STOPPED
        for one in work.state.clocks.values()
    )
    remedies = ""
    if late:
        found = authority_of(matter)
        lang = "en" if tongue() == "en" else "zh"
        remedies = say("services.panel.remedies", reviewer=found.reviewer[lang], defendant=found.defendant[lang])
    return MatterPanel(
        item=_item(matter),
        situation=_situation(matter),
        form=form_facts(matter, whole=False),
        reveal_url=reverse("services:form", args=[matter.case.pk]) if may_reveal(matter) else "",
        materials=_materials(matter),
        missing=say("ui.comma").join(matter.names.get(code, code) for code in missing),
        opinions=_opinions(matter, said),
        hearings=_hearings(matter),
        late=say("services.panel.late") if late else "",
        remedies=remedies,
        erased=not matter.private,
        settle_url=_settle_url(matter),
        bundle=bundle_note(matter.case.pk, matter.now) if "bundle" in matter.work.state.facts else None,
    )


def _settle_url(matter: Matter) -> str:
    """Return where the published decision is corrected, for the body that decided."""
    if not any(matter.did(move) for move in ("publish", "publish_last", "publish_promised")):
        return ""
    if matter.acting.body != matter.work.state.bodies.get("owner") or "auditor" in matter.acting.roles:
        return ""
    row = Publication.objects.filter(case=matter.case).exclude(state=Publication.State.WITHDRAWN).first()
    return reverse("services:settle", args=[row.pk]) if row else ""


def may_reveal(matter: Matter) -> bool:
    """Return whether the reader works on the application: window, who decides, who was asked."""
    acting, state = matter.acting, matter.work.state
    if "auditor" in acting.roles or acting.body is None:
        return False
    asked = {one.body for one in state.assignments.values()}
    return acting.body in {state.bodies.get("window"), state.bodies.get("owner"), *asked}


def _item(matter: Matter) -> tuple[Fact, ...]:
    item, facts = matter.item, matter.work.state.facts
    title = str(facts.get("title", matter.case.title))
    if item is None:
        return (Fact(label=say("services.panel.item"), value=title),)
    laws = say("ui.comma").join(f"{(tongue() == 'en' and one.law_en) or one.law}{one.article}" for one in item.laws)
    rows = [
        Fact(
            label=say("services.panel.item"), value=(tongue() == "en" and item.name_en) or item.name,
            note=say("services.panel.edition", reference=str(facts.get("item", ""))),
        ),
        Fact(label=say("services.panel.laws"), value=laws or None),
    ]  # fmt: skip
    if facts.get("valid_from"):
        rows.append(Fact(label=say("services.panel.valid"), value=_term(facts)))
    if facts.get("foreign_number"):
        rows.append(Fact(label=say("services.panel.foreign"), value=str(facts["foreign_number"])))
    return tuple(rows)


def _term(facts: Mapping[str, Any]) -> str:
    ends = str(facts.get("valid_to") or say("services.panel.no_end"))
    return say("services.panel.term", begins=str(facts["valid_from"]), ends=ends)


def _situation(matter: Matter) -> tuple[Fact, ...]:
    answers = matter.private.get("situation") or {}
    english = tongue() == "en"
    rows = []
    for one in matter.item.situations if matter.item else ():
        said = answers.get(one.code)
        if said is None:
            continue
        chosen = [said] if isinstance(said, str) else list(said)
        labels = {answer.code: (english and answer.label_en) or answer.label for answer in one.answers}
        question = (english and one.question_en) or one.question
        rows.append(Fact(label=question, value=say("ui.comma").join(labels.get(code, str(code)) for code in chosen)))
    return tuple(rows)


def form_facts(matter: Matter, *, whole: bool) -> tuple[Fact, ...]:
    """Return the fields of the form with their values; personal ones masked unless read whole."""
    form: Mapping[str, Any] = matter.private.get("form") or {}
    sources: Mapping[str, Any] = matter.private.get("sources") or {}
    said = [one for one in (matter.item.form if matter.item else ()) if form.get(one.code) not in (None, "", [], {})]
    places = _places(matter) if any(one.kind == "place" for one in said) else {}
    return tuple(
        Fact(
            label=(tongue() == "en" and one.label_en) or one.label,
            value=_shown(one, form[one.code], places, whole=whole),
            note=say("services.panel.prefilled") if sources.get(one.code) else "",
        )
        for one in said
    )


def _places(matter: Matter) -> dict[str, str]:
    """Return the names of the town's places by code, as they were when the application came in."""
    town = matter.case.town
    return {one.code: named(one) for one in places_at(town, local_day(town, matter.case.opened_at)) if one.name}


def _shown(field: FieldRow, value: Any, places: Mapping[str, str], *, whole: bool) -> str:
    english = tongue() == "en"
    if field.kind == "place":
        return places.get(str(value), str(value))
    if field.kind == "group":
        return say("services.panel.entries", count=len(value) if isinstance(value, list) else 1)
    labels = {one.code: (english and one.label_en) or one.label for one in field.choices}
    if isinstance(value, list):
        return say("ui.comma").join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, bool) or field.kind == "yes_no":
        return say("ui.yes" if value in (True, "yes", "true", "是") else "ui.no")
    text = labels.get(str(value), str(value))
    if whole or field.kind not in PERSONAL:
        return f"{text} {field.unit}".strip()
    if field.kind == "telephone":
        return mask_telephone(text)
    if field.kind == "address":
        return mask_address(text)
    return mask_name(text) if field.kind == "person_name" else f"{text[:2]}****{text[-2:]}"


_LOOK = {
    rules.GIVEN: ("", "tick"), rules.HELD: ("", "tick"), rules.WAIVED: ("", "dash"), rules.PROMISED: ("", "tick"),
    rules.LATER: ("warning", "clock"), rules.MISSING: ("danger", "triangle"),
}  # fmt: skip


def _materials(matter: Matter) -> tuple[MaterialLine, ...]:
    names: Mapping[str, Any] = matter.private.get("files") or {}
    belongs: Mapping[str, Any] = matter.private.get("for") or {}
    standards = {row.code: row for row in matter.item.materials} if matter.item else {}
    found = []
    for code, state in matter.materials.items():
        tone, icon = _LOOK.get(state, ("", "dash"))
        row = standards.get(code)
        found.append(
            MaterialLine(
                name=matter.names.get(code, code),
                state=say(f"services.handed.{state}"),
                tone=tone,
                icon=icon,
                files=tuple(
                    Fact(
                        label="",
                        value=str(names.get(one, one)),
                        href=reverse("cases:file-download", args=[matter.case.pk, one]),
                    )
                    for one, owner in belongs.items()
                    if owner == code
                ),
                standard=((tongue() == "en" and row.standard_en) or row.standard) if row else "",
            )
        )
    return tuple(found)


def _opinions(matter: Matter, said: list[tuple[str, str, Mapping[str, Any]]]) -> tuple[OpinionLine, ...]:
    state = matter.work.state
    replies = {track: str(one.get("reply", "")) for move, track, one in said if move == "give_opinion"}
    answers = state.facts.get("opinions") or {}
    given = [one for one in state.assignments.values() if one.key in replies or one.key in answers]
    if not given:
        return ()
    names = matter.body_names(*{one.body for one in given})
    icons = {"agree": "tick", "agree_with_conditions": "tick", "disagree": "dash"}
    return tuple(
        OpinionLine(
            body=names.get(one.body, one.body),
            answer=say(f"services.opinion.{answers.get(one.key, 'agree')}"),
            reply=replies.get(one.key, ""),
            icon=icons.get(str(answers.get(one.key)), "tick"),
        )
        for one in given
    )


def _hearings(matter: Matter) -> tuple[HearingLine, ...]:
    if not matter.did("summon_hearing"):
        return ()
    return tuple(
        HearingLine(when=_moment(one.held_at, matter), place=one.place, over=one.over_at is not None)
        for one in Hearing.objects.filter(case=matter.case).order_by("held_at")
    )


def _moment(at: datetime, matter: Matter) -> str:
    return word_moment(at, lang=tongue(), now=matter.now)


def correctable(matter: Matter) -> dict[str, tuple[str, str]]:
    """Return the fields that can be corrected by typing: label and value, of personal ones the label alone."""
    form: Mapping[str, Any] = matter.private.get("form") or {}
    rows = [one for one in (matter.item.form if matter.item else ()) if one.kind not in ("group", "many")]
    return {
        one.code: (
            (tongue() == "en" and one.label_en) or one.label,
            "" if one.kind in PERSONAL else str(form.get(one.code, "")),
        )
        for one in rows
    }
