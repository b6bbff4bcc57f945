"""Forms of acts on an application: words at the fields, the version of the page, a form token."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms

from jinli.cases.forms import FilesField
from jinli.cases.services.attaching import Upload
from jinli.domain import licensing as rules
from jinli.domain.licensing import OPINIONS, SPECIAL, WAYS
from jinli.lines.services.forms.filling import uploads_in
from jinli.packs.items import MaterialRow
from jinli.ui.words import has_words, say, tongue

MOMENT_FORMATS: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
#: How a material can stand when a clerk goes through the list.
_TICKED: Final = (rules.GIVEN, rules.MISSING, rules.WAIVED)
Choices = list[tuple[str, str]]


def text(rows: int = 3, *, required: bool = True, most: int = 2000) -> Any:
    """Return a field for a few sentences."""
    return forms.CharField(max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows}))


def line(*, required: bool = True, most: int = 200) -> Any:
    """Return a field for one line."""
    return forms.CharField(max_length=most, required=required)


def moment() -> Any:
    """Return a field for a day and time in the zone of the town."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, input_formats=MOMENT_FORMATS)


def day(*, required: bool = True) -> Any:
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, required=required)


def whole(*, required: bool = True, most: int = 100_000_000) -> Any:
    """Return a field for a whole number from 1."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(min_value=1, max_value=most, required=required, widget=widget)


def radio(prefix: str, values: Iterable[str]) -> Any:
    """Return a field with a few choices, each worded `<prefix>.<value>` when the form is shown."""
    found = forms.ChoiceField(widget=forms.RadioSelect, choices=[(one, one) for one in values])
    found.worded = prefix  # type: ignore[attr-defined]
    return found


class ActForm(forms.Form):
    """A form for one act: it carries the version its page showed, and a token so that it acts once."""

    words: ClassVar[dict[str, str]] = {}

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = self.fields["key"].initial or secrets.token_urlsafe(18)
        for name, field in self.fields.items():
            if field.widget.is_hidden:
                continue
            word = self.words.get(name, f"services.field.{name}")
            field.label = say(word)
            field.help_text = say(f"{word}.hint") if has_words(f"{word}.hint") else ""
            field.error_messages["required"] = say("ui.field.fill")
            prefix = getattr(field, "worded", "")
            if prefix:
                self.choose(name, [(value, say(f"{prefix}.{value}")) for value, _ in getattr(field, "choices", ())])

    def choose(self, name: str, found: Sequence[tuple[str, str]]) -> None:
        """Set what a field offers."""
        field: Any = self.fields[name]
        field.choices = list(found)

    def shown(self) -> Iterable[forms.BoundField]:
        """Yield the fields that are seen."""
        return (bound for bound in self if not bound.is_hidden)


class MaterialsForm(ActForm):
    """Every material with how it stands: one radio group each, so that the keyboard alone will do."""

    by_hand = whole(required=False, most=1000)

    def __init__(self, *args: Any, materials: Sequence[MaterialRow], states: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = tuple(states)
        rows = {row.code: row for row in materials}
        for code, state in states.items():
            self.fields[f"m_{code}"] = self._material(code, rows.get(code), state)

    def _material(self, code: str, row: MaterialRow | None, state: str) -> forms.ChoiceField:
        offered = [*_TICKED]
        if state == rules.HELD:
            offered.insert(0, rules.HELD)
        if row is not None and row.secondary and row.later_days:
            offered.insert(-1, rules.LATER)
        if row is not None and row.by_promise:
            offered.insert(-1, rules.PROMISED)
        if state not in offered:
            offered.append(state)
        name = (tongue() == "en" and row.name_en) or row.name if row else code
        found = forms.ChoiceField(
            label=name,
            widget=forms.RadioSelect,
            choices=[(one, say(f"services.handed.{one}")) for one in offered],
            initial=state,
        )
        if row is not None and row.standard:
            found.help_text = (tongue() == "en" and row.standard_en) or row.standard
        return found

    def states(self) -> dict[str, str]:
        """Return how each material stands, by code."""
        return {code: self.cleaned_data[f"m_{code}"] for code in self.codes}

    def rows(self) -> Iterable[forms.BoundField]:
        """Yield the materials."""
        return (self[f"m_{code}"] for code in self.codes)


class RefuseAcceptanceForm(ActForm):
    """Why it is not accepted, and who has the power."""

    words: ClassVar[dict[str, str]] = {"reason": "services.field.reason_not_accepted"}
    ground = radio("services.ground", ("not_ours", "not_needed"))
    authority = line(required=False)
    reason = text()
    legal_basis = text(2, most=300)


class HandOverForm(ActForm):
    """To whom it is handed over, why, and on which basis."""

    words: ClassVar[dict[str, str]] = {"reason": "services.field.reason_hand_over", "to": "services.field.hand_to"}
    to = forms.ChoiceField()
    reason = text()
    legal_basis = text(2, required=False, most=300)

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("to", [("", say("ui.choose")), *bodies])


class AskForm(ActForm):
    """Whom to ask, and for how long."""

    lead = forms.ChoiceField()
    assisting = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    days = whole(required=False, most=60)

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("lead", [("", say("ui.choose")), *bodies])
        self.choose("assisting", bodies)


class OpinionForm(ActForm):
    """An opinion with its reasons or conditions."""

    answer = radio("services.opinion", OPINIONS)
    reply = text(4)


class SpecialForm(ActForm):
    """Which procedure of article 45, why, and until when."""

    words: ClassVar[dict[str, str]] = {"reason": "services.field.reason_special", "until": "services.field.until"}
    kind = radio("services.special", SPECIAL)
    reason = text(2)
    until = moment()


class ExtendForm(ActForm):
    """By how many working days, and why."""

    words: ClassVar[dict[str, str]] = {"reason": "services.field.reason_extend", "amount": "services.field.more_days"}
    amount = whole(most=60)
    reason = text()


class DecideForm(ActForm):
    """The decision with its reasons; conditions and term of what is granted, the basis of a refusal."""

    decision = radio("services.decision", ("grant", "refuse"))
    reason = text(4)
    legal_basis = text(2, required=False, most=300)
    conditions = text(2, required=False)
    valid_from = day(required=False)
    valid_to = day(required=False)

    def __init__(self, *args: Any, payment: bool, dated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if payment:  # money is agreed on a page of its own, against a line of the ledger
            self.choose("decision", [("refuse", say("services.decision.refuse"))])
            self.fields["decision"].initial = "refuse"
            del self.fields["conditions"]
        for name in () if dated else ("valid_from", "valid_to"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for the legal basis of a refusal."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("decision") == "refuse" and not str(found.get("legal_basis") or "").strip():
            self.add_error("legal_basis", say("ui.field.fill"))
        return found


class VerifyForm(ActForm):
    """Who went, and what was found."""

    people = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    result = text()

    def __init__(self, *args: Any, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("people", staff)


class TellHearingForm(ActForm):
    """Why the applicant has the right to a hearing."""

    words: ClassVar[dict[str, str]] = {"reason": "services.field.reason_hearing"}
    reason = text()


class SummonForm(ActForm):
    """When and where the hearing is held, and who chairs it."""

    words: ClassVar[dict[str, str]] = {"reason": "services.field.reason_summon"}
    held_at = moment()
    place = line()
    chair = forms.ChoiceField()
    reason = text(2)

    def __init__(self, *args: Any, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("chair", [("", say("ui.choose")), *staff])


class RecordForm(ActForm):
    """The record of the hearing."""

    record = text(6, most=4000)
    present = text(2, required=False, most=600)
    refused = text(2, required=False, most=600)

    def lines(self, name: str) -> list[str]:
        """Return the lines of a field that say something."""
        return [one.strip() for one in str(self.cleaned_data.get(name) or "").splitlines() if one.strip()]


class BareForm(ActForm):
    """Nothing to fill in: the act itself is all."""


class DeliverForm(ActForm):
    """How it was served, on whom, and what."""

    way = radio("services.way", WAYS)
    receiver = line()
    delivered = line()
    place = line(required=False)


class EndForm(ActForm):
    """Why the case ends, and on which basis."""

    words: ClassVar[dict[str, str]] = {"reason": "services.field.reason_end"}
    reason = text()
    legal_basis = text(2, most=300)


class WithdrawForm(ActForm):
    """The applicant takes the application back."""

    words: ClassVar[dict[str, str]] = {"reason": "services.field.reason_withdraw"}
    reason = text(2, required=False)


class SubmitForm(ActForm):
    """The number of the other system, and what was submitted."""

    foreign_number = line(most=80)
    note = text(2)


class SupplyForm(ActForm):
    """Which materials were handed in now, seen on paper or as files; a file says by itself that it was."""

    codes = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, waiting: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("codes", waiting)
        self.waiting = tuple(code for code, _ in waiting)
        for code, name in waiting:
            self.fields[f"material-{code}"] = FilesField(label=say("services.supply.files", name=name), required=False)

    def uploads(self) -> dict[str, list[Upload]]:
        """Return the files sent, by material."""
        found = {code: uploads_in(code, self.files) for code in self.waiting}
        return {code: uploads for code, uploads in found.items() if uploads}

    def handed(self) -> list[str]:
        """Return the materials that were ticked or came as a file."""
        came = self.uploads()
        return [code for code in self.waiting if code in self.cleaned_data["codes"] or code in came]


class CorrectForm(ActForm):
    """The fields of the form with what they hold now; what is changed is kept beside it."""

    def __init__(self, *args: Any, held: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {code: value for code, (_, value) in held.items()}
        for code, (label, value) in held.items():
            self.fields[f"f_{code}"] = forms.CharField(label=label, initial=value, required=False, max_length=1000)

    def changes(self) -> dict[str, str]:
        """Return the fields that were changed."""
        said = {code: str(self.cleaned_data[f"f_{code}"]).strip() for code in self.held}
        return {code: value for code, value in said.items() if value != self.held[code]}


class SettleForm(ActForm):
    """Correct a publication or take it down."""

    words: ClassVar[dict[str, str]] = {
        "reason": "services.field.reason_settle",
        "valid_to": "services.published.column.valid_to",
    }
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(max_length=60, widget=forms.HiddenInput)
    changed_on = day()
    reason = text(2)
    content = line(most=400)
    document_number = line(required=False, most=60)
    valid_from = line(required=False, most=20)
    valid_to = line(required=False, most=20)
    note = line(required=False, most=200)

    def clean_seen(self) -> datetime:
        """Refuse what is no moment: the page itself carried one."""
        try:
            return datetime.fromisoformat(str(self.cleaned_data["seen"]))
        except ValueError:
            raise forms.ValidationError(say("ui.field.fill")) from None
