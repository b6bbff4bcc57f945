"""Who applies and in what situation: the first page of an application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from jinli.domain.forms import Fault, Field, read_form
from jinli.lines.services.forms.typed import TypedField, put_faults
from jinli.lines.services.selectors.forms import CHECKS, questions_asked, situation_of
from jinli.lines.services.services.applying import FIRMS
from jinli.lines.services.services.drafting import Content
from jinli.packs.items import ItemRow
from jinli.ui.words import say, tongue

WHO = ("name", "telephone", "address")
AGENT = ("agent_name", "agent_id_number", "agent_what", "agent_until")


class BeginForm(forms.Form):
    """Kind of applicant, name and telephone, the questions about the situation, and who acts for the applicant.

    At the counter the clerk types the number of the card that was shown, too. Nothing is checked by the form itself:
    `content` reads it by the rules and puts every fault at its field.
    """

    use_required_attribute = False

    def __init__(
        self, posted: Any = None, *, row: ItemRow, known_name: str = "", at_counter: bool = False,
        said: Content | None = None,
    ) -> None:  # fmt: skip
        said = said or Content()
        super().__init__(posted, initial=_initial(said))
        self.row, self.known_name, self.at_counter = row, known_name, at_counter
        given = self.data if self.is_bound else self.initial
        if len(row.applicants) > 1:
            kinds = [(kind, say(f"services.applies_as.{kind}")) for kind in row.applicants]
            self._add("kind", True, forms.RadioSelect(choices=kinds))
        if not known_name:
            self._add("name", True, forms.TextInput(attrs={"autocomplete": "name"}))
        if at_counter:
            self._add("id_number", True, forms.TextInput(attrs={"autocomplete": "off"}))
        self._add("telephone", True, forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}))
        self._add("address", False, forms.TextInput(attrs={"autocomplete": "street-address"}))
        answers = {one.code: str(given.get(f"situation-{one.code}", "")) for one in row.situations}
        for one in questions_asked(row, answers):
            choices = [(a.code, (tongue() == "en" and a.label_en) or a.label) for a in one.answers]
            self._add(f"situation-{one.code}", True, forms.RadioSelect(choices=choices), _question(one), _why(one))
        for name in AGENT:
            widget = forms.DateInput(attrs={"type": "date"}) if name == "agent_until" else forms.TextInput()
            self._add(name, False, widget)

    def _add(self, name: str, needed: bool, widget: forms.Widget, label: str = "", hint: str = "") -> None:
        words = label or say(f"services.begin.{name}")
        self.fields[name] = TypedField(required=needed, widget=widget, label=words, help_text=hint)

    @property
    def who(self) -> list[Any]:
        """Return the fields on who applies."""
        return [self[name] for name in ("kind", "name", "id_number", *WHO[1:]) if name in self.fields]

    @property
    def questions(self) -> list[Any]:
        """Return the questions about the situation."""
        return [self[name] for name in self.fields if name.startswith("situation-")]

    @property
    def agent(self) -> list[Any]:
        """Return the fields on who acts for the applicant."""
        return [self[name] for name in AGENT]

    def content(self, before: Content) -> Content | None:
        """Return what was said laid over what was saved before, None with a fault at each field that is wrong."""
        self.is_valid()
        typed = {name: str(self.data.get(name, "")) for name in self.fields}
        kind = typed.get("kind", "") or (self.row.applicants[0] if len(self.row.applicants) == 1 else "")
        reading = read_form(self._rules(kind, typed), typed, checks=CHECKS)
        answers = {one.code: typed.get(f"situation-{one.code}", "") for one in self.row.situations}
        counted = situation_of(self.row, answers)
        faults = list(reading.faults)
        faults += [
            Fault(path=f"situation-{one.code}", code="domain.form.not_chosen")
            for one in questions_asked(self.row, counted)
            if one.code not in counted
        ]
        if faults:
            put_faults(self, faults)
            return None
        values = {name: str(value) for name, value in reading.values.items()}
        agent = {name.removeprefix("agent_"): values[name] for name in AGENT if values.get(name)}
        who = {name: values[name] for name in (*WHO, "id_number") if values.get(name)}
        name = {"name": self.known_name} if self.known_name else {}
        return Content(
            applicant={**who, **name, "kind": kind}, situation=counted, typed=before.typed, offers=before.offers,
            shown=before.shown, agent=agent,
        )  # fmt: skip

    def _rules(self, kind: str, typed: Mapping[str, str]) -> list[Field]:
        """Return what is asked here as the domain reads it; an agent is asked whole or not at all."""
        acted = any(typed.get(name, "").strip() for name in AGENT)
        number = "credit_code" if kind in FIRMS else "id_number"
        rules = {
            "kind": Field(code="kind", kind="choice", choices=self.row.applicants),
            "name": Field(code="name", most=100),
            "id_number": Field(code="id_number", kind=number),
            "telephone": Field(code="telephone", kind="telephone"),
            "address": Field(code="address", kind="address", needed=False),
            "agent_name": Field(code="agent_name", kind="person_name", needed=acted),
            "agent_id_number": Field(code="agent_id_number", kind="id_number", needed=acted),
            "agent_what": Field(code="agent_what", needed=acted),
            "agent_until": Field(code="agent_until", kind="date", needed=acted),
        }
        return [rule for name, rule in rules.items() if name in self.fields]


def _initial(said: Content) -> dict[str, str]:
    found = {name: said.applicant.get(name, "") for name in ("kind", "id_number", *WHO)}
    found |= {f"situation-{code}": answer for code, answer in said.situation.items()}
    return found | {f"agent_{name}": value for name, value in said.agent.items()}


def _question(one: Any) -> str:
    return str((tongue() == "en" and one.question_en) or one.question)


def _why(one: Any) -> str:
    return str((tongue() == "en" and one.why_en) or one.why)
