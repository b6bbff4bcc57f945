"""The form of a move, made from what the move needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, cast

from django import forms

from jinli.cases.models import Paper
from jinli.cases.pages.case_page import clock_name
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import named, staff_of
from jinli.cases.selectors.papers import plain_number
from jinli.cases.services.attaching import LARGEST, Upload
from jinli.cases.services.restating import REASONS, Restate, states_after
from jinli.domain.errors import DomainError
from jinli.domain.procedure import Move
from jinli.domain.state import STOPPED
from jinli.town.selectors import duty_lines_at, local_day, organisations_at
from jinli.ui.forms import PlainForm
from jinli.ui.words import has_words, say, say_error

ANSWERS: Final = ("solved", "not_solved", "not_reached")
_LONG: Final = frozenset({"reason", "reply", "result", "note"})
Choices = list[tuple[str, str]]


class ManyFiles(forms.FileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; what they are is judged by the service from their content."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files sent, an empty list for none."""
        found = data if isinstance(data, (list, tuple)) else [data]
        return [one for one in found if one]


class MoveForm(forms.Form):
    """Ask for what one move needs, and carry the version and the key that the page got.

    What was given and how it is named stays with `given()`; nothing here decides whether the move may be made.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, view: CaseView, move: Move, track: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.view, self.move, self.track = view, move, track
        for need in move.needs:
            self.fields[need] = self._field(need)
        if move.extends and "amount" not in self.fields:
            self.fields["amount"] = self._number(required=False)
        wanted = {opening.body.removeprefix("given.") for opening in move.opens if opening.body.startswith("given.")}
        if "lead" in wanted and "lead" not in self.fields:
            self.fields["lead"] = self._choice("lead", _bodies, required=False)
        if "assisting" in wanted:
            self.fields["assisting"] = self._several("assisting")
        if move.back_record is not None:
            self.fields["happened_at"] = self._moment("happened_at", required=False)
            self.fields["late_reason"] = self._text("late_reason", required=False)
        if _LONG & set(move.needs):
            self.fields["files"] = FilesField(label=say("cases.files"), required=False)
        for name, field in self.fields.items():
            hint = f"cases.help.{name}"
            if has_words(hint):
                field.help_text = say(hint)

    def given(self) -> dict[str, Any]:
        """Return what was given, as a move takes it: moments as text with zone, numbers as numbers."""
        found = {}
        for name, value in self.cleaned_data.items():
            if name in {"version", "key", "happened_at", "files"} or value in (None, "", []):
                continue
            found[name] = value.isoformat() if isinstance(value, datetime) else value
        if "rating" in found:
            found["rating"] = int(found["rating"])
        return found

    def happened_at(self) -> datetime | None:
        """Return when it happened, for a move recorded afterwards."""
        at: datetime | None = self.cleaned_data.get("happened_at")
        return at.astimezone(UTC) if at else None

    def uploads(self) -> list[Upload]:
        """Return the files sent with the move; one over the limit is read no further than to see that."""
        return [Upload(name=one.name, content=one.read(LARGEST + 1)) for one in self.cleaned_data.get("files") or []]

    def refuse(self, field: object, text: str) -> None:
        """Put what the rules refused at its field, or above the form."""
        self.add_error(str(field) if field in self.fields else None, text)

    def typed(self) -> list[tuple[str, str]]:
        """Return label and text of what was typed, choices by their labels, for a page that shows it again."""
        shown = [bound for bound in self if not bound.is_hidden and bound.name != "files" and bound.value()]
        return [(str(bound.label), self._worded(bound)) for bound in shown]

    def _worded(self, bound: forms.BoundField) -> str:
        value = bound.value()
        if not isinstance(bound.field, forms.ChoiceField):
            return str(value)
        labels = {str(code): str(label) for code, label in cast("Choices", bound.field.choices)}
        chosen = value if isinstance(value, list) else [value]
        return say("ui.comma").join(labels.get(str(one), str(one)) for one in chosen)

    def _field(self, need: str) -> forms.Field:
        if need in _LONG:
            return self._text(need)
        if need in {"until", "started_at"}:
            return self._moment(need)
        if need in {"amount"}:
            return self._number()
        if need == "rating":
            marks = [(str(mark), say(f"cases.rating.{mark}")) for mark in range(5, 0, -1)]
            return forms.ChoiceField(label=say("domain.field.rating"), choices=marks, widget=forms.RadioSelect)
        if need == "answer":
            answers = [(one, say(f"cases.answer.{one}")) for one in ANSWERS]
            return forms.ChoiceField(label=say("domain.field.answer"), choices=answers, widget=forms.RadioSelect)
        chosen = _CHOICES.get(need)
        if chosen is not None:
            return self._choice(need, chosen)
        return forms.CharField(label=say(f"domain.field.{need}"), max_length=300)

    def _text(self, need: str, required: bool = True) -> forms.Field:
        widget = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(label=say(f"domain.field.{need}"), widget=widget, max_length=4000, required=required)

    def _number(self, required: bool = True) -> forms.Field:
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        return forms.IntegerField(
            label=say("domain.field.amount"), min_value=1, max_value=3650, required=required, widget=widget
        )

    def _moment(self, need: str, required: bool = True) -> forms.Field:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        return forms.DateTimeField(
            label=say(f"domain.field.{need}"),
            widget=widget,
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
            required=required,
        )

    def _choice(self, need: str, choices: Callable[[MoveForm], Choices], required: bool = True) -> forms.Field:
        known = [("", say("ui.choose")), *choices(self)]
        return forms.ChoiceField(label=say(f"domain.field.{need}"), choices=known, required=required)

    def _several(self, need: str) -> forms.Field:
        return forms.MultipleChoiceField(
            label=say(f"domain.field.{need}"),
            choices=_bodies(self),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )


def _bodies(form: MoveForm) -> Choices:
    """Return the bodies that serve the town today and do not work on the case yet, departments first."""
    day = local_day(form.view.town, form.view.now)
    working = {item.body for item in form.view.work.state.open_assignments()}
    rows = organisations_at(form.view.town, day).exclude(kind="arbitration")
    known = sorted((row for row in rows if row.code not in working), key=lambda row: row.kind != "department")
    return [(row.code, named(row)) for row in known]


def _handlers(form: MoveForm) -> Choices:
    """Return the bodies of the town itself: only a whistle goes to a department."""
    day = local_day(form.view.town, form.view.now)
    return [(row.code, named(row)) for row in organisations_at(form.view.town, day).filter(division=form.view.town)]


def _staff(form: MoveForm) -> Choices:
    return [(str(pk), name) for pk, name in staff_of(form.view.acting).items()]


def _duty_lines(form: MoveForm) -> Choices:
    day = local_day(form.view.town, form.view.now)
    return [(row.code, f"{row.code} {row.title}") for row in duty_lines_at(form.view.town, day)]


def _clocks(form: MoveForm) -> Choices:
    state = form.view.work.state
    running = [one for one in state.clocks.values() if one.track == form.track and one.state != STOPPED]
    return [(one.code, clock_name(form.view, one)) for one in running]


def _rated(form: MoveForm) -> Choices:
    codes = dict.fromkeys(item.body for item in form.view.work.state.assignments.values())
    return [(code, form.view.name(code)) for code in codes]


_CHOICES: Final[dict[str, Callable[[MoveForm], Choices]]] = {
    "person": _staff,
    "lead": _bodies,
    "handler": _handlers,
    "duty_line": _duty_lines,
    "clock": _clocks,
    "rated": _rated,
}


class EraseForm(forms.Form):
    """The legal basis of an erasure, and the number of the case typed once more: it cannot be undone."""

    basis = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    again = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        for name, field in self.fields.items():
            field.label = say(f"cases.erase.{name}")
            field.help_text = say(f"cases.erase.{name}.hint")
            field.error_messages["required"] = say("ui.field.fill")

    def clean_basis(self) -> str:
        """Refuse blanks."""
        basis = str(self.cleaned_data["basis"]).strip()
        if not basis:
            raise forms.ValidationError(say("ui.field.fill"))
        return basis

    def clean_again(self) -> str:
        """Refuse another number."""
        again = str(self.cleaned_data["again"]).strip()
        if again != self.number:
            raise forms.ValidationError(say("cases.erase.again.wrong", number=self.number))
        return again


class ChangeForm(PlainForm):
    """Which change, why, and what the grant is bound to after it."""

    kind = forms.ChoiceField(widget=forms.RadioSelect)
    reason = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    conditions = forms.CharField(max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, choices: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["kind"]
        offered.choices = choices
        for name, field in self.fields.items():
            field.label = say(f"cases.grant.change.field.{name}")


class PaperStateForm(forms.Form):
    """The state that follows, why, and the number of the paper that stands in its place."""

    was = forms.CharField(widget=forms.HiddenInput, max_length=10)
    state = forms.ChoiceField(widget=forms.RadioSelect)
    reason = forms.ChoiceField()
    number = forms.CharField(max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, paper: Paper, data: Any = None) -> None:
        super().__init__(data, initial={"was": paper.state})
        self.paper = paper
        titles = [(one, say(f"cases.paper.state.{one}")) for one in states_after(paper.state)]
        cast("forms.ChoiceField", self.fields["state"]).choices = titles
        reasons = [(one, say(f"cases.paper.reason.{one}")) for one in REASONS]
        cast("forms.ChoiceField", self.fields["reason"]).choices = [("", say("ui.choose")), *reasons]
        for name in ("state", "reason", "number"):
            self.fields[name].label = say(f"cases.restating.{name}")
            self.fields[name].error_messages["required"] = say("ui.field.choose")
        self.fields["number"].help_text = say("cases.restating.number.hint")

    def act(self) -> Restate:
        """Return what is asked for."""
        said = self.cleaned_data
        number = plain_number(said["number"])
        following = Paper.objects.filter(town=self.paper.town, number=number).first() if number else None
        return Restate(
            paper=self.paper.pk, was=said["was"], state=said["state"], reason=said["reason"],
            replaced_by=following.pk if following else None,
        )  # fmt: skip

    def refuse(self, error: DomainError) -> None:
        """Put a refusal at its field, or above the form; what was typed stays, beside the state that now is."""
        self.data = {**{name: self[name].value() for name in self.fields}, "was": self.paper.state}
        field = {"replaced_by": "number"}.get(str(error.facts.get("field")), str(error.facts.get("field")))
        self.add_error(field if field in self.fields else None, say_error(error))


class VerifyForm(forms.Form):
    """Number of a paper and the last characters of its code."""

    number = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    ending = forms.CharField(
        max_length=12, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"cases.verifying.field.{name}")
            field.help_text = say(f"cases.verifying.field.{name}.hint")
            field.error_messages["required"] = say("ui.field.fill")

    def clean_number(self) -> str:
        """Return the number as it is kept."""
        return plain_number(self.cleaned_data["number"])

    def clean_ending(self) -> str:
        """Return the characters without spaces, in capitals."""
        return "".join(str(self.cleaned_data["ending"]).split()).upper()
